package org.machineregistry.machine;

/** An entry of the list and whose list it is. */
public record OwnedView(String owner, MachineView machine) {}
