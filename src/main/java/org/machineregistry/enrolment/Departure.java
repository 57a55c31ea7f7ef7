package org.machineregistry.enrolment;

import java.util.concurrent.ExecutorService;

import jakarta.inject.Singleton;

import org.machineregistry.credential.MachineCredential;
import org.machineregistry.http.DatabaseProblems;
import org.machineregistry.http.Problems;
import org.machineregistry.machine.Departures;

import io.smallrye.mutiny.Uni;

/** Takes machines out of the registry that say that they leave for good. */
@Singleton
public class Departure {
    private final Departures departures;
    private final ExecutorService workers;

    Departure(Departures departures, ExecutorService workers) {
        this.departures = departures;
        this.workers = workers;
    }

    /** Whether the machine was there. Fails with a 503 where the database cannot be reached. */
    public Uni<Boolean> leave(MachineCredential admitted) {
        return Uni.createFrom().item(() -> departures.leave(admitted))
                .runSubscriptionOn(workers)
                .onFailure(DatabaseProblems::isUnavailable).transform(away -> Problems.unavailable());
    }
}
