package org.machineregistry.machine;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.credential.MachineCredentials;
import org.machineregistry.credential.Secret;
import org.machineregistry.credential.SecretGenerator;

/** What an owner changes of a machine that is there; each call is one transaction, and all replicas hear of it. */
@ApplicationScoped
class MachineCommands {
    private final MachinesConfig config;
    private final SecretGenerator random;
    private final MachineCredentials credentials;
    private final Announcements announcements;

    MachineCommands(MachinesConfig config, SecretGenerator random, MachineCredentials credentials,
            Announcements announcements) {
        this.credentials = credentials;
        this.config = config;
        this.random = random;
        this.announcements = announcements;
    }

    @Transactional
    Optional<Machine> change(String owner, String machineId, ChangeMachine change) {
        Optional<Machine> machine = Machine.ownedByToChange(owner, machineId);
        machine.ifPresent(found -> {
            change.applyTo(found);
            announce(Kind.UPDATED, owner, machineId);
        });
        return machine;
    }

    /** @return whether there was one */
    @Transactional
    boolean delete(String owner, String machineId) {
        boolean deleted = Machine.delete("machineId = ?1 and owner = ?2", machineId, owner) > 0;
        if (deleted) {
            announce(Kind.REMOVED, owner, machineId);
        }
        return deleted;
    }

    Optional<MachineRegistration> rotate(String owner, String machineId, boolean revokeOld) {
        Secret secret = random.secret();
        long overlapSeconds = revokeOld ? 0 : config.rotationOverlap().toSeconds();
        return credentials.rotate(owner, machineId, secret, overlapSeconds)
                ? Optional.of(MachineRegistration.of(machineId, secret))
                : Optional.empty();
    }

    private void announce(Kind kind, String owner, String machineId) {
        announcements.announce(List.of(new Change(kind, owner, machineId)));
    }
}
