package org.machineregistry.machine;

import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

import org.machineregistry.label.LabelJson;
import org.machineregistry.label.LabelMap;
import org.machineregistry.text.VisibleText;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A machine to register. Id and secret are made by the service unless the caller brings them. */
// Read as a part of CreateMachines: nothing shows the native build that it is JSON.
@RegisterForReflection
record CreateMachine(
        @MachineName String name,
        @Pattern(regexp = "[A-Za-z0-9_-]{10,64}", message = "must be 10 to 64 of A-Z a-z 0-9 _ -") String machineId,
        @StrongSecret String secret,
        String owner,
        @Min(AlertAfter.SHORTEST_SECONDS) @Max(AlertAfter.LONGEST_SECONDS) Integer alertAfterSeconds,
        @Min(RemoveAfter.SHORTEST_SECONDS) @Max(RemoveAfter.LONGEST_SECONDS) Integer removeAfterSeconds,
        @LabelMap Map<String, String> labels) {
    CreateMachine {
        name = name == null ? null : VisibleText.compose(name);
        labels = LabelJson.compose(labels);
    }

    // The generated one would show the secret.
    @Override
    public String toString() {
        return "CreateMachine[" + name + "]";
    }
}
