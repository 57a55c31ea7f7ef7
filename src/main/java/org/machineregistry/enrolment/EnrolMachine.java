package org.machineregistry.enrolment;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.machineregistry.machine.MachineName;
import org.machineregistry.machine.registration.StrongSecret;
import org.machineregistry.text.VisibleText;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A machine that registers itself. It made id and secret, so that it can ask as often as it likes and there is one of it.
 *
 * @param name null for its host's name
 */
// No resource of Quarkus REST shows the native build that it is JSON.
@RegisterForReflection
public record EnrolMachine(
        @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{10,64}", message = "must be 10 to 64 of A-Z a-z 0-9 _ -") String machineId,
        @NotNull @StrongSecret String secret,
        @MachineName(optional = true) String name,
        String hostname) {
    private static final int MOST_CHARACTERS = 100;

    public EnrolMachine {
        name = name == null ? null : VisibleText.compose(name);
    }

    /** Returns the name that people will see: the given one, else as much of its host's name as a name may have. */
    String shownName() {
        if (name != null) {
            return name;
        }
        String shown = hostname == null ? "" : VisibleText.compose(VisibleText.clean(hostname));
        return shown.codePointCount(0, shown.length()) <= MOST_CHARACTERS
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, MOST_CHARACTERS)).strip();
    }

    @AssertTrue(message = "a name or a hostname is needed")
    boolean isNamed() {
        return !shownName().isEmpty();
    }

    // The generated one would show the secret.
    @Override
    public String toString() {
        return "EnrolMachine[" + machineId + "]";
    }
}
