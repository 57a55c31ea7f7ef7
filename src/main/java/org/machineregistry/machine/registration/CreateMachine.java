package org.machineregistry.machine.registration;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

import org.machineregistry.label.LabelJson;
import org.machineregistry.label.LabelMap;
import org.machineregistry.machine.AlertAfter;
import org.machineregistry.machine.MachineName;
import org.machineregistry.machine.RemoveAfter;
import org.machineregistry.text.VisibleText;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A machine to register. Id and secret are made by the service unless the caller brings them.
 *
 * @param secretHash in place of a secret that the machine made and tells nobody
 */
// Read as a part of CreateMachines: nothing shows the native build that it is JSON.
@RegisterForReflection
record CreateMachine(
        @MachineName String name,
        @Pattern(regexp = "[A-Za-z0-9_-]{10,64}", message = "must be 10 to 64 of A-Z a-z 0-9 _ -") String machineId,
        @StrongSecret String secret,
        @Pattern(regexp = SECRET_HASH, message = NO_HASH) String secretHash,
        String owner,
        @Min(AlertAfter.SHORTEST_SECONDS) @Max(AlertAfter.LONGEST_SECONDS) Integer alertAfterSeconds,
        @Min(RemoveAfter.SHORTEST_SECONDS) @Max(RemoveAfter.LONGEST_SECONDS) Integer removeAfterSeconds,
        @LabelMap Map<String, String> labels) {
    // 32 bytes leave two bits of the last character, which are zero: another spelling of the same hash is none.
    private static final String SECRET_HASH = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";
    private static final String NO_HASH = "must be a SHA-256 in base64url, 43 characters without padding";

    CreateMachine {
        name = name == null ? null : VisibleText.compose(name);
        labels = LabelJson.compose(labels);
    }

    MachineSettings settings() {
        return new MachineSettings(alertAfterSeconds, removeAfterSeconds, LabelJson.of(labels));
    }

    /** Finds fields that contradict each other, by the name of the one that is to be changed. */
    Map<String, String> contradictions() {
        Map<String, String> found = new LinkedHashMap<>();
        if (secretHash != null && secret != null) {
            found.put("secretHash", "cannot go with a secret: it is the hash of one that the machine alone knows");
        }
        if (secretHash != null && machineId == null) {
            found.put("machineId", "is needed with secretHash: the machine, which made the secret, presents both");
        }
        return found;
    }

    // The generated one would show the secret.
    @Override
    public String toString() {
        return "CreateMachine[" + name + "]";
    }
}
