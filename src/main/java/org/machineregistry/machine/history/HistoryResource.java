package org.machineregistry.machine.history;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.machineregistry.http.Problems;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.User;

/** Says what a machine that a person sees was before. */
@Path("/api/machines")
@Consumes(MediaType.APPLICATION_JSON)
class HistoryResource {
    private final StatusHistories histories;
    private final CurrentUser user;

    HistoryResource(StatusHistories histories, CurrentUser user) {
        this.histories = histories;
        this.user = user;
    }

    @GET
    @Path("{machineId}/history")
    @RolesAllowed(User.ROLE)
    public StatusHistory history(String machineId) {
        return histories.of(Owners.seenBy(user.get()), machineId)
                .orElseThrow(() -> Problems.notFound("You see no machine with this id."));
    }
}
