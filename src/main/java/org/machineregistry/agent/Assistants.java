package org.machineregistry.agent;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

import org.machineregistry.presence.AgentInstance;
import org.machineregistry.presence.Details;

import com.fasterxml.jackson.annotation.JsonCreator;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** All assistants that run on a machine now. As JSON it may be their list alone. */
// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
record Assistants(@AgentText String instanceId,
        @NotNull(message = "is needed") @AssistantList List<@NotNull(message = "is needed") @Valid Assistant> assistants) {
    @JsonCreator
    Assistants {
        assistants = AssistantListValidator.enough(assistants);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Assistants alone(List<Assistant> assistants) {
        return new Assistants(null, assistants);
    }

    AgentInstance instance() {
        return AgentInstance.of(instanceId);
    }

    Details details() {
        return Details.ofAssistants(AssistantListValidator.json(assistants));
    }
}
