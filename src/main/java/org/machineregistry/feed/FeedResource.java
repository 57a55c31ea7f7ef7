package org.machineregistry.feed;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;

import org.jboss.resteasy.reactive.ResponseHeader;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.User;

import io.smallrye.mutiny.Multi;

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
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    // Proxies would hold events back until there are many.
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    public Multi<OutboundSseEvent> events() {
        return feed.subscribe(user.get());
    }
}
