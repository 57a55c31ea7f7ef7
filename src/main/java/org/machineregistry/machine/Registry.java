package org.machineregistry.machine;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.ConstraintViolationException.ConstraintKind;
import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;

/** What an owner changes; each call is one transaction, and all replicas hear of it. */
@ApplicationScoped
class Registry {
    private final MachinesConfig config;
    private final Quota quota;
    private final RandomNames random;
    private final Announcements announcements;

    Registry(MachinesConfig config, Quota quota, RandomNames random, Announcements announcements) {
        this.config = config;
        this.quota = quota;
        this.random = random;
        this.announcements = announcements;
    }

    /**
     * @throws MachineIdTakenException whoever owns the other one
     * @throws QuotaExceededException to within creations in flight
     */
    @Transactional
    MachineRegistration register(String owner, CreateMachine request) {
        quota.take(owner);
        String machineId = request.machineId() == null ? random.machineId() : request.machineId();
        Secret secret = request.secret() == null ? random.secret() : new Secret(request.secret());
        try {
            new Machine(machineId, owner, request.name(), secret).persistAndFlush();
        } catch (ConstraintViolationException violation) {
            throw violation.getKind() == ConstraintKind.UNIQUE ? new MachineIdTakenException() : violation;
        }
        announcements.announceLater(new Change(Kind.CREATED, owner, machineId));
        return MachineRegistration.of(machineId, secret);
    }

    @Transactional
    Optional<Machine> rename(String owner, String machineId, String name) {
        Optional<Machine> machine = Machine.ownedBy(owner, machineId);
        machine.ifPresent(found -> {
            found.rename(name);
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

    @Transactional
    Optional<MachineRegistration> rotate(String owner, String machineId, boolean revokeOld) {
        Secret secret = random.secret();
        long overlapSeconds = revokeOld ? 0 : config.rotationOverlap().toSeconds();
        if (!Machine.rotate(owner, machineId, secret, overlapSeconds)) {
            return Optional.empty();
        }
        announce(Kind.ROTATED, owner, machineId);
        return Optional.of(MachineRegistration.of(machineId, secret));
    }

    private void announce(Kind kind, String owner, String machineId) {
        announcements.announce(List.of(new Change(kind, owner, machineId)));
    }
}
