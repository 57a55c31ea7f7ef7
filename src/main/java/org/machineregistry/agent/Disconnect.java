package org.machineregistry.agent;

import org.machineregistry.presence.AgentInstance;

/** A goodbye; the agent that says it may tell which one it is. */
record Disconnect(@AgentText String instanceId) {
    static final Disconnect NOTHING = new Disconnect(null);

    AgentInstance instance() {
        return AgentInstance.of(instanceId);
    }
}
