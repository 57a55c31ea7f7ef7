package org.machineregistry.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.arc.Unremovable;

/**
 * All connections, and of which address they are. One more than there may be unknown ones takes the place of the oldest that lets the
 * service wait: who floods it with connections that say nothing pushes out their own, and a newcomer always has the time to say who it is.
 * Those who wait for the service stay. The listeners accept no more for the moment where these are as many as there may be: a crowd that comes back
 * at once is served in turn, and would starve if each took another's place.
 */
@Singleton
// Netty's extension looks it up, which the build does not see.
@Unremovable
class Connections {
    // Docs tell operators to allow a tenth more descriptors than machines: one address leaves that tenth to the others.
    private static final int PARTS_OF_ALL = 10;
    // Accepting wakes a thread, which is not worth it for each connection that becomes known.
    private static final double ACCEPTS_AGAIN_BELOW = 0.75;

    // An answer of some of them is kept whole until it is taken, 128 KiB at most.
    private static final int MOST_STREAMS_OF_UNKNOWN = 32;
    private static final int MOST_STREAMS_OF_UNKNOWN_PER_ADDRESS = 64;
    private static final int MOST_STREAMS_OF_ALL_UNKNOWN = 256;

    private final int most;
    private final int mostPerAddress;
    private final int mostUnknown;
    private final int mostUnknownPerAddress;
    private final ConnectionTally tally;
    private final Listeners listeners;
    final Duration requestTimeout;
    final Duration idleTimeout;

    private final Map<AddressBlock, Count> counts = new HashMap<>();
    private final Set<Place> unknown = new LinkedHashSet<>();
    /** The unknown ones that let the service wait. */
    private final Set<Place> replaceable = new LinkedHashSet<>();
    private int all;
    /** How many were accepted that their event loop has not looked at yet. */
    private int coming;
    private int streamsOfUnknown;

    private static final class Count {
        int all;
        int unknown;
        int streams;
    }

    Connections(ConnectionsConfig config, ConnectionTally tally, Listeners listeners,
            @ConfigProperty(name = "quarkus.http.limits.max-connections") Optional<Integer> most) {
        this.most = most.filter(limit -> limit > 0).orElse(Integer.MAX_VALUE);
        this.mostPerAddress = perAddress(config.perAddress(), this.most);
        this.mostUnknown = config.unknown();
        this.mostUnknownPerAddress = config.unknownPerAddress();
        this.requestTimeout = config.requestTimeout();
        this.idleTimeout = config.idleTimeout();
        this.tally = tally;
        this.listeners = listeners;
    }

    static int perAddress(OptionalInt configured, int most) {
        return configured.orElse(most - most / PARTS_OF_ALL);
    }

    /** One was accepted, and its event loop will look at it. */
    synchronized void coming() {
        coming++;
        acceptWhereThereIsRoom();
    }

    /** Its event loop looks at it, and asks at once whether it may stay. */
    synchronized void came() {
        coming--;
    }

    /** @return whether a new connection may stay */
    synchronized boolean admit(Place connection) {
        boolean stays = mayStay(counts.get(connection.address())) && makeRoom();
        if (stays) {
            // The count is asked for anew: the connection that made room may have been the last one of this address.
            Count count = counts.computeIfAbsent(connection.address(), address -> new Count());
            count.all++;
            count.unknown++;
            all++;
            unknown.add(connection);
        } else {
            tally.refused();
        }
        acceptWhereThereIsRoom();
        return stays;
    }

    /** Whether an address of which there are so many may have one more. */
    private boolean mayStay(Count count) {
        return count == null || count.all < mostPerAddress && count.unknown < mostUnknownPerAddress;
    }

    // A few more than there may be are accepted before accepting stops: they stay, where there can be as many connections in all.
    private boolean makeRoom() {
        while (unknown.size() >= room() && !replaceable.isEmpty()) {
            replace(replaceable);
        }
        if (all >= most && !unknown.isEmpty()) {
            replace(unknown);
        }
        return all < most;
    }

    private void replace(Set<Place> oldestFirst) {
        Place oldest = oldestFirst.iterator().next();
        closed(oldest);
        oldest.end();
        tally.replaced();
    }

    /** How many unknown ones there may be beside the known ones. */
    private int room() {
        return Math.min(mostUnknown, free());
    }

    /** It lets the service wait, and makes room where that is needed. */
    synchronized void replaceable(Place connection) {
        if (unknown.contains(connection)) {
            replaceable.add(connection);
            acceptWhereThereIsRoom();
        }
    }

    /** It waits for the service. */
    synchronized void waits(Place connection) {
        replaceable.remove(connection);
        acceptWhereThereIsRoom();
    }

    // Newcomers are accepted where the known ones have all of the room, too: they are refused, and so go elsewhere at once.
    private void acceptWhereThereIsRoom() {
        int room = room();
        int waiting = unknown.size() - replaceable.size() + coming;
        if (room > 0 && waiting >= room) {
            if (listeners.pause()) {
                tally.paused();
            }
        } else if (room <= 0 || waiting < room * ACCEPTS_AGAIN_BELOW) {
            listeners.resume();
        }
    }

    /**
     * An unknown connection has so many streams of HTTP/2, one more than before.
     *
     * @return whether it may have as many; one it always may, since it may show who it is, and connections are bounded themselves
     */
    synchronized boolean mayHaveStreams(Place connection, int streams) {
        streams(connection, streams);
        Count count = counts.get(connection.address());
        return streams <= 1 || streams <= MOST_STREAMS_OF_UNKNOWN && streamsOfUnknown <= MOST_STREAMS_OF_ALL_UNKNOWN
                && (count == null || count.streams <= MOST_STREAMS_OF_UNKNOWN_PER_ADDRESS);
    }

    /** An unknown connection has so many streams of HTTP/2. */
    synchronized void streams(Place connection, int streams) {
        int more = streams - connection.streamsCounted;
        connection.streamsCounted = streams;
        streamsOfUnknown += more;
        Count count = counts.get(connection.address());
        if (count != null) {
            count.streams += more;
        }
    }

    /** Somebody has shown a good credential on it. */
    synchronized void known(Place connection) {
        if (unknown.remove(connection)) {
            replaceable.remove(connection);
            counts.get(connection.address()).unknown--;
            connection.counted = true;
            acceptWhereThereIsRoom();
        }
    }

    /** It counts no more; also where it did not count. */
    synchronized void closed(Place connection) {
        boolean wasUnknown = unknown.remove(connection);
        replaceable.remove(connection);
        streams(connection, 0);
        if (!wasUnknown && !connection.counted) {
            acceptWhereThereIsRoom();
            return;
        }
        connection.counted = false;
        Count count = counts.get(connection.address());
        count.all--;
        count.unknown -= wasUnknown ? 1 : 0;
        all--;
        if (count.all == 0) {
            counts.remove(connection.address());
        }
        acceptWhereThereIsRoom();
    }

    /** How many more known ones there can be: unknown ones make room for them. */
    synchronized int free() {
        return most - (all - unknown.size());
    }

    /** How many there can be; {@link Integer#MAX_VALUE} where nothing bounds them. */
    int most() {
        return most;
    }

    ConnectionTally tally() {
        return tally;
    }
}
