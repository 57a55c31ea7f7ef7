package org.machineregistry.enrolment;

import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;

import org.machineregistry.label.LabelJson;
import org.machineregistry.label.LabelMap;
import org.machineregistry.machine.AlertAfter;
import org.machineregistry.machine.RemoveAfter;

/**
 * An enrolment key to make.
 *
 * @param name by which people know it again; it stands in the key, and nowhere else
 * @param owner whose machines it makes: {@code me}, a team, or a person; null for the caller
 * @param labels that its machines get; null for none
 * @param uses how many machines there may be at once that came with it; null for any number
 * @param expiresInSeconds null for an hour
 */
record NewEnrolmentKey(
        // A pattern bounds it, because a size would count an emoji twice.
        @NotBlank @Pattern(regexp = "(?s).{0,100}", message = "must be at most 100 characters") String name,
        String owner,
        @LabelMap Map<String, String> labels,
        @Min(AlertAfter.SHORTEST_SECONDS) @Max(AlertAfter.LONGEST_SECONDS) Integer alertAfterSeconds,
        @Min(RemoveAfter.SHORTEST_SECONDS) @Max(RemoveAfter.LONGEST_SECONDS) Integer removeAfterSeconds,
        @Min(1) @Max(NewEnrolmentKey.MOST_USES) Integer uses,
        @Min(1) @Max(NewEnrolmentKey.LONGEST_SECONDS) Integer expiresInSeconds) {
    static final int MOST_USES = 1_000_000;
    static final int LONGEST_SECONDS = 90 * 24 * 60 * 60;
    private static final int HOUR_SECONDS = 60 * 60;

    NewEnrolmentKey {
        labels = LabelJson.compose(labels);
    }

    int lifetime() {
        return expiresInSeconds == null ? HOUR_SECONDS : expiresInSeconds;
    }
}
