package org.machineregistry.agent;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.machineregistry.presence.AgentInstance;
import org.machineregistry.presence.Details;
import org.machineregistry.text.VisibleText;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What a machine tells when it connects; all of it optional. */
// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
public record Connect(@AgentText String instanceId, @AgentText String rootDirectory, @AgentText String hostname,
        @AgentText String os, @AgentText String agentVersion,
        @Min(0) @Max(Heartbeat.MOST_ASSISTANTS) Integer assistantCount) {
    private static final int MOST_CHARACTERS = 1024;
    // A row is bounded by bytes: names of directories are people's, the rest is mostly ASCII.
    private static final int MOST_BYTES = 1024;
    private static final int MOST_BYTES_OF_PATH = 2048;

    static final Connect NOTHING = new Connect(null, null, null, null, null, null);

    // What can be shown of it is kept, because a machine that is refused for an odd host name could not connect at all.
    public Connect {
        rootDirectory = shown(rootDirectory, MOST_BYTES_OF_PATH);
        hostname = shown(hostname, MOST_BYTES);
        os = shown(os, MOST_BYTES);
        agentVersion = shown(agentVersion, MOST_BYTES);
    }

    private static String shown(String text, int mostBytes) {
        // A text that is too long is left to be refused.
        return text == null || text.length() > 2 * MOST_CHARACTERS
                || text.codePointCount(0, text.length()) > MOST_CHARACTERS
                        ? text
                        : VisibleText.truncate(VisibleText.clean(text), mostBytes);
    }

    public AgentInstance instance() {
        return AgentInstance.of(instanceId);
    }

    public Details details() {
        return new Details(rootDirectory, hostname, os, agentVersion);
    }
}
