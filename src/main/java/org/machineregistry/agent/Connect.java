package org.machineregistry.agent;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.machineregistry.presence.AgentInstance;
import org.machineregistry.presence.Details;

/** What a machine tells when it connects; all of it optional. */
record Connect(@AgentText String instanceId, @AgentText String rootDirectory, @AgentText String hostname,
        @AgentText String os, @AgentText String agentVersion,
        @Min(0) @Max(Heartbeat.MOST_ASSISTANTS) Integer assistantCount) {
    static final Connect NOTHING = new Connect(null, null, null, null, null, null);

    AgentInstance instance() {
        return AgentInstance.of(instanceId);
    }

    Details details() {
        return new Details(rootDirectory, hostname, os, agentVersion);
    }
}
