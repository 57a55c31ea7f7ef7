package org.machineregistry.enrolment;

import org.machineregistry.machine.registration.MachineSettings;

/**
 * The claims of a good enrolment key.
 *
 * @param keyId by which its machines are found, and it is revoked
 * @param owner whose machines they become
 * @param anonymous whether that is a person without an account
 * @param settings that they get
 * @param uses null for any number
 */
public record OpenedKey(String keyId, String owner, boolean anonymous, MachineSettings settings, Integer uses) {}
