package org.machineregistry.feed;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.machine.selection.Selection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The open streams of this replica, by the owners whose machines they show. */
@ApplicationScoped
class Subscriptions {
    private final ConcurrentMap<String, Set<Subscription>> byOwner = new ConcurrentHashMap<>();
    private final Set<Subscription> ofEverybody = ConcurrentHashMap.newKeySet();
    private final Set<Subscription> all = ConcurrentHashMap.newKeySet();

    Subscriptions(MeterRegistry metrics) {
        Gauge.builder("feed.streams", all::size)
                .description("Open streams of the live list")
                .register(metrics);
    }

    void add(Subscription subscription) {
        all.add(subscription);
        if (subscription.owners.everybody()) {
            ofEverybody.add(subscription);
        }
        for (String each : subscription.owners.names()) {
            byOwner.compute(each, (owner, streams) -> {
                Set<Subscription> known = streams == null ? ConcurrentHashMap.newKeySet() : streams;
                known.add(subscription);
                return known;
            });
        }
    }

    void remove(Subscription subscription) {
        all.remove(subscription);
        ofEverybody.remove(subscription);
        for (String each : subscription.owners.names()) {
            byOwner.computeIfPresent(each, (owner, streams) -> {
                streams.remove(subscription);
                return streams.isEmpty() ? null : streams;
            });
        }
    }

    /** The streams that show this owner's machines. */
    Collection<Subscription> of(String owner) {
        Set<Subscription> streams = byOwner.getOrDefault(owner, Set.of());
        return ofEverybody.isEmpty() ? streams : Stream.concat(streams.stream(), ofEverybody.stream()).toList();
    }

    boolean has(String owner) {
        return !ofEverybody.isEmpty() || byOwner.containsKey(owner);
    }

    /** How many streams of a person show a part of the list alone: each other part is read by itself at every change. */
    long partialOf(String userId) {
        return all.stream()
                .filter(stream -> stream.user.id().equals(userId) && !stream.question.selection().equals(Selection.ALL))
                .count();
    }

    List<Subscription> all() {
        return List.copyOf(all);
    }
}
