package org.machineregistry.leftover;

import java.sql.SQLException;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.removal.BatchRemoval;

/**
 * Removes the machines that people without an account registered and that never connected: they count against what all those people
 * may have together, and who tried the service out does not come back for them.
 */
@ApplicationScoped
class AnonymousLeftovers {
    // Each batch looks through the rows of all people without an account until it has found enough.
    private static final String OLD_ENOUGH = """
            anonymous and offline_reason = 'never_connected' and created_at < now() - ? * interval '1 second'""";

    private final BatchRemoval batches;
    private final LeftoversConfig config;
    private final Audit audit;

    AnonymousLeftovers(BatchRemoval batches, LeftoversConfig config, Audit audit) {
        this.batches = batches;
        this.config = config;
        this.audit = audit;
    }

    /** Removes those that are old enough by the database's clock, or as many as one turn may take. Any replica may do so at any time. */
    void remove() throws SQLException {
        batches.remove(OLD_ENOUGH, List.of(config.anonymousLeftovers().toSeconds()),
                removed -> audit.count(AuditEvent.LEFTOVER_REMOVED, removed.size()));
    }
}
