package org.machineregistry.feed;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The open streams of this replica, by owner. */
@ApplicationScoped
class Subscriptions {
    private final ConcurrentMap<String, Set<Subscription>> byOwner = new ConcurrentHashMap<>();

    Subscriptions(MeterRegistry metrics) {
        Gauge.builder("feed.streams", () -> all().size())
                .description("Open streams of the live list")
                .register(metrics);
    }

    void add(Subscription subscription) {
        byOwner.compute(subscription.user.id(), (owner, streams) -> {
            Set<Subscription> all = streams == null ? ConcurrentHashMap.newKeySet() : streams;
            all.add(subscription);
            return all;
        });
    }

    void remove(Subscription subscription) {
        byOwner.computeIfPresent(subscription.user.id(), (owner, streams) -> {
            streams.remove(subscription);
            return streams.isEmpty() ? null : streams;
        });
    }

    Collection<Subscription> of(String owner) {
        return byOwner.getOrDefault(owner, Set.of());
    }

    boolean has(String owner) {
        return byOwner.containsKey(owner);
    }

    List<Subscription> all() {
        return byOwner.values().stream().flatMap(Set::stream).toList();
    }
}
