package org.machineregistry.machine.list;

import java.util.Optional;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.machineregistry.machine.selection.Selection;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Lists and counts the machines that a person sees. What belongs to anybody else does not exist here. */
@Path(ListResource.PATH)
@Consumes(MediaType.APPLICATION_JSON)
class ListResource {
    static final String PATH = "/api/machines";

    private final MachineLists lists;
    private final MachineReader reader;
    private final CurrentUser user;

    ListResource(MachineLists lists, MachineReader reader, CurrentUser user) {
        this.lists = lists;
        this.reader = reader;
        this.user = user;
    }

    @GET
    @QueryParameters(value = {"owner", "status", "q", "label", "enrolledWith", "limit", "after", "sort",
            "flapping"}, mayBeEmpty = "q", mayRepeat = "label")
    @NonBlocking
    @Produces({MediaType.APPLICATION_JSON, ListFormat.TEXT_CSV})
    public Uni<Response> list(@QueryParam("owner") String owner, @QueryParam("limit") String limit,
            @QueryParam("after") String after, @QueryParam("sort") String sort, @Context UriInfo uri,
            @Context HttpHeaders headers, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known,
            RoutingContext context) {
        ListQuery query = ListQuery.parse(Selection.parse(uri.getQueryParameters()), limit, after,
                sort == null ? ListOrder.BY_NAME : ListOrder.parse(sort)).as(ListFormat.of(headers));
        return lists.of(asked(owner), query, known, context);
    }

    @GET
    @Path("summary")
    @QueryParameters(value = {"owner", "status", "q", "label", "enrolledWith",
            "flapping"}, mayBeEmpty = "q", mayRepeat = "label")
    public MachineSummary summary(@QueryParam("owner") String owner, @Context UriInfo uri) {
        Selection selection = Selection.parse(uri.getQueryParameters());
        return asked(owner).map(owners -> reader.summary(owners, selection)).orElse(MachineSummary.NONE);
    }

    /** The owners that the caller asks for; empty for a caller without a credential. */
    private Optional<Owners> asked(String owner) {
        return user.find().map(found -> Owners.asked(found, owner));
    }
}
