package org.machineregistry.machine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.change.ChangeListener;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * How many machines an owner may have. Counting rows for each registration would cost more than the registration, so an upper
 * estimate is kept: registrations here, and those announced, its own once more among them. Only where it reaches the quota are
 * the rows counted again, which is seldom: each time, half of what is left can be registered before the next.
 */
@ApplicationScoped
public class Quota {
    private static final int MOST_OWNERS = 10_000;
    private static final String COUNT = "select owner, count(*) from machine where owner = any(?) group by owner";

    private final Cache<String, AtomicLong> estimates = Caffeine.newBuilder().maximumSize(MOST_OWNERS).build();
    private final MachinesConfig config;
    private final ChangeListener listener;

    Quota(MachinesConfig config, ChangeListener listener) {
        this.config = config;
        this.listener = listener;
    }

    public long most() {
        return config.quota();
    }

    /**
     * Gives under {@code true} the machines whose owners may have one more. Nobody is told before the commit: until then all may be tried again,
     * with another outcome.
     *
     * @param machines that are to be registered
     */
    public <T> Map<Boolean, List<T>> admit(Connection connection, List<T> machines, Function<T, String> ownerOf)
            throws SQLException {
        Map<String, Long> asked = machines.stream().collect(Collectors.groupingBy(ownerOf, Collectors.counting()));
        Map<String, Long> room = new HashMap<>(asked);
        Map<String, Long> uncounted = new HashMap<>(asked);
        uncounted.keySet().removeIf(owner -> isWithin(owner, asked.get(owner)));
        if (!uncounted.isEmpty()) {
            count(connection, uncounted).forEach((owner, rows) -> room.put(owner, config.quota() - rows));
        }
        return machines.stream()
                .collect(Collectors.partitioningBy(machine -> room.merge(ownerOf.apply(machine), -1L, Long::sum) >= 0));
    }

    /** Refuses where an owner has no room for machines that are handed over, which is seldom. @param more how many */
    public void requireRoom(String owner, long more) {
        if (Machine.count("owner = ?1", owner) + more > config.quota()) {
            throw QuotaExceededException.ofOwner(config.quota());
        }
    }

    private boolean isWithin(String owner, long more) {
        AtomicLong estimate = listener.isListening() ? estimates.getIfPresent(owner) : null;
        return estimate != null && estimate.addAndGet(more) <= config.quota();
    }

    /** @param asked how many machines each of these owners is to have more */
    private Map<String, Long> count(Connection connection, Map<String, Long> asked) throws SQLException {
        Map<String, AtomicLong> fresh = new HashMap<>();
        asked.forEach((owner, more) -> fresh.put(owner, new AtomicLong(more)));
        // Before the count: what is announced meanwhile is added, not lost.
        estimates.putAll(fresh);
        Map<String, Long> counts = new HashMap<>();
        asked.keySet().forEach(owner -> counts.put(owner, 0L));
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setArray(1, connection.createArrayOf("text", asked.keySet().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                    fresh.get(rows.getString(1)).addAndGet(rows.getLong(2));
                }
            }
            return counts;
        } catch (SQLException | RuntimeException failure) {
            // They would be too low.
            estimates.invalidateAll(asked.keySet());
            throw failure;
        }
    }

    void count(@Observes Changes changes) {
        for (Change change : changes.all()) {
            AtomicLong estimate = change.kind() == Kind.CREATED ? estimates.getIfPresent(change.owner()) : null;
            if (estimate != null) {
                estimate.incrementAndGet();
            }
        }
    }

    /** Registrations elsewhere may have gone unheard. */
    void forget(@Observes Resync resync) {
        estimates.invalidateAll();
    }
}
