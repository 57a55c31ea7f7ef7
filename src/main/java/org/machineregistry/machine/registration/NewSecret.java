package org.machineregistry.machine.registration;

import java.util.Base64;

import org.machineregistry.credential.Secret;
import org.machineregistry.credential.SecretGenerator;
import org.machineregistry.machine.MachineRegistration;

/**
 * The secret of a machine that is being registered.
 *
 * @param hash its SHA-256, which is all that is stored
 * @param shown null where the machine made it and told its hash alone
 */
record NewSecret(byte[] hash, Secret shown) {
    static NewSecret of(Secret secret) {
        return new NewSecret(secret.hash(), secret);
    }

    static NewSecret of(CreateMachine request, SecretGenerator random) {
        if (request.secretHash() != null) {
            return new NewSecret(Base64.getUrlDecoder().decode(request.secretHash()), null);
        }
        return of(request.secret() == null ? random.secret() : new Secret(request.secret()));
    }

    MachineRegistration registrationOf(String machineId) {
        return shown == null ? new MachineRegistration(machineId, null) : MachineRegistration.of(machineId, shown);
    }

    @Override
    public String toString() {
        return "a new secret";
    }
}
