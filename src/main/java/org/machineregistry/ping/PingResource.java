package org.machineregistry.ping;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.machineregistry.http.NoFields;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.ChangesNothing;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.User;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.list.MachineReader;
import org.machineregistry.machine.list.MachineView;
import org.machineregistry.machine.selection.Selection;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;

/** Whether a machine is really there, as the machine itself answers. */
@Path("/api/machines/{machineId}/ping")
class PingResource {
    private final MachineReader machines;
    private final Pings pings;
    private final CurrentUser user;

    PingResource(MachineReader machines, Pings pings, CurrentUser user) {
        this.machines = machines;
        this.pings = pings;
        this.user = user;
    }

    @POST
    @ChangesNothing
    @RolesAllowed(User.ROLE)
    // It blocks until the machine was found; nothing blocks while its answer is waited for.
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Ping> ping(String machineId, NoFields body) {
        Owners seen = Owners.seenBy(user.get());
        MachineView machine = machines.find(List.of(machineId), Selection.ALL).stream()
                .filter(found -> seen.contains(found.owner())).findFirst()
                .orElseThrow(() -> Problems.notFound("You see no machine with this id."));
        if (machine.status() != MachineStatus.ONLINE) {
            throw Problems.of(409, "The machine is offline.");
        }
        return Uni.createFrom().completionStage(pings.ask(user.get(), machineId));
    }
}
