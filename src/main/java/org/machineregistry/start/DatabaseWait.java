package org.machineregistry.start;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jboss.logging.Logger;
import org.machineregistry.identity.session.KeyPairCheck;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Waits for the database before Flyway, the first to use it, does. Flyway's own retries take a wrong password for an
 * outage, and cannot be interrupted.
 */
@Singleton
class DatabaseWait implements FlywayConfigurationCustomizer {

    private static final Logger LOG = Logger.getLogger(DatabaseWait.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Duration longest;
    private final KeyPairCheck keys;
    private final MigrationConnections connections;
    private final FirstMigration first;

    DatabaseWait(@ConfigProperty(name = "database.start-wait") Duration longest, KeyPairCheck keys,
            MigrationConnections connections, FirstMigration first) {
        this.longest = longest;
        this.keys = keys;
        this.connections = connections;
        this.first = first;
    }

    @Override
    public void customize(FluentConfiguration flyway) {
        keys.begin();
        long end = System.nanoTime() + longest.toNanos();
        while (!isReady(flyway.getDataSource(), end)) {
            pause();
        }
        flyway.dataSource(connections.of(flyway.getDataSource()));
        begin(flyway);
    }

    private void begin(FluentConfiguration flyway) {
        try {
            first.begin(flyway.getDataSource(), flyway.getTable());
        } catch (SQLException failure) {
            throw new ConfigurationException("The database cannot be migrated: " + failure.getMessage());
        }
    }

    private boolean isReady(DataSource database, long end) {
        try (Connection connection = database.getConnection()) {
            return true;
        } catch (SQLException e) {
            if (!mayComeUp(e)) {
                throw new ConfigurationException(
                        "The database refuses the service, see quarkus.datasource.*: " + e.getMessage());
            }
            if (System.nanoTime() > end) {
                throw new ConfigurationException("The database was not there for " + longest.toSeconds()
                        + " seconds, see quarkus.datasource.jdbc.url: " + e.getMessage());
            }
            LOG.warnf("Waiting for the database: %s", e.getMessage());
            return false;
        }
    }

    // A connection that fails (08), but for one that is rejected (08004); a server that is starting or stopping (57P), or
    // full (53); and the pool's own time-out, which has no state.
    private static boolean mayComeUp(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.matches("(08|57P|53).*") && !state.equals("08004");
    }

    private static void pause() {
        if (ApplicationLifecycleManager.isVmShuttingDown()) {
            throw new ConfigurationException("The service was stopped while it waited for the database");
        }
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("The service was stopped while it waited for the database");
        }
    }
}
