package org.machineregistry.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.machineregistry.timer.Timers;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/**
 * Says that a replica is not ready while its user of the database lacks a right that people or machines need: all would be 503 that takes
 * it. It looks now and then, and so answers at once, also where the database does not.
 */
@Readiness
@ApplicationScoped
class RightsCheck implements AsyncHealthCheck {
    private static final Logger LOG = Logger.getLogger(RightsCheck.class);
    private static final long PERIOD = TimeUnit.SECONDS.toMillis(10);
    private static final String LACKING = """
            select coalesce(string_agg(needed || ' on ' || relation, ', '), '')
            from unnest(array['machine', 'revocation']) relation, unnest(array['select', 'insert', 'update', 'delete']) needed
            where not has_table_privilege(relation, needed)""";

    private final PooledQueries database;
    private final ExecutorService workers;
    private final Timers timers;
    private volatile String lacking = "";

    RightsCheck(PooledQueries database, ExecutorService workers, Timers timers) {
        this.database = database;
        this.workers = workers;
        this.timers = timers;
    }

    void start(@Observes StartupEvent event) {
        workers.execute(this::look);
        timers.every(PERIOD, () -> workers.execute(this::look));
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() -> HealthCheckResponse.named("The database's rights are there").status(lacking.isEmpty())
                        .build());
    }

    private void look() {
        try {
            String before = lacking;
            lacking = database.ask(RightsCheck::lacking);
            if (!lacking.isEmpty() && !lacking.equals(before)) {
                LOG.warnf("The user of the database lacks rights, so this replica is not ready: %s. Grant them",
                        lacking);
            } else if (lacking.isEmpty() && !before.isEmpty()) {
                LOG.info("The user of the database has all rights again");
            }
        } catch (SQLException | RuntimeException away) {
            // Another check says so.
            LOG.debugf("The rights are not known: %s", away);
        }
    }

    private static String lacking(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(LACKING)) {
            row.next();
            return row.getString(1);
        }
    }
}
