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
 * Says that a replica is not ready before its user of the database has all rights that are needed: a new one would answer 503 to whatever
 * takes one that is missing. What it loses later all replicas lose at once, whose machines would then have nobody to say to that they are
 * there: then the log says so, and what takes it is refused by itself.
 */
@Readiness
@ApplicationScoped
class RightsCheck implements AsyncHealthCheck {
    private static final Logger LOG = Logger.getLogger(RightsCheck.class);
    private static final long AGAIN = TimeUnit.SECONDS.toMillis(1);
    private static final long NOW_AND_THEN = TimeUnit.MINUTES.toMillis(1);
    private static final String LACKING = """
            select coalesce(string_agg(needed || ' on ' || relation, ', '), '')
            from (values
                ('machine', array['select', 'insert', 'update', 'delete']),
                ('revocation', array['select', 'insert', 'update', 'delete']),
                ('presence_clock', array['select', 'update']),
                ('removal_clock', array['select', 'update']),
                ('alert_sender', array['select', 'update']),
                ('service_id', array['select'])) of_relation (relation, rights),
              unnest(rights) needed
            where not coalesce(has_table_privilege(to_regclass(relation), needed), false)""";

    private final PooledQueries database;
    private final ExecutorService workers;
    private final Timers timers;
    private String lacking = "";
    private volatile boolean hasHadAll;

    RightsCheck(PooledQueries database, ExecutorService workers, Timers timers) {
        this.database = database;
        this.workers = workers;
        this.timers = timers;
    }

    void start(@Observes StartupEvent event) {
        workers.execute(this::lookAgainAndAgain);
    }

    private void lookAgainAndAgain() {
        look();
        timers.after(hasHadAll ? NOW_AND_THEN : AGAIN, () -> workers.execute(this::lookAgainAndAgain));
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() -> HealthCheckResponse.named("The database's rights are there").status(hasHadAll)
                        .build());
    }

    private void look() {
        try {
            String before = lacking;
            lacking = database.ask(RightsCheck::lacking);
            hasHadAll |= lacking.isEmpty();
            if (!lacking.isEmpty() && !lacking.equals(before)) {
                LOG.warnf(
                        "The user of the database lacks rights: %s. What takes them is answered with 503%s. Grant them",
                        lacking, hasHadAll ? "" : ", and this replica is not ready");
            } else if (lacking.isEmpty() && !before.isEmpty()) {
                LOG.info("The user of the database has all rights that are needed");
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
