package org.machineregistry.machine.registration;

/**
 * The settings that a machine is registered with, by its owner or by the owner's enrolment key.
 *
 * @param alertAfterSeconds null for never
 * @param removeAfterSeconds null for never
 * @param labels as {@link org.machineregistry.label.LabelJson} has them
 */
public record MachineSettings(Integer alertAfterSeconds, Integer removeAfterSeconds, String labels) {}
