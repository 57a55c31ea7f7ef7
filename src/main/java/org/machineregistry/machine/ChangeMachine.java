package org.machineregistry.machine;

import java.util.Map;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.machineregistry.label.LabelJson;
import org.machineregistry.label.LabelMap;
import org.machineregistry.text.VisibleText;

/** A JSON merge patch (RFC 7396): what is absent stays as it is, and null takes away what may be missing. */
final class ChangeMachine {
    @MachineName(optional = true)
    private String name;
    private String owner;
    @Min(AlertAfter.SHORTEST_SECONDS)
    @Max(AlertAfter.LONGEST_SECONDS)
    private Integer alertAfterSeconds;
    private boolean changesAlert;
    @Min(RemoveAfter.SHORTEST_SECONDS)
    @Max(RemoveAfter.LONGEST_SECONDS)
    private Integer removeAfterSeconds;
    private boolean changesRemoval;
    @LabelMap(patch = true)
    private Map<String, String> labels;
    private boolean changesLabels;

    public void setName(String name) {
        // A machine always has a name: null is refused as an empty one is.
        this.name = name == null ? "" : VisibleText.compose(name);
    }

    public void setOwner(String owner) {
        // A machine always has an owner.
        this.owner = owner == null ? "" : owner;
    }

    public void setAlertAfterSeconds(Integer alertAfterSeconds) {
        this.alertAfterSeconds = alertAfterSeconds;
        changesAlert = true;
    }

    public void setRemoveAfterSeconds(Integer removeAfterSeconds) {
        this.removeAfterSeconds = removeAfterSeconds;
        changesRemoval = true;
    }

    public void setLabels(Map<String, String> labels) {
        this.labels = LabelJson.compose(labels);
        changesLabels = true;
    }

    boolean changesRemoval() {
        return changesRemoval;
    }

    boolean changesLabels() {
        return changesLabels;
    }

    /** The owner to whom it is to be handed over, where it is. */
    Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** All but the new owner, which others have to be told of. */
    void applyTo(Machine machine) {
        if (name != null) {
            machine.rename(name);
        }
        if (changesAlert) {
            machine.alertAfter(alertAfterSeconds);
        }
        if (changesRemoval) {
            machine.removeAfter(removeAfterSeconds);
        }
        if (changesLabels) {
            machine.label(labels);
        }
    }
}
