package org.machineregistry.presence;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.batch.Batches;
import org.machineregistry.problem.Problems;

/** Gathers what was heard until it is written, all together. Its queues are filled by many threads, and emptied by one. */
@ApplicationScoped
class Writer {
    private final Queue<Slot> beats = new ConcurrentLinkedQueue<>();
    private final Queue<Heard> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<Departure> departures = new ConcurrentLinkedQueue<>();
    private final Semaphore urgent = new Semaphore(0);
    private final Batches batches;
    private final PresenceMetrics metrics;

    Writer(Batches batches, PresenceMetrics metrics) {
        this.batches = batches;
        this.metrics = metrics;
    }

    /** One that turns a machine online does not wait for the pace. */
    void beat(Slot slot) {
        beats.add(slot);
        if (!slot.online) {
            urgent.release();
        }
    }

    void arrive(Heard heard) {
        arrivals.add(heard);
        urgent.release();
    }

    void depart(Departure departure) {
        departures.add(departure);
        urgent.release();
    }

    /** Released when something waits that should be written at once. */
    Semaphore urgent() {
        return urgent;
    }

    /** @throws SQLException when the database cannot be reached: beats are kept for the next time, who waits is told */
    void write() throws SQLException {
        urgent.drainPermits();
        List<Heard> heard = takeHeard();
        try {
            write(heard, HeardStatement::execute, (row, failure) -> fail(row.answer(), failure));
        } catch (SQLException | RuntimeException failure) {
            heard.forEach(this::keep);
            throw failure;
        }
        List<Departure> left = takeDepartures();
        try {
            write(left, DepartureStatement::execute, (row, failure) -> fail(row.answer(), failure));
        } catch (SQLException | RuntimeException failure) {
            left.forEach(departure -> fail(departure.answer(), Problems.unavailable()));
            throw failure;
        }
    }

    private <T> void write(List<T> rows, Batches.Statement<T> statement, BiConsumer<T, Exception> refused)
            throws SQLException {
        if (!rows.isEmpty()) {
            long started = System.nanoTime();
            batches.write(rows, statement, refused);
            metrics.wrote(rows.size(), System.nanoTime() - started);
        }
    }

    /** Tells who waits to come back later; beats stay. */
    void refuse() {
        urgent.drainPermits();
        for (Heard arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            fail(arrival.answer(), Problems.unavailable());
        }
        for (Departure departure = departures.poll(); departure != null; departure = departures.poll()) {
            fail(departure.answer(), Problems.unavailable());
        }
    }

    private List<Heard> takeHeard() {
        List<Heard> heard = new ArrayList<>();
        Set<String> arriving = new HashSet<>();
        List<Heard> later = new ArrayList<>();
        for (Heard arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
            // A statement changes a row once: a machine's second arrival goes with the next.
            (arriving.add(arrival.slot().machineId) ? heard : later).add(arrival);
        }
        List<Slot> again = new ArrayList<>();
        for (Slot slot = beats.poll(); slot != null; slot = beats.poll()) {
            if (arriving.contains(slot.machineId)) {
                again.add(slot);
            } else {
                heard.add(slot.beat());
            }
        }
        beats.addAll(again);
        later.forEach(this::arrive);
        return heard;
    }

    private List<Departure> takeDepartures() {
        List<Departure> taken = new ArrayList<>();
        Set<String> leaving = new HashSet<>();
        List<Departure> later = new ArrayList<>();
        for (Departure departure = departures.poll(); departure != null; departure = departures.poll()) {
            if (departure.slot().isWrittenBeyond(departure.at())) {
                departure.answer().complete(null);
            } else {
                (leaving.add(departure.slot().machineId) ? taken : later).add(departure);
            }
        }
        later.forEach(this::depart);
        return taken;
    }

    private void keep(Heard heard) {
        if (heard.isAsked()) {
            fail(heard.answer(), Problems.unavailable());
            return;
        }
        heard.slot().restore(heard);
        if (heard.slot().waiting.compareAndSet(false, true)) {
            beats.add(heard.slot());
        }
    }

    private static void fail(CompletableFuture<?> answer, Exception failure) {
        if (answer != null) {
            answer.completeExceptionally(failure);
        }
    }
}
