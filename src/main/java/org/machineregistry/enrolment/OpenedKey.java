package org.machineregistry.enrolment;

/**
 * The claims of a good enrolment key.
 *
 * @param keyId by which its machines are found, and it is revoked
 * @param owner whose machines they become
 * @param anonymous whether that is a person without an account
 * @param labels that they get, as {@link org.machineregistry.label.LabelJson} has them
 * @param alertAfterSeconds null for never
 * @param removeAfterSeconds null for never
 * @param uses null for any number
 */
public record OpenedKey(String keyId, String owner, boolean anonymous, String labels, Integer alertAfterSeconds,
        Integer removeAfterSeconds, Integer uses) {}
