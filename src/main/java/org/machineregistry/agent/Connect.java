package org.machineregistry.agent;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.machineregistry.presence.AgentInstance;
import org.machineregistry.presence.Details;
import org.machineregistry.text.VisibleText;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The description of itself that a machine sends when it connects; all of it is optional.
 *
 * @param assistantCount how many assistants run; where the machine lists them, the length of the list
 */
// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
public record Connect(@AgentText String instanceId, @AgentText String rootDirectory, @AgentText String hostname,
        @AgentText String os, @AgentText String arch, @AgentText String user, @AgentText String agentVersion,
        @Min(0) @Max(Heartbeat.MOST_ASSISTANTS) Integer assistantCount,
        @AssistantList List<@NotNull(message = "is needed") @Valid Assistant> assistants,
        @Metadata ObjectNode metadata) {
    private static final int MOST_CHARACTERS = 1024;
    // A row is bounded by bytes: names of directories are people's, the rest is mostly ASCII.
    private static final int MOST_BYTES = 1024;
    private static final int MOST_BYTES_OF_PATH = 2048;

    static final Connect NOTHING = new Connect(null, null, null, null, null, null, null, null, null, null);

    // The part of a text that can be shown is kept, because a machine that is refused for an odd host name could not connect at all.
    public Connect {
        rootDirectory = shown(rootDirectory, MOST_BYTES_OF_PATH);
        hostname = shown(hostname, MOST_BYTES);
        os = shown(os, MOST_BYTES);
        arch = shown(arch, MOST_BYTES);
        user = shown(user, MOST_BYTES);
        agentVersion = shown(agentVersion, MOST_BYTES);
        assistants = AssistantListValidator.enough(assistants);
        assistantCount = assistants == null ? assistantCount : Integer.valueOf(assistants.size());
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
        return new Details(rootDirectory, hostname, os, arch, user, agentVersion,
                metadata == null ? null : MetadataValidator.json(metadata), listed());
    }

    /** Returns its assistants alone. */
    public Details assistantDetails() {
        return Details.ofAssistants(listed());
    }

    /** A machine that counts its assistants and does not list them has none that could be listed. */
    private String listed() {
        return assistants != null
                ? AssistantListValidator.json(assistants)
                : assistantCount == null ? null : AssistantListValidator.json(List.of());
    }
}
