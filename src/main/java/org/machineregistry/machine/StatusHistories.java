package org.machineregistry.machine;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.identity.Owners;

/** Answers what a machine was before, as of the database's time of day. */
@ApplicationScoped
class StatusHistories {
    private final MachineReader reader;
    private final DatabaseAvailability database;

    StatusHistories(MachineReader reader, DatabaseAvailability database) {
        this.reader = reader;
        this.database = database;
    }

    /** Blocks. @return empty where none of the owners has such a machine */
    Optional<StatusHistory> of(Owners owners, String machineId) {
        return reader.history(owners, machineId).map(changes -> StatusHistory.of(changes, database.epochMillis()));
    }
}
