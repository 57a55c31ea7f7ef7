package org.machineregistry.presence;

/** What a machine is told: when to beat next, and the silence after which it counts as offline. */
public record HeartbeatInterval(int heartbeatSeconds, int ttlSeconds) {}
