package org.machineregistry.machine;

import java.util.concurrent.atomic.AtomicLong;

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

    private final Cache<String, AtomicLong> estimates = Caffeine.newBuilder().maximumSize(MOST_OWNERS).build();
    private final MachinesConfig config;
    private final ChangeListener listener;

    Quota(MachinesConfig config, ChangeListener listener) {
        this.config = config;
        this.listener = listener;
    }

    /** @throws QuotaExceededException when the owner has as many machines as one may have */
    void take(String owner) {
        AtomicLong estimate = listener.isListening() ? estimates.getIfPresent(owner) : null;
        if (estimate != null && estimate.incrementAndGet() <= config.quota()) {
            return;
        }
        long count = Machine.count("owner", owner);
        if (count >= config.quota()) {
            throw new QuotaExceededException(config.quota());
        }
        estimates.put(owner, new AtomicLong(count + 1));
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
