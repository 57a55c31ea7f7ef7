package org.machineregistry.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.machineregistry.machine.list.MachineReader;
import org.machineregistry.machine.list.MachineView;
import org.machineregistry.machine.selection.Selection;

/** The rows of the machines that changed: for each selection that a stream shows, those that are among its machines now. */
final class ChangedRows {
    private final MachineReader machines;
    private final Set<String> machineIds;
    private final Map<Selection, Map<String, MachineView>> bySelection = new HashMap<>();

    ChangedRows(MachineReader machines, Set<String> machineIds) {
        this.machines = machines;
        this.machineIds = machineIds;
    }

    /** The rows by their ids, which are read when they are first asked for. */
    Map<String, MachineView> of(Selection selection) {
        return bySelection.computeIfAbsent(selection, this::read);
    }

    private Map<String, MachineView> read(Selection selection) {
        Map<String, MachineView> rows = new HashMap<>();
        if (!machineIds.isEmpty()) {
            machines.find(machineIds, selection).forEach(row -> rows.put(row.machineId(), row));
        }
        return rows;
    }
}
