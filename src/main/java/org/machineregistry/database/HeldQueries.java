package org.machineregistry.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.machineregistry.http.DatabaseProblems;

/**
 * Asks on one connection that is kept, one query after another. Where the database is far away, a connection of the pool would
 * first be tried, and a new one takes seven round trips: too many for what has to be shown within a second.
 */
public final class HeldQueries implements Queries, AutoCloseable {
    // A firewall between may have forgotten a connection that was silent for long, and would let a query wait for nothing.
    private static final long TRUSTED_FOR = TimeUnit.SECONDS.toNanos(30);
    private static final int TRIAL_SECONDS = 2;
    private static final long QUICK = TimeUnit.SECONDS.toNanos(1);

    private final DataSource database;
    private final Duration patience;
    private int patienceBefore;
    private Connection held;
    private long usedAt;

    public HeldQueries(DataSource database) {
        this(database, null);
    }

    /**
     * @param patience how long an answer may take: where another database has taken the place of one that said nothing any more, what
     *            was asked of that one must not be waited for; null for as long as the pool's connections wait
     */
    public HeldQueries(DataSource database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    @Override
    public synchronized <R> R ask(Query<R> query) throws SQLException {
        boolean isKept = isUsable();
        long askedAt = System.nanoTime();
        try {
            return askOnce(query);
        } catch (SQLException failure) {
            if (isKept && DatabaseProblems.isUnavailable(failure) && System.nanoTime() - askedAt < QUICK) {
                // The database ended the connection while nothing was asked, as it does when it is restarted.
                return askOnce(query);
            }
            throw failure;
        }
    }

    private boolean isUsable() throws SQLException {
        if (held != null && System.nanoTime() - usedAt > TRUSTED_FOR && !held.isValid(TRIAL_SECONDS)) {
            close();
        }
        return held != null;
    }

    private <R> R askOnce(Query<R> query) throws SQLException {
        if (held == null) {
            held = open();
        }
        boolean answered = false;
        try {
            R answer = query.on(held);
            usedAt = System.nanoTime();
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                close();
            }
        }
    }

    private Connection open() throws SQLException {
        Connection opened = database.getConnection();
        if (patience == null) {
            return opened;
        }
        try {
            patienceBefore = opened.getNetworkTimeout();
            opened.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
            return opened;
        } catch (SQLException broken) {
            opened.close();
            throw broken;
        }
    }

    /** Gives the connection back to the pool, which tries it before it lends it again. */
    @Override
    public synchronized void close() throws SQLException {
        Connection given = held;
        held = null;
        if (given != null) {
            try (given) {
                if (patience != null && !given.isClosed()) {
                    given.setNetworkTimeout(Runnable::run, patienceBefore);
                }
            }
        }
    }
}
