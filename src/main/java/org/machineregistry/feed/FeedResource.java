package org.machineregistry.feed;

import jakarta.annotation.security.RolesAllowed;
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
import org.machineregistry.identity.User;
import org.machineregistry.machine.list.Question;
import org.machineregistry.machine.selection.Selection;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** The live list: {@code snapshot}, then {@code machine} and {@code removed} for each change. */
@Path("/api/machines/events")
class FeedResource {
    private final Feed feed;
    private final CurrentUser user;

    FeedResource(Feed feed, CurrentUser user) {
        this.feed = feed;
        this.user = user;
    }

    @GET
    @RolesAllowed(User.ROLE)
    @QueryParameters(value = {"owner", "status", "q", "label", "enrolledWith"}, mayBeEmpty = "q", mayRepeat = "label")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Uni<Response> events(@QueryParam("owner") String owner, @Context UriInfo uri,
            @Context RoutingContext request) {
        Question question = Question.forAll(Owners.asked(user.get(), owner), Selection.parse(uri.getQueryParameters()));
        return feed.subscribe(user.get(), question, request)
                .map(events -> Response.ok(events, MediaType.SERVER_SENT_EVENTS_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        // Proxies would hold events back until there are many.
                        .header("X-Accel-Buffering", "no")
                        .build());
    }
}
