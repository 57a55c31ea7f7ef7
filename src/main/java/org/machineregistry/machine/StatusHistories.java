package org.machineregistry.machine;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.database.DatabaseAvailability;

/** Answers what an owner's machine was before, as of the database's time of day. */
@ApplicationScoped
class StatusHistories {
    private final MachineReader reader;
    private final DatabaseAvailability database;

    StatusHistories(MachineReader reader, DatabaseAvailability database) {
        this.reader = reader;
        this.database = database;
    }

    /** Blocks. @return empty where the owner has no such machine */
    Optional<StatusHistory> of(String owner, String machineId) {
        return reader.history(owner, machineId).map(changes -> StatusHistory.of(changes, database.epochMillis()));
    }
}
