package org.machineregistry.agent;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.machineregistry.presence.AgentInstance;
import org.machineregistry.presence.Details;
import org.machineregistry.text.VisibleText;

/** What a machine tells when it connects; all of it optional. */
record Connect(@AgentText String instanceId, @AgentText(bytes = 2048) String rootDirectory, @AgentText String hostname,
        @AgentText String os, @AgentText String agentVersion,
        @Min(0) @Max(Heartbeat.MOST_ASSISTANTS) Integer assistantCount) {
    static final Connect NOTHING = new Connect(null, null, null, null, null, null);

    // Refused for an odd host name, a machine could not connect at all.
    Connect {
        rootDirectory = VisibleText.clean(rootDirectory);
        hostname = VisibleText.clean(hostname);
        os = VisibleText.clean(os);
        agentVersion = VisibleText.clean(agentVersion);
    }

    AgentInstance instance() {
        return AgentInstance.of(instanceId);
    }

    Details details() {
        return new Details(rootDirectory, hostname, os, agentVersion);
    }
}
