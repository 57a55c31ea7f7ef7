package org.machineregistry.audit;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 *
 * <p>A machine that is gone, or went to another owner, is in a line whatever else was written: no row says so afterwards. The quota bounds
 * how many there can be, and a stranger deletes no more of them than one network may register in a day.
 */
@ApplicationScoped
public class Audit {
    static final String CATEGORY = "audit";
    static final int MOST_LINES = 600;
    static final int MOST_LINES_OF_ONE = 60;
    // A line of the longest ids takes 7 KB, which syslog and containers keep in one piece.
    static final int MOST_IDS = 100;
    private static final Set<AuditEvent> ALWAYS_LINES = EnumSet.of(AuditEvent.MACHINE_DELETED,
            AuditEvent.MACHINES_DELETED, AuditEvent.MACHINE_LEFT, AuditEvent.MACHINE_EXPIRED,
            AuditEvent.MACHINE_HANDED_OVER, AuditEvent.MACHINES_BROUGHT_ALONG);
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

    /** Notes an event of these machines: each line names {@value #MOST_IDS} of them at most, and each of them counts. */
    public void didWithMany(String person, AuditEvent event, List<String> machineIds, String address) {
        lines(person, event, machineIds, address, "");
    }

    /** @param earlier who they were before they signed in */
    public void broughtAlong(String person, String earlier, List<String> machineIds, String address) {
        lines(person, AuditEvent.MACHINES_BROUGHT_ALONG, machineIds, address, " from=" + VisibleText.clean(earlier));
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

    /** An administrator ended all sessions of somebody else. */
    public void endedSessionsOf(String person, String administrator, String address) {
        line(administrator, AuditEvent.SESSIONS_REVOKED, 1, address, () -> " of=" + VisibleText.clean(person));
    }

    /** Notes an event of an API token. */
    public void didWithToken(String person, AuditEvent event, String tokenId, String address) {
        line(person, event, 1, address, () -> " token=" + VisibleText.clean(tokenId));
    }

    /** Notes an event of an enrolment key. */
    public void didWithKey(String person, AuditEvent event, String keyId, String address) {
        line(person, event, 1, address, () -> " key=" + VisibleText.clean(keyId));
    }

    private void lines(String person, AuditEvent event, List<String> machineIds, String address, String more) {
        for (int from = 0; from < machineIds.size(); from += MOST_IDS) {
            List<String> ids = machineIds.subList(from, Math.min(from + MOST_IDS, machineIds.size()));
            line(person, event, ids.size(), address,
                    () -> " machines=" + ids.size() + " ids=" + VisibleText.clean(String.join(",", ids)) + more);
        }
    }

    /** @param what is asked for a line alone: registrations come by the ten thousand a second, and most of those leave none */
    private void line(String person, AuditEvent event, int times, String address, Supplier<String> what) {
        if (!ALWAYS_LINES.contains(event)
                && (!linesOfOne.add(person.hashCode()) || lines.incrementAndGet() > MOST_LINES)) {
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
