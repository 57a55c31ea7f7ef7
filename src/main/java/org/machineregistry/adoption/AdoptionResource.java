package org.machineregistry.adoption;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.audit.Audit;
import org.machineregistry.http.NoFields;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.SessionNeeded;
import org.machineregistry.identity.User;
import org.machineregistry.identity.session.EarlierPeople;
import org.machineregistry.limit.Network;

import io.vertx.ext.web.RoutingContext;

/** Asks who has just signed in whether the machines that they had in this browser without an account are to come along. */
@Path(EarlierPeople.PATH)
class AdoptionResource {
    private final Adoption adoption;
    private final EarlierPeople people;
    private final CurrentUser user;
    private final Audit audit;

    AdoptionResource(Adoption adoption, EarlierPeople people, CurrentUser user, Audit audit) {
        this.adoption = adoption;
        this.people = people;
        this.user = user;
        this.audit = audit;
    }

    @GET
    @RolesAllowed(User.ROLE)
    @SessionNeeded
    public EarlierMachines count(RoutingContext context) {
        return new EarlierMachines(people.of(user.get(), context).map(adoption::count).orElse(0L));
    }

    @POST
    @RolesAllowed(User.ROLE)
    @SessionNeeded
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response bringAlong(NoFields body, RoutingContext context) {
        User earlier = people.of(user.get(), context).orElseThrow(() -> Problems.notFound("It is not known any more "
                + "who you were in this browser before you signed in: that was more than 15 minutes ago, or is done."));
        List<String> machines = adoption.move(earlier, user.get());
        audit.broughtAlong(user.get().id(), earlier.id(), machines, Network.textOf(context.request()));
        return Response.ok(new EarlierMachines(machines.size())).cookie(people.cleared(context)).build();
    }

    @DELETE
    @RolesAllowed(User.ROLE)
    @SessionNeeded
    public Response leave(RoutingContext context) {
        return Response.noContent().cookie(people.cleared(context)).build();
    }
}
