package org.machineregistry.socket;

import org.machineregistry.agent.Connect;

/** A message of a machine over its socket: a type, and what goes with it. */
record SocketFrame(Type type, Connect said) {
    enum Type {
        CONNECT, HEARTBEAT, ASSISTANTS, DISCONNECT
    }
}
