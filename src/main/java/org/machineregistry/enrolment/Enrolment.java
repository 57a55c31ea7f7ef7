package org.machineregistry.enrolment;

import jakarta.inject.Singleton;

import org.machineregistry.credential.Secret;
import org.machineregistry.http.Problems;
import org.machineregistry.machine.registration.KeyUsedUpException;
import org.machineregistry.machine.registration.SelfRegistration;
import org.machineregistry.machine.registration.SelfRegistrations;

import io.smallrye.mutiny.Uni;

/** Registers machines that come with a key. */
@Singleton
public class Enrolment {
    private final SelfRegistrations registrations;

    Enrolment(SelfRegistrations registrations) {
        this.registrations = registrations;
    }

    /**
     * Whether the machine is new; one that asks again is known by its id and secret. Fails as {@link SelfRegistrations#register} does,
     * and with 401 where as many came with the key as may.
     *
     * @param network where it is, as {@link org.machineregistry.limit.Network} counts it
     */
    public Uni<Boolean> enrol(OpenedKey key, EnrolMachine machine, long network) {
        SelfRegistration registration = new SelfRegistration(machine.machineId(), new Secret(machine.secret()),
                machine.shownName(), key.owner(), key.anonymous(), network, key.settings(), key.keyId(), key.uses());
        return registrations.register(registration).onFailure(KeyUsedUpException.class)
                .transform(usedUp -> Problems.of(401,
                        "This enrolment key is used up: as many machines as it allows have come with it."));
    }
}
