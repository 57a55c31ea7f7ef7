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
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.Role;
import org.machineregistry.identity.User;

/** The changes that people make to a machine that is there; each call is one transaction, and all replicas hear of it. */
@ApplicationScoped
class MachineCommands {
    private final MachinesConfig config;
    private final Quota quota;
    private final SecretGenerator random;
    private final MachineCredentials credentials;
    private final Announcements announcements;

    MachineCommands(MachinesConfig config, Quota quota, SecretGenerator random, MachineCredentials credentials,
            Announcements announcements) {
        this.credentials = credentials;
        this.config = config;
        this.quota = quota;
        this.random = random;
        this.announcements = announcements;
    }

    /** A machine after it was changed. */
    record Changed(Machine machine, boolean isRenamed, boolean isHandedOver) {}

    /** @return empty where the person sees no such machine */
    @Transactional
    Optional<Changed> change(User user, String machineId, ChangeMachine change) {
        return find(user, Role.OPERATOR, machineId).map(machine -> {
            if (change.changesRemoval()) {
                // It deletes the machine, only later.
                user.require(Role.ADMIN, machine.owner);
            }
            String name = machine.name;
            change.applyTo(machine);
            announcements.announce(List.of(new Change(Kind.UPDATED, machine.owner, machineId)));
            return new Changed(machine, !machine.name.equals(name),
                    change.owner().filter(owner -> handOver(user, machine, owner)).isPresent());
        });
    }

    /** @return whether it was not that owner's before */
    private boolean handOver(User user, Machine machine, String chosen) {
        String owner = Owners.chosen(user, chosen);
        String before = machine.owner;
        if (owner.equals(before)) {
            return false;
        }
        user.require(Role.ADMIN, before);
        quota.requireRoom(owner, 1);
        machine.handOver(owner, user.anonymous() && owner.equals(user.id()));
        announcements.announce(List.of(new Change(Kind.HANDED_OVER, before, machine.machineId),
                new Change(Kind.CREATED, owner, machine.machineId)));
        return true;
    }

    /** @return whether there was one that the person sees */
    @Transactional
    boolean delete(User user, String machineId) {
        Optional<Machine> machine = find(user, Role.ADMIN, machineId);
        machine.ifPresent(found -> {
            found.delete();
            announcements.announce(List.of(new Change(Kind.REMOVED, found.owner, machineId)));
        });
        return machine.isPresent();
    }

    /** @return empty where the person sees no such machine */
    @Transactional
    Optional<MachineRegistration> rotate(User user, String machineId, boolean revokeOld) {
        return find(user, Role.OPERATOR, machineId).map(machine -> {
            Secret secret = random.secret();
            credentials.rotate(machine.owner, machineId, secret, revokeOld ? 0 : config.rotationOverlap().toSeconds());
            return MachineRegistration.of(machineId, secret);
        });
    }

    /** Finds a machine, and keeps it as it is until the transaction is over. */
    private static Optional<Machine> find(User user, Role needed, String machineId) {
        Optional<Machine> machine = Machine.toChangeOf(Owners.seenBy(user), machineId);
        machine.ifPresent(found -> user.require(needed, found.owner));
        return machine;
    }
}
