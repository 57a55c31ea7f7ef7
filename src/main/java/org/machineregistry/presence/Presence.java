package org.machineregistry.presence;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import jakarta.inject.Singleton;

import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.machine.OfflineReason;
import org.machineregistry.presence.clock.PauseDetector;

import io.smallrye.mutiny.Uni;

/**
 * Keeps who is online, as told by machines. A heartbeat only touches memory; what turns a machine online or offline is written at
 * once. While the database is away, everything here is refused with a 503. Each {@code waits} tells whether the caller still
 * waits for the answer: what nobody waits for any more is not written.
 */
@Singleton
public class Presence {
    /** The connection of what did not come over a socket. */
    public static final long NO_SOCKET = -1;
    private static final String STOOD_STILL = "The service stood still for a moment. Say it again.";
    private static final int PARTS_OF_SPARE_TIME = 3;

    private final PresenceTable table;
    private final HeartbeatQueue heartbeats;
    private final ConnectQueue connects;
    private final DisconnectQueue disconnects;
    private final HeartbeatPacer pacer;
    private final DatabaseAvailability availability;
    private final PauseDetector pauses;
    private final PresenceMetrics metrics;

    Presence(PresenceTable table, HeartbeatQueue heartbeats, ConnectQueue connects, DisconnectQueue disconnects,
            HeartbeatPacer pacer, DatabaseAvailability availability, PauseDetector pauses, PresenceMetrics metrics) {
        this.table = table;
        this.heartbeats = heartbeats;
        this.connects = connects;
        this.disconnects = disconnects;
        this.pacer = pacer;
        this.availability = availability;
        this.pauses = pauses;
        this.metrics = metrics;
    }

    /**
     * A machine beats.
     *
     * @param assistantCount null where it was not said
     * @param address that it came from; null where that is not known
     * @param readAt of {@link System#nanoTime()}; what was said elsewhere since then is newer
     */
    public HeartbeatInterval heartbeat(String machineId, Integer assistantCount, AgentInstance instance,
            String address, long readAt) {
        refuseUnlessAble();
        return hear(machineId, assistantCount, instance, address, NO_SOCKET, readAt);
    }

    /**
     * The same over a socket, which cannot be refused: while the database is away it is kept.
     *
     * @param connection the number of the socket
     */
    public HeartbeatInterval hear(String machineId, Integer assistantCount, AgentInstance instance, String address,
            long connection) {
        return hear(machineId, assistantCount, instance, address, connection, System.nanoTime());
    }

    private HeartbeatInterval hear(String machineId, Integer assistantCount, AgentInstance instance, String address,
            long connection, long now) {
        metrics.received();
        HeartbeatInterval interval = pacer.interval();
        PresenceEntry entry = table.of(machineId);
        if (entry.hidesOther(instance)) {
            // Both are to be written, or nobody would ever know that there are two.
            connects.add(entry.heartbeat());
        }
        entry.hear(assistantCount, instance, address, connection, interval, pauses.sentAtEarliest(now));
        if (entry.waiting.compareAndSet(false, true)) {
            heartbeats.add(entry);
        }
        return interval;
    }

    /** A machine says who it is. Completes when it is online; with null if it was deleted meanwhile. */
    public Uni<ConnectResult> connect(String machineId, Integer assistantCount, AgentInstance instance, Details details,
            String address, long connection, BooleanSupplier waits) {
        long now = refuseUnlessAble();
        PresenceEntry entry = table.of(machineId);
        int waiting = entry.takeAssistantCount();
        int count = assistantCount == null ? waiting : assistantCount;
        return connect(new HeartbeatWrite(entry, now, count, instance, address, pacer.interval(), connection, false,
                details, Caller.asking(waits)));
    }

    /**
     * A socket opened, which takes over from older ones of the same machine. Completes with its number. It fails where another
     * socket opened since the newest number was read: which of the two the machine asked for later, nobody knows.
     *
     * @param newest the number of the machine's newest socket, read before this one showed that its machine is there
     * @param address that it came from; null where that is not known
     */
    public Uni<ConnectResult> open(String machineId, long newest, String address, BooleanSupplier waits) {
        long now = refuseUnlessAble();
        PresenceEntry entry = table.of(machineId);
        return connect(new HeartbeatWrite(entry, now, entry.takeAssistantCount(), AgentInstance.UNSAID, address,
                pacer.interval(), newest, true, Details.NONE,
                Caller.asking(waits)));
    }

    private Uni<ConnectResult> connect(HeartbeatWrite write) {
        connects.add(write);
        return Uni.createFrom().completionStage(write.answer())
                .onFailure().invoke(() -> write.entry().restore(write));
    }

    /**
     * A machine says goodbye. Completes when it is offline.
     *
     * @param instance the agent that leaves; where another one shares its token, the machine stays online
     */
    public Uni<Void> disconnect(String machineId, AgentInstance instance, BooleanSupplier waits) {
        Caller<Void> caller = Caller.asking(waits);
        disconnects.add(new DisconnectWrite(table.of(machineId), refuseUnlessAble(), NO_SOCKET, instance,
                OfflineReason.DISCONNECTED, caller));
        return Uni.createFrom().completionStage(caller.answer());
    }

    /** A machine says goodbye over a socket, which cannot be refused: it is kept until the database takes it. */
    public void leave(String machineId, long connection) {
        disconnects.add(new DisconnectWrite(table.of(machineId), earliest(), connection, AgentInstance.UNSAID,
                OfflineReason.DISCONNECTED, null));
    }

    /**
     * A socket broke and did not come back. It is kept until the database takes it.
     *
     * @param brokeAt of {@link #earliest}; what was heard since counts more
     */
    public void lose(String machineId, long brokeAt, long connection) {
        disconnects.add(new DisconnectWrite(table.of(machineId), brokeAt, connection, AgentInstance.UNSAID,
                OfflineReason.CONNECTION_LOST, null));
    }

    /** When what is read now can have happened at the earliest, of {@link System#nanoTime()}: this process may have stood still. */
    public long earliest() {
        return pauses.sentAtEarliest(System.nanoTime());
    }

    /** When this process last stood still for long, of {@link System#nanoTime()}. */
    public long lastStoodStillAt() {
        return pauses.longPauseEndedAt();
    }

    public HeartbeatInterval interval() {
        return pacer.interval();
    }

    /** For how long the database could not be reached; zero while it can. */
    public Duration awayFor() {
        return availability.awayFor();
    }

    /** Since when the database can be reached, of {@link System#nanoTime()}. To be asked while it can. */
    public long availableSince() {
        return availability.availableSince();
    }

    /** 503, with a time to come back that leaves the machine enough of its ttl. */
    public HttpProblem unavailable() {
        return unavailable(Problems.detail(503));
    }

    private HttpProblem unavailable(String detail) {
        HeartbeatInterval interval = pacer.interval();
        return Problems.unavailable((interval.ttlSeconds() - interval.heartbeatSeconds()) / PARTS_OF_SPARE_TIME,
                detail);
    }

    /** Whether this replica can hear machines now: it reaches the database, and did not stand still a moment ago. */
    public boolean isAble() {
        long now = System.nanoTime();
        return availability.isAvailable() && !heartbeats.isBehind(now, pacer.interval()) && !pauses.isWaking(now);
    }

    private long refuseUnlessAble() {
        long now = System.nanoTime();
        if (!availability.isAvailable() || heartbeats.isBehind(now, pacer.interval())) {
            throw unavailable();
        }
        if (pauses.isWaking(now)) {
            // It may have waited here while its sender gave up and said something newer elsewhere.
            throw unavailable(STOOD_STILL);
        }
        return now;
    }
}
