package org.machineregistry.presence;

/** A connect that was written: the machine is online. {@code connection} is the number of the socket, for one that opened. */
public record Arrival(String machineId, String name, long connection, Pace pace) {}
