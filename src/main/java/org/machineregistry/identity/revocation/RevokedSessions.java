package org.machineregistry.identity.revocation;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;

import org.machineregistry.change.Announced;
import org.machineregistry.change.Change;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;
import org.machineregistry.identity.User;

import io.quarkus.runtime.StartupEvent;

/**
 * What was revoked and has not expired by itself, as every replica has it in memory. It is read when the replica starts, told by
 * announcements, and read anew where some may have been missed. Nothing leaves it before it has expired, so that a replica that does
 * not reach the database goes on refusing what it knows. {@link RevocationTable} bounds how much there is.
 */
@ApplicationScoped
public class RevokedSessions {
    // Before others hear of it: what they ask here must be answered by it.
    private static final int FIRST = 1;
    private static final long SLACK = TimeUnit.HOURS.toSeconds(1);

    /** All that was started for a person until then, in seconds since the epoch, and when that has expired by itself. */
    record Cutoff(long until, long expiresAt) {
        private static Cutoff later(Cutoff one, Cutoff other) {
            return one.until >= other.until ? one : other;
        }
    }

    private final Map<String, Long> sessions = new ConcurrentHashMap<>();
    private final Map<String, Cutoff> people = new ConcurrentHashMap<>();
    private final RevocationTable table;
    private final RevocationTimes times;
    private final Clock clock;

    RevokedSessions(RevocationTable table, RevocationTimes times, Clock clock) {
        this.table = table;
        this.times = times;
        this.clock = clock;
    }

    /** Costs two look-ups in maps that are nearly always empty. */
    public boolean isRevoked(User user) {
        return isRevoked(user.id(), user.sessionId(), user.startedAt());
    }

    public boolean isRevoked(String person, String id, long startedAt) {
        if (sessions.containsKey(id)) {
            return true;
        }
        Cutoff cutoff = people.get(person);
        return cutoff != null && startedAt <= cutoff.until;
    }

    // Before threads start, which a start that fails here would leave behind.
    void readAtStart(@Observes @Priority(LIBRARY_BEFORE) StartupEvent event) {
        read();
    }

    /** Where this fails, the listener begins anew: the replica is not ready before it has worked. */
    void readAnew(@Observes @Priority(FIRST) Resync resync) {
        if (resync.missed()) {
            read();
        }
    }

    // Before the caller is told, who may try here at once.
    void add(@Observes(during = TransactionPhase.AFTER_SUCCESS) Announced announced) {
        announced.all().forEach(this::add);
    }

    void add(@Observes @Priority(FIRST) Changes changes) {
        changes.all().forEach(this::add);
    }

    private void add(Change change) {
        switch (change.kind()) {
            case SESSION_REVOKED -> addSession(change.machineId(), change.connection());
            case SESSIONS_REVOKED -> addPerson(change.owner(),
                    new Cutoff(change.connection(), times.allExpired(change.connection())));
            default -> {
                // It is of a machine.
            }
        }
    }

    /** Adds only: what was announced meanwhile may not be among what was read. */
    void read() {
        table.read(this::addSession, this::addPerson);
    }

    private void addSession(String id, long expiresAt) {
        sessions.merge(id, expiresAt, Math::max);
    }

    private void addPerson(String person, Cutoff cutoff) {
        people.merge(person, cutoff, Cutoff::later);
    }

    /** What has expired is refused for that reason. The clock of whoever wrote it may be another. */
    void forgetExpired() {
        long now = clock.instant().getEpochSecond() - SLACK;
        sessions.values().removeIf(expiresAt -> expiresAt < now);
        people.values().removeIf(cutoff -> cutoff.expiresAt < now);
    }
}
