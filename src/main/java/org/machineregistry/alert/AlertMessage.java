package org.machineregistry.alert;

import java.util.List;

/**
 * What goes to the receiver at once.
 *
 * @param id the same at each try
 */
record AlertMessage(String id, List<MachineAlert> alerts) {}
