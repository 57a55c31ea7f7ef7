package org.machineregistry.machine;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.credential.MachineCredential;
import org.machineregistry.credential.MachineCredential.Match;
import org.machineregistry.identity.Owners;

/** Machines that leave for good, by themselves. */
@ApplicationScoped
public class Departures {
    private final Announcements announcements;

    Departures(Announcements announcements) {
        this.announcements = announcements;
    }

    /**
     * @param admitted by whose token: another machine may have the same id by now
     * @return whether it was there: who beats in the same moment is heard before, or is refused as an unknown machine
     */
    @Transactional
    public boolean leave(MachineCredential admitted) {
        String machineId = admitted.machineId();
        // By whoever's it is now: it may have been handed over since its credential was read.
        Optional<Machine> machine = Machine.toChangeOf(Owners.EVERYBODY, machineId)
                .filter(found -> MachineCredential.match(admitted, found.secretHash) != Match.NONE);
        machine.ifPresent(found -> {
            found.delete();
            announcements.announce(List.of(new Change(Kind.REMOVED, found.owner, machineId)));
        });
        return machine.isPresent();
    }
}
