package org.machineregistry.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Null;

import org.machineregistry.label.LabelJson;
import org.machineregistry.label.LabelMap;
import org.machineregistry.machine.AlertAfter;
import org.machineregistry.machine.RemoveAfter;

/** A JSON merge patch (RFC 7396) for each of many machines. */
final class ChangeMachines {
    private static final String OF_ONE = "can be changed of one machine at a time only";

    @Null(message = OF_ONE)
    private String name;
    @Null(message = OF_ONE)
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
        this.name = name;
    }

    public void setOwner(String owner) {
        this.owner = owner;
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

    boolean changesNothing() {
        return !changesAlert && !changesRemoval && !changesLabels;
    }

    /** The assignments of an UPDATE, without its SET. */
    String assignments() {
        List<String> all = new ArrayList<>();
        if (changesAlert) {
            all.add("alert_after_seconds = ?::int");
        }
        if (changesRemoval) {
            all.add("remove_after_seconds = ?::int");
        }
        if (changesLabels) {
            // A label that is null in the patch is taken away with this: no stored one is null.
            all.add(labels == null ? "labels = '{}'" : "labels = jsonb_strip_nulls(labels || ?::jsonb)");
        }
        return String.join(", ", all);
    }

    /** The parameters of the assignments, in their order. */
    List<Object> parameters() {
        List<Object> all = new ArrayList<>();
        if (changesAlert) {
            all.add(alertAfterSeconds);
        }
        if (changesRemoval) {
            all.add(removeAfterSeconds);
        }
        if (changesLabels && labels != null) {
            all.add(LabelJson.of(labels));
        }
        return all;
    }
}
