package org.machineregistry.agent;

import org.machineregistry.presence.Arrival;

/** The answer to a connect: who the machine is, when to beat next, and the silence after which it counts as offline. */
record Connected(String machineId, String name, int heartbeatSeconds, int ttlSeconds) {
    static Connected of(Arrival arrival) {
        return new Connected(arrival.machineId(), arrival.name(), arrival.pace().heartbeatSeconds(),
                arrival.pace().ttlSeconds());
    }
}
