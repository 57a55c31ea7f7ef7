package org.machineregistry.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ImageMode;

/** A PostgreSQL of the service's own, kept running until it is closed; everything it keeps is below one directory. */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);
    private static final int CHECK_MILLISECONDS = 200;
    // A constant in the executable, whose build runs this: nothing below that starts a database, nor its libraries, gets into it.
    private static final boolean IS_EXECUTABLE = ImageMode.current().isNativeImage();

    private final DataDirectory directory;
    private final Postmaster postmaster;
    private final int port;
    private final Map<String, String> settings;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(EmbeddedDatabase::daemon);
    private boolean closed;

    private EmbeddedDatabase(DataDirectory directory) throws IOException {
        this.directory = directory;
        directory.removeUnfinished();
        PostgresPrograms programs = new PostgresPrograms(PostgresBinaries.in(directory));
        Cluster cluster = Cluster.in(directory, programs);
        Map<String, String> keys = SessionKeys.in(directory);
        this.postmaster = new Postmaster(programs, cluster.files(), directory.resolve("database.log"));
        this.port = postmaster.startOnFreePort();
        this.settings = settings(cluster, keys);
        watch.scheduleWithFixedDelay(this::restartIfGone, CHECK_MILLISECONDS, CHECK_MILLISECONDS,
                TimeUnit.MILLISECONDS);
        LOG.infof("The embedded PostgreSQL keeps its data in %s", directory.path());
    }

    /** @throws EmbeddedDatabaseException with one line that says what is in the way */
    public static EmbeddedDatabase start(Path path) {
        if (IS_EXECUTABLE) {
            throw new EmbeddedDatabaseException(
                    "No database is configured: set quarkus.datasource.jdbc.url, .username and .password"
                            + " (QUARKUS_DATASOURCE_JDBC_URL, …). The native executable brings none of its own.");
        }
        try {
            DataDirectory directory = DataDirectory.lock(path);
            try {
                return new EmbeddedDatabase(directory);
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw EmbeddedDatabaseException.at(path.toAbsolutePath().normalize(), e);
        }
    }

    /** The settings with which the service uses this database, by property name. */
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public void close() {
        watch.shutdown();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            try (directory) {
                postmaster.stop();
            } catch (IOException e) {
                throw EmbeddedDatabaseException.at(directory.path(), e);
            }
        }
    }

    // Nobody else starts it again, and without it the service is of no use.
    private synchronized void restartIfGone() {
        try {
            if (!closed && !postmaster.isRunning()) {
                LOG.warn("The embedded PostgreSQL is gone; starting it again");
                postmaster.startOn(port);
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf("%s", e.getMessage());
        }
    }

    private Map<String, String> settings(Cluster cluster, Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(keys);
        all.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres");
        all.put("quarkus.datasource.username", Cluster.USER);
        all.put("quarkus.datasource.password", cluster.password());
        all.put("sessions.anonymous", "true");
        return Map.copyOf(all);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "embedded-postgresql-watch");
        thread.setDaemon(true);
        return thread;
    }
}
