package org.machineregistry.alert;

import java.util.List;

/**
 * One message to the receiver. It tells of machines that went down or came back, or of those that are to be removed, never of both.
 *
 * @param id the same at each try
 */
record AlertMessage(String id, List<MachineAlert> alerts) {
    MessageKind kind() {
        return alerts.get(0).isRemoval() ? MessageKind.REMOVAL_WARNING : MessageKind.ALERT;
    }

    boolean isOfRemovals() {
        return kind() == MessageKind.REMOVAL_WARNING;
    }
}
