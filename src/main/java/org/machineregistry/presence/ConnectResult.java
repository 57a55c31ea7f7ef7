package org.machineregistry.presence;

/** A connect that was written: the machine is online. {@code connection} is the number of its newest socket. */
public record ConnectResult(String machineId, String name, long connection, HeartbeatInterval interval) {}
