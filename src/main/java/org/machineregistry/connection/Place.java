package org.machineregistry.connection;

import java.net.SocketAddress;

/**
 * The place of a connection among all of them. Its event loop says here what it found out; {@link Connections}, which all event loops
 * share, keeps count.
 */
final class Place {
    private final Connections connections;
    private final Runnable end;
    private AddressBlock address;

    /** Whether it counts among the known; guarded by {@link Connections}. */
    boolean counted;
    /** How many streams it has while it is unknown; guarded by {@link Connections}. */
    int streamsCounted;

    // The fields from here on belong to the event loop alone.
    private boolean comes;
    private boolean known;
    private boolean replaceable;

    /** @param end ends the connection, from any thread */
    Place(Connections connections, Runnable end) {
        this.connections = connections;
        this.end = end;
    }

    /** It was just accepted: it counts, and its event loop has not looked at it yet. */
    void comes() {
        comes = true;
        connections.coming();
    }

    /** Its event loop looks at it. */
    void came() {
        if (comes) {
            comes = false;
            connections.came();
        }
    }

    /** @return whether it may stay */
    boolean take(SocketAddress remote) {
        address = AddressBlock.of(remote);
        return connections.admit(this);
    }

    AddressBlock address() {
        return address;
    }

    boolean isKnown() {
        return known;
    }

    /** Somebody has shown a good credential on it. */
    void know() {
        if (!known) {
            known = true;
            connections.streams(this, 0);
            connections.known(this);
        }
    }

    /** Says whether it makes room for a newer one where that is needed; a known one does not. */
    void makeReplaceable(boolean now) {
        if (known || now == replaceable) {
            return;
        }
        replaceable = now;
        if (now) {
            connections.replaceable(this);
        } else {
            connections.waits(this);
        }
    }

    /** It has so many streams of HTTP/2. */
    void hasStreams(int streams) {
        if (!known) {
            connections.streams(this, streams);
        }
    }

    /** Whether it may have so many streams of HTTP/2: of unknown connections there are few, each and all together. */
    boolean mayHaveStreams(int streams) {
        return known || connections.mayHaveStreams(this, streams);
    }

    void leave() {
        connections.closed(this);
    }

    /** Ends the connection, whose place another one takes. */
    void end() {
        end.run();
    }
}
