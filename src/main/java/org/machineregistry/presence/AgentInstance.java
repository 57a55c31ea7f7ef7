package org.machineregistry.presence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * One running agent, by the id that it made at its start. Only the first eight bytes of its SHA-256 are kept: enough to tell the
 * few agents of one machine apart, and little enough to go with each heartbeat.
 *
 * @param fingerprint null where the machine said no id
 */
public record AgentInstance(Long fingerprint) {
    public static final AgentInstance UNSAID = new AgentInstance(null);

    /** @param instanceId as the machine said it; may be null */
    public static AgentInstance of(String instanceId) {
        if (instanceId == null || instanceId.isEmpty()) {
            return UNSAID;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(instanceId.getBytes(StandardCharsets.UTF_8));
            return new AgentInstance(ByteBuffer.wrap(hash).getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    boolean isSaid() {
        return fingerprint != null;
    }
}
