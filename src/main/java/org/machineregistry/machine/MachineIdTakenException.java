package org.machineregistry.machine;

/** Somebody has a machine with this id; whose it is stays untold. */
class MachineIdTakenException extends RuntimeException {}
