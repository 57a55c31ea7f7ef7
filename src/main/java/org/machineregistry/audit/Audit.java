package org.machineregistry.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.machineregistry.limit.AttemptTable;
import org.machineregistry.text.VisibleText;
import org.machineregistry.timer.Timers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Keeps what an operator may want to look back at. Everything is counted in {@code audit_events_total}. What a person did leaves
 * a line in the log category {@code audit}, too. What any stranger can do leaves one line a minute for all of them together,
 * and so do lines past {@value #MOST_LINES} a minute, or {@value #MOST_LINES_OF_ONE} of one person: nobody can fill the log, and
 * nobody takes the lines of all others.
 */
@ApplicationScoped
public class Audit {
    static final String CATEGORY = "audit";
    static final int MOST_LINES = 600;
    static final int MOST_LINES_OF_ONE = 60;
    // The lines take 160 KiB in all.
    private static final int BUCKETS = 1_024;
    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

    private final Map<AuditEvent, Counter> counters = new EnumMap<>(AuditEvent.class);
    private final Map<AuditEvent, LongAdder> unsaid = new EnumMap<>(AuditEvent.class);
    private final AttemptTable linesOfOne = new AttemptTable(MOST_LINES_OF_ONE, BUCKETS, System::nanoTime);
    private final AtomicInteger lines = new AtomicInteger();
    private final Timers timers;

    Audit(MeterRegistry metrics, Timers timers) {
        this.timers = timers;
        for (AuditEvent event : AuditEvent.values()) {
            counters.put(event, Counter.builder("audit.events").tag("event", event.label())
                    .description("What operators may want to be alarmed of").register(metrics));
            unsaid.put(event, new LongAdder());
        }
    }

    void summariseEachMinute(@Observes StartupEvent event) {
        timers.every(MINUTE, this::summarise);
    }

    void summariseTheRest(@Observes ShutdownEvent event) {
        summarise();
    }

    /** Counts an event that any stranger can bring about. */
    public void count(AuditEvent event) {
        count(event, 1);
    }

    /** Counts so many of the same event. */
    public void count(AuditEvent event, long times) {
        counters.get(event).increment(times);
        unsaid.get(event).add(times);
    }

    /** @param address where the person was, as text */
    public void did(String person, AuditEvent event, String machineId, String address) {
        // A request may say anything as a machine's id.
        line(person, event, 1, address, () -> " machine=" + VisibleText.clean(machineId));
    }

    /** Notes an event of so many machines: one line, and each of them counts. */
    public void didWithMany(String person, AuditEvent event, int machines, String address) {
        line(person, event, machines, address, () -> " machines=" + machines);
    }

    /** @param earlier who they were before they signed in */
    public void broughtAlong(String person, String earlier, int machines, String address) {
        line(person, AuditEvent.MACHINES_BROUGHT_ALONG, machines, address,
                () -> " machines=" + machines + " from=" + VisibleText.clean(earlier));
    }

    /** A machine registered itself with an enrolment key of this owner. */
    public void enrolled(String owner, String machineId, String keyId, String address) {
        line(owner, AuditEvent.MACHINE_ENROLLED, 1, address,
                () -> " machine=" + VisibleText.clean(machineId) + " key=" + VisibleText.clean(keyId));
    }

    /** Notes an event that is of no machine. */
    public void did(String person, AuditEvent event, String address) {
        line(person, event, 1, address, () -> "");
    }

    /** Notes an event of an API token. */
    public void didWithToken(String person, AuditEvent event, String tokenId, String address) {
        line(person, event, 1, address, () -> " token=" + VisibleText.clean(tokenId));
    }

    /** Notes an event of an enrolment key. */
    public void didWithKey(String person, AuditEvent event, String keyId, String address) {
        line(person, event, 1, address, () -> " key=" + VisibleText.clean(keyId));
    }

    /** @param what is asked for a line alone: registrations come by the ten thousand a second, and most of those leave none */
    private void line(String person, AuditEvent event, int times, String address, Supplier<String> what) {
        if (!linesOfOne.add(person.hashCode()) || lines.incrementAndGet() > MOST_LINES) {
            count(event, times);
            return;
        }
        counters.get(event).increment(times);
        // A provider may say anything as a person's id.
        LOG.infof("%s%s person=%s address=%s", event.label(), what.get(), VisibleText.clean(person),
                VisibleText.clean(Objects.toString(address)));
    }

    void summarise() {
        lines.set(0);
        String summary = unsaid.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().sumThenReset()))
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey().plural)
                .collect(Collectors.joining(", "));
        if (!summary.isEmpty()) {
            LOG.infof("In the last minute: %s", summary);
        }
    }
}
