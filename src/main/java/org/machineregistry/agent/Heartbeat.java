package org.machineregistry.agent;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.machineregistry.presence.AgentInstance;

import io.quarkus.runtime.annotations.RegisterForReflection;

// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
record Heartbeat(@AgentText String instanceId, @Min(0) @Max(MOST_ASSISTANTS) Integer assistantCount) {
    static final int MOST_ASSISTANTS = 100_000;
    static final Heartbeat NOTHING = new Heartbeat(null, null);

    AgentInstance instance() {
        return AgentInstance.of(instanceId);
    }
}
