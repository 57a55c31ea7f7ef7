package org.machineregistry.enrolment;

import java.util.concurrent.ExecutorService;

import jakarta.inject.Singleton;

import org.machineregistry.credential.Secret;
import org.machineregistry.machine.SelfRegistration;
import org.machineregistry.machine.SelfRegistrations;

import io.smallrye.mutiny.Uni;

/** Registers machines that come with a key. */
@Singleton
public class Enrolment {
    private final SelfRegistrations registrations;
    private final ExecutorService workers;

    Enrolment(SelfRegistrations registrations, ExecutorService workers) {
        this.registrations = registrations;
        this.workers = workers;
    }

    /**
     * Whether the machine is new; one that asks again is known by its id and secret. Fails as {@link SelfRegistrations#register} does.
     *
     * @param network where it is, as {@link org.machineregistry.limit.Network} counts it
     */
    public Uni<Boolean> enrol(OpenedKey key, EnrolMachine machine, long network) {
        SelfRegistration registration = new SelfRegistration(machine.machineId(), new Secret(machine.secret()),
                machine.shownName(), key.owner(), key.anonymous(), network, key.alertAfterSeconds(),
                key.removeAfterSeconds(), key.labels(),
                key.keyId(),
                key.uses());
        return Uni.createFrom().item(() -> registrations.register(registration)).runSubscriptionOn(workers);
    }
}
