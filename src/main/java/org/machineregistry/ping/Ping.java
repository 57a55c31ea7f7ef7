package org.machineregistry.ping;

/** A machine answered. @param roundTripMillis from the replica that holds its socket, and back */
record Ping(long roundTripMillis) {}
