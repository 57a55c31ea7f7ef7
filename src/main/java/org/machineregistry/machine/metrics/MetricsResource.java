package org.machineregistry.machine.metrics;

import java.util.concurrent.CompletableFuture;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.machineregistry.http.QueryParameters;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.Owners;
import org.machineregistry.machine.list.ListPage;
import org.machineregistry.machine.list.MachineLists;
import org.machineregistry.machine.list.Question;
import org.machineregistry.machine.selection.Selection;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The machines that a person sees, for a Prometheus with an API token of theirs. */
@Path("/api/machines/metrics")
class MetricsResource {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_1 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final MachineMetrics metrics;
    private final CurrentUser user;

    MetricsResource(MachineMetrics metrics, CurrentUser user) {
        this.metrics = metrics;
        this.user = user;
    }

    @GET
    @QueryParameters(value = {"owner", "status", "q", "label", "enrolledWith",
            "flapping"}, mayBeEmpty = "q", mayRepeat = "label")
    @NonBlocking
    @Produces({OPEN_METRICS, MediaType.TEXT_PLAIN})
    public Uni<Response> metrics(@QueryParam("owner") String owner, @Context UriInfo uri, @Context HttpHeaders headers,
            RoutingContext context) {
        Selection selection = Selection.parse(uri.getQueryParameters());
        String type = typeOf(headers);
        return user.find().map(found -> read(Question.forAll(Owners.asked(found, owner), selection), context))
                .orElseGet(() -> Uni.createFrom().item(MachineMetrics.none()))
                .map(page -> Response.ok(page.body(), type).build());
    }

    private static String typeOf(HttpHeaders headers) {
        for (MediaType accepted : headers.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.valueOf(OPEN_METRICS))) {
                return OPEN_METRICS_1;
            }
            if (accepted.isCompatible(MediaType.TEXT_PLAIN_TYPE)) {
                return PROMETHEUS_TEXT;
            }
        }
        return OPEN_METRICS_1;
    }

    private Uni<ListPage> read(Question question, RoutingContext request) {
        CompletableFuture<ListPage> answer = metrics.read(question);
        return MachineLists.heldBy(request, answer);
    }
}
