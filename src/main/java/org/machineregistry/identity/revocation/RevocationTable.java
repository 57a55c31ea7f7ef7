package org.machineregistry.identity.revocation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.User;

/** The table of what was revoked before its time; each call is one transaction, and all replicas hear of it. */
@ApplicationScoped
public class RevocationTable {
    // 15 MB in each replica; of people without an account, and as many of those with one. Anybody can fill the first: by starting
    // sessions and ending them, as many as their addresses may start.
    private static final int MOST = 100_000;
    // A row's header in PostgreSQL (24 bytes) and its columns, of which the shortest has no text; in truth it is about 90. In a table that
    // is smaller than so many of them there is room, and nobody needs to count its rows at each revocation.
    private static final long LEAST_BYTES_OF_ROW = 48;
    private static final long MOST_AHEAD = TimeUnit.HOURS.toSeconds(1);
    private static final String SESSION = "session";
    private static final String PERSON = "person";
    private static final String REVOKE = """
            insert into revocation (kind, id, started_until, expires_at, anonymous)
            select kind, id, case when kind = 'person'
                then greatest(date_trunc('second', clock_timestamp()), to_timestamp(?)) end, to_timestamp(?), anonymous
            from (select ?::text, ?::text, ?::boolean) as revoked (kind, id, anonymous)
            where ?::boolean or pg_relation_size('revocation') < %d
              or (select count(*) from revocation known where known.anonymous = revoked.anonymous) < %d
              or exists (select from revocation known where (known.kind, known.id) = (revoked.kind, revoked.id))
            on conflict (kind, id) do update
              set started_until = greatest(revocation.started_until, excluded.started_until),
                expires_at = greatest(revocation.expires_at, excluded.expires_at)
            returning coalesce(extract(epoch from started_until), 0)::bigint"""
            .formatted(MOST * LEAST_BYTES_OF_ROW, MOST);
    private static final String READ = """
            select kind, id, extract(epoch from started_until)::bigint as started_until,
              extract(epoch from expires_at)::bigint as expires_at
            from revocation""";
    // An hour more: clocks differ, and what is not in memory any more must have expired by each of them.
    private static final String REMOVE_EXPIRED = """
            delete from revocation where expires_at < least(now(), to_timestamp(?)) - interval '1 hour'""";

    private final DataSource database;
    private final Announcements announcements;
    private final RevocationTimes times;
    private final Clock clock;

    RevocationTable(DataSource database, Announcements announcements, RevocationTimes times, Clock clock) {
        this.database = database;
        this.announcements = announcements;
        this.times = times;
        this.clock = clock;
    }

    /** Revokes this session, with what it was renewed from and to. */
    @Transactional
    public void revoke(User user) {
        announcements.announce(List.of(revokeSession(user)));
    }

    /** Revokes all that was started for this person up to now, and this session in any case. */
    @Transactional
    public void revokeAll(User user) {
        // The replica that started this session may have a clock that is ahead. One that a provider signed may say anything.
        long now = clock.instant().getEpochSecond();
        long startedUntil = insert(PERSON, user.id(), user.anonymous(), Math.min(user.startedAt(), now + MOST_AHEAD),
                times.allExpired(now), false);
        Change all = allOf(user.id(), startedUntil);
        announcements.announce(user.startedAt() <= startedUntil ? List.of(all) : List.of(all, revokeSession(user)));
    }

    /** Revokes all that was started for somebody up to now, as an administrator says: for that there is always room. */
    @Transactional
    public void revokeAllOf(String person) {
        long expiresAt = times.allExpired(clock.instant().getEpochSecond());
        announcements.announce(List.of(allOf(person, insert(PERSON, person, false, 0, expiresAt, true))));
    }

    private static Change allOf(String person, long startedUntil) {
        return new Change(Kind.SESSIONS_REVOKED, person, "", startedUntil);
    }

    /**
     * Revokes what was signed for somebody, for as long as it would be good.
     *
     * @param owner whose it is
     * @param id under which it is revoked
     */
    @Transactional
    public void revoke(User user, String owner, String id, long expiresAt) {
        insert(SESSION, id, user.anonymous(), 0, expiresAt, false);
        announcements.announce(List.of(new Change(Kind.SESSION_REVOKED, owner, id, expiresAt)));
    }

    private Change revokeSession(User user) {
        long expiresAt = times.expired(user);
        insert(SESSION, user.sessionId(), user.anonymous(), 0, expiresAt, false);
        return new Change(Kind.SESSION_REVOKED, user.id(), user.sessionId(), expiresAt);
    }

    private long insert(String kind, String id, boolean anonymous, long startedAt, long expiresAt, boolean always) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(REVOKE)) {
            statement.setLong(1, startedAt);
            statement.setLong(2, expiresAt);
            statement.setString(3, kind);
            statement.setString(4, id);
            statement.setBoolean(5, anonymous);
            statement.setBoolean(6, always);
            return startedUntil(statement).orElseThrow(RevocationTable::full);
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
    }

    private static OptionalLong startedUntil(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** The answer where there is no room: to forget an older one would let it in again. */
    private static HttpProblem full() {
        return Problems.unavailable(Integer.MAX_VALUE, "As many sessions were signed out before they expired as the "
                + "service can remember. This one goes on until some of those have expired.");
    }

    /** Reads all revocations that there are. */
    void read(BiConsumer<String, Long> session, BiConsumer<String, RevokedSessions.Cutoff> person) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                long expiresAt = rows.getLong("expires_at");
                if (rows.getString("kind").equals(SESSION)) {
                    session.accept(rows.getString("id"), expiresAt);
                } else {
                    person.accept(rows.getString("id"),
                            new RevokedSessions.Cutoff(rows.getLong("started_until"), expiresAt));
                }
            }
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
    }

    /** Any replica may do so at any time. */
    @Transactional
    void removeExpired() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(REMOVE_EXPIRED)) {
            // Both clocks must tell: either may have jumped ahead.
            statement.setLong(1, clock.instant().getEpochSecond());
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new PersistenceException(failure);
        }
    }
}
