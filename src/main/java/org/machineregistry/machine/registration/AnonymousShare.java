package org.machineregistry.machine.registration;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.limit.Network;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

/**
 * Limits one {@link Network} to a fifth a day of the machines that all anonymous people together may still have. However long
 * it goes on, something is left for others. Each replica counts by itself, and begins anew where it is started.
 */
@ApplicationScoped
class AnonymousShare {
    /** A network may always take so many, as far as there is room: an office that tries the service out. */
    static final long LEAST = 100;
    private static final int PARTS_OF_FREE = 5;
    private static final Duration DAY = Duration.ofDays(1);
    // 2 MiB. Who comes from more networks than that gets rid of counts, and is bounded by the common quota alone.
    private static final int MOST_NETWORKS = 10_000;

    /** The day begins with the first machine, and what was free then counts: it would shrink by what the network itself takes. */
    private record Day(long most, AtomicLong taken) {}

    private final Cache<Long, Day> days;

    AnonymousShare() {
        this(Ticker.systemTicker());
    }

    /** @param ticker the time */
    AnonymousShare(Ticker ticker) {
        days = Caffeine.newBuilder().maximumSize(MOST_NETWORKS).expireAfterWrite(DAY).ticker(ticker).build();
    }

    /**
     * Gives under {@code true} the machines that are not of anonymous people, or within the shares of their networks. Nothing is taken before
     * {@link #take}: until the commit all may be tried again.
     *
     * @param free how many machines anonymous people may have yet
     */
    Map<Boolean, List<NewMachine>> admit(List<NewMachine> machines, long free) {
        Map<Long, Long> left = new HashMap<>();
        return machines.stream().collect(Collectors.partitioningBy(machine -> {
            if (!machine.anonymous()) {
                return true;
            }
            left.computeIfAbsent(machine.network(), network -> left(network, free));
            return left.merge(machine.network(), -1L, Long::sum) >= 0;
        }));
    }

    private long left(long network, long free) {
        Day day = days.get(network, begun -> new Day(Math.max(LEAST, free / PARTS_OF_FREE), new AtomicLong()));
        return day.most() - day.taken().get();
    }

    /** These were registered. */
    void take(List<NewMachine> machines) {
        for (NewMachine machine : machines) {
            Day day = machine.anonymous() ? days.getIfPresent(machine.network()) : null;
            if (day != null) {
                day.taken().incrementAndGet();
            }
        }
    }
}
