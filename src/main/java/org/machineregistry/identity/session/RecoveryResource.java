package org.machineregistry.identity.session;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.address.ServiceAddress;
import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.NoFields;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.SessionNeeded;
import org.machineregistry.identity.User;
import org.machineregistry.limit.Network;

import io.vertx.ext.web.RoutingContext;

/** Makes recovery links. They are opened by {@link SessionResource}, because a session starts with one. */
@Path("/api/sessions/recovery")
class RecoveryResource {
    private final RecoveryLinks links;
    private final CurrentUser currentUser;
    private final SessionLimit limit;
    private final ServiceAddresses addresses;
    private final Audit audit;

    RecoveryResource(RecoveryLinks links, CurrentUser currentUser, SessionLimit limit, ServiceAddresses addresses,
            Audit audit) {
        this.links = links;
        this.currentUser = currentUser;
        this.limit = limit;
        this.addresses = addresses;
        this.audit = audit;
    }

    @POST
    @SessionNeeded
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(User.ROLE)
    public Response make(NoFields body, RoutingContext context) {
        User user = currentUser.get();
        ServiceAddress address = addresses.certain(context);
        limit.link(Network.of(context.request()));
        String jwt = links.sign(user);
        audit.did(user.id(), AuditEvent.RECOVERY_LINK_MADE, Network.textOf(context.request()));
        return Response.status(Response.Status.CREATED)
                .entity(RecoveryLink.at(address, jwt))
                .cacheControl(CacheControl.valueOf("no-store"))
                .build();
    }
}
