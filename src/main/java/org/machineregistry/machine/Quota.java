package org.machineregistry.machine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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
class Quota {
    private static final int MOST_OWNERS = 10_000;
    private static final String COUNT = "select owner, count(*) from machine where owner = any(?) group by owner";

    private final Cache<String, AtomicLong> estimates = Caffeine.newBuilder().maximumSize(MOST_OWNERS).build();
    private final MachinesConfig config;
    private final ChangeListener listener;

    Quota(MachinesConfig config, ChangeListener listener) {
        this.config = config;
        this.listener = listener;
    }

    /** Those whose owners may have one more; the others are refused with {@link QuotaExceededException}. */
    List<NewMachine> admit(Connection connection, List<NewMachine> machines) throws SQLException {
        Map<String, AtomicLong> taken = taken(connection, machines);
        return machines.stream().filter(machine -> isAdmitted(machine, taken.get(machine.owner()))).toList();
    }

    private boolean isAdmitted(NewMachine machine, AtomicLong taken) {
        boolean admitted = taken.incrementAndGet() <= config.quota();
        if (!admitted) {
            machine.refuse(new QuotaExceededException(config.quota()));
        }
        return admitted;
    }

    /** How many machines each owner has at the most: estimated, or counted where the estimate might refuse one. */
    private Map<String, AtomicLong> taken(Connection connection, List<NewMachine> machines) throws SQLException {
        Map<String, AtomicLong> taken = new HashMap<>();
        Set<String> uncounted = new HashSet<>();
        machines.stream().collect(Collectors.groupingBy(NewMachine::owner, Collectors.counting()))
                .forEach((owner, count) -> {
                    AtomicLong estimate = listener.isListening() ? estimates.getIfPresent(owner) : null;
                    if (estimate != null && estimate.get() + count <= config.quota()) {
                        taken.put(owner, estimate);
                    } else {
                        uncounted.add(owner);
                    }
                });
        if (!uncounted.isEmpty()) {
            taken.putAll(count(connection, uncounted));
        }
        return taken;
    }

    private Map<String, AtomicLong> count(Connection connection, Set<String> owners) throws SQLException {
        Map<String, AtomicLong> counts = new HashMap<>();
        owners.forEach(owner -> counts.put(owner, new AtomicLong()));
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setArray(1, connection.createArrayOf("text", owners.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.get(rows.getString(1)).set(rows.getLong(2));
                }
            }
        }
        estimates.putAll(counts);
        return counts;
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
