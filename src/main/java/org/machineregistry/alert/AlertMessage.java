package org.machineregistry.alert;

import java.util.List;

/**
 * What goes to the receiver at once: of machines that went down or came back, or of those that are to be removed, never both.
 *
 * @param id the same at each try
 */
record AlertMessage(String id, List<MachineAlert> alerts) {
    boolean isOfRemovals() {
        return alerts.get(0).isRemoval();
    }
}
