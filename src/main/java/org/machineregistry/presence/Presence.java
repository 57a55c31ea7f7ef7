package org.machineregistry.presence;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.problem.Problems;

import io.smallrye.mutiny.Uni;

/**
 * Who is online, as told by machines. A heartbeat only touches memory; what turns a machine online or offline is written at
 * once. While the database is away, everything here is refused with a 503.
 */
@ApplicationScoped
public class Presence {
    /** The connection of what did not come over a socket. */
    public static final long NO_SOCKET = 0;

    private final Slots slots;
    private final Writer writer;
    private final Fleet fleet;
    private final Hearing hearing;
    private final PresenceMetrics metrics;

    Presence(Slots slots, Writer writer, Fleet fleet, Hearing hearing, PresenceMetrics metrics) {
        this.slots = slots;
        this.writer = writer;
        this.fleet = fleet;
        this.hearing = hearing;
        this.metrics = metrics;
    }

    /**
     * A machine beats.
     *
     * @param assistantCount null where it was not said
     * @param connection the number of the socket it came over, or {@link #NO_SOCKET}
     */
    public Pace heartbeat(String machineId, Integer assistantCount, long connection) {
        refuseWhileAway();
        return hear(machineId, assistantCount, connection);
    }

    /** The same over a socket, which cannot be refused: while the database is away it is kept. */
    public Pace hear(String machineId, Integer assistantCount, long connection) {
        metrics.received();
        Pace pace = fleet.pace();
        Slot slot = slots.of(machineId);
        slot.hear(assistantCount, connection, pace);
        if (slot.waiting.compareAndSet(false, true)) {
            writer.beat(slot);
        }
        return pace;
    }

    /** A machine says who it is. Completes when it is online; with null if it was deleted meanwhile. */
    public Uni<Arrival> connect(String machineId, Integer assistantCount, Details details, long connection) {
        return arrive(machineId, assistantCount, details, connection, false);
    }

    /** A socket opened, which takes over from older ones of the same machine. Completes with its number. */
    public Uni<Arrival> open(String machineId) {
        return arrive(machineId, null, Details.NONE, 0, true);
    }

    private Uni<Arrival> arrive(String machineId, Integer assistantCount, Details details, long connection,
            boolean opens) {
        refuseWhileAway();
        Pace pace = fleet.pace();
        CompletableFuture<Arrival> answer = new CompletableFuture<>();
        int count = assistantCount == null ? Slot.UNSAID : assistantCount;
        writer
                .arrive(new Heard(slots.of(machineId), System.nanoTime(), count, pace, connection, opens, details,
                        answer));
        return Uni.createFrom().completionStage(answer);
    }

    /** A machine says goodbye. Completes when it is offline. */
    public Uni<Void> disconnect(String machineId, long connection) {
        refuseWhileAway();
        return depart(machineId, System.nanoTime(), connection, Departure.DISCONNECTED);
    }

    /**
     * A socket broke and did not come back.
     *
     * @param brokeAt of {@link System#nanoTime()}; what was heard since counts more
     */
    public Uni<Void> lose(String machineId, long brokeAt, long connection) {
        return depart(machineId, brokeAt, connection, Departure.CONNECTION_LOST);
    }

    private Uni<Void> depart(String machineId, long at, long connection, String reason) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        writer.depart(new Departure(slots.of(machineId), at, connection, reason, answer));
        return Uni.createFrom().completionStage(answer);
    }

    public Pace pace() {
        return fleet.pace();
    }

    /** For how long the database could not be reached; zero while it can. */
    public Duration awayFor() {
        return hearing.awayFor();
    }

    private void refuseWhileAway() {
        if (!hearing.isPossible()) {
            throw Problems.unavailable();
        }
    }
}
