package org.machineregistry.socket;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The sockets of this replica. A machine has one that counts: the newest. */
@ApplicationScoped
class OpenSockets {
    private final ConcurrentMap<String, OpenSocket> sockets = new ConcurrentHashMap<>();
    private final Set<OpenSocket> connected = ConcurrentHashMap.newKeySet();

    OpenSockets(MeterRegistry metrics) {
        Gauge.builder("agent.sockets", sockets, ConcurrentMap::size)
                .description("Open sockets of machines")
                .register(metrics);
    }

    OpenSocket find(String machineId) {
        return sockets.get(machineId);
    }

    Collection<OpenSocket> newest() {
        return sockets.values();
    }

    /** All sockets, also those that are about to be let in, and those that were closed and have not left. */
    Collection<OpenSocket> connected() {
        return connected;
    }

    void connect(OpenSocket socket) {
        connected.add(socket);
    }

    /** The newer of two sockets stays; the older is closed, and does not come back by itself. */
    void add(OpenSocket socket) {
        OpenSocket[] older = new OpenSocket[1];
        sockets.merge(socket.machineId, socket, (known, added) -> {
            older[0] = known.number > added.number ? added : known;
            return known.number > added.number ? known : added;
        });
        if (older[0] != null) {
            older[0].close(SocketClose.TAKEN_OVER);
        }
    }

    void remove(OpenSocket socket) {
        connected.remove(socket);
        sockets.remove(socket.machineId, socket);
    }
}
