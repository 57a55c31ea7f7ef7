package org.machineregistry.machine.registration;

import org.machineregistry.credential.Secret;

/**
 * A machine that registers itself.
 *
 * @param network where it is, as {@link org.machineregistry.limit.Network} counts it
 * @param key the id of the enrolment key that it came with
 * @param most how many machines there may be that came with that key; null for any number
 */
public record SelfRegistration(String machineId, Secret secret, String name, String owner, boolean anonymous,
        long network, MachineSettings settings, String key, Integer most) {}
