package org.machineregistry.agent;

import org.machineregistry.presence.AgentInstance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A goodbye; the agent that says it may tell which one it is. */
// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
record Disconnect(@AgentText String instanceId) {
    static final Disconnect NOTHING = new Disconnect(null);

    AgentInstance instance() {
        return AgentInstance.of(instanceId);
    }
}
