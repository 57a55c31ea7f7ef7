package org.machineregistry.machine.registration;

import java.util.concurrent.CompletableFuture;

import org.machineregistry.credential.SecretGenerator;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.User;
import org.machineregistry.limit.Network;
import org.machineregistry.machine.MachineRegistration;
import org.machineregistry.text.NaturalOrder;

/**
 * A machine that is being registered. The answer comes after the commit, or says why there is none.
 *
 * @param network where its owner is, of {@link Network}
 * @param enrolledWith the id of the enrolment key that it came with; null for none
 */
record NewMachine(String machineId, String owner, boolean anonymous, long network, String name, NewSecret secret,
        MachineSettings settings, String enrolledWith, CompletableFuture<MachineRegistration> answer) {
    static NewMachine of(User user, long network, CreateMachine request, SecretGenerator random) {
        String owner = Owners.chosen(user, request.owner());
        return new NewMachine(request.machineId() == null ? random.machineId() : request.machineId(), owner,
                user.anonymous() && owner.equals(user.id()), network,
                request.name(), NewSecret.of(request, random), request.settings(), null, new CompletableFuture<>());
    }

    static NewMachine of(SelfRegistration machine) {
        return new NewMachine(machine.machineId(), machine.owner(), machine.anonymous(), machine.network(),
                machine.name(), NewSecret.of(machine.secret()), machine.settings(), machine.key(),
                new CompletableFuture<>());
    }

    String sortName() {
        return NaturalOrder.withoutCase(name);
    }

    void registered() {
        answer.complete(registration());
    }

    MachineRegistration registration() {
        return secret.registrationOf(machineId);
    }

    void refuse(Throwable reason) {
        answer.completeExceptionally(reason);
    }
}
