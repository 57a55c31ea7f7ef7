package org.machineregistry.machine;

import java.util.concurrent.CompletableFuture;

/** A machine that is being registered. The answer comes after the commit, or says why there is none. */
record NewMachine(String machineId, String owner, String name, Secret secret,
        CompletableFuture<MachineRegistration> answer) {
    static NewMachine of(String owner, CreateMachine request, RandomNames random) {
        return new NewMachine(request.machineId() == null ? random.machineId() : request.machineId(), owner,
                request.name(), request.secret() == null ? random.secret() : new Secret(request.secret()),
                new CompletableFuture<>());
    }

    void registered() {
        answer.complete(MachineRegistration.of(machineId, secret));
    }

    void refuse(Throwable reason) {
        answer.completeExceptionally(reason);
    }
}
