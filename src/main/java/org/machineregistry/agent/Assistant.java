package org.machineregistry.agent;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.machineregistry.text.VisibleText;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;

/** One assistant that runs on a machine, as the machine tells it. */
// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
public record Assistant(
        @NotNull(message = IS_NEEDED) @Size(min = 1, message = "must not be empty") @AgentText String id,
        @AgentText String name, @AgentText String directory,
        @NotNull(message = IS_NEEDED) @Pattern(regexp = "idle|busy|starting|failed", message = "must be idle, busy, starting or failed") String state,
        @AgentText String model, @AgentText String version) {
    private static final String IS_NEEDED = "is needed";

    public Assistant {
        id = VisibleText.clean(id);
        name = VisibleText.clean(name);
        directory = VisibleText.clean(directory);
        model = VisibleText.clean(model);
        version = VisibleText.clean(version);
    }

    /** A field that the machine did not say is left out: the list is kept as it is shown. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        put(json, "id", id);
        put(json, "name", name);
        put(json, "directory", directory);
        put(json, "state", state);
        put(json, "model", model);
        put(json, "version", version);
        return json;
    }

    private static void put(JsonObject json, String field, String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
