package org.machineregistry.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A machine's secret, on its way to its owner. It never reaches the database, a log or an error. */
public final class Secret {
    // A heartbeat's hash is most of what it would allocate; a digest begins anew once it has given one.
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Secret::sha256);

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** SHA-256. A secret is long and random, so that a slow hash would only slow the service. */
    public byte[] hash() {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hash(byte[] bytes) {
        return DIGEST.get().digest(bytes);
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** {@code <machineId>:<secret>}, what the machine presents. */
    public String tokenOf(String machineId) {
        return machineId + ":" + text;
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
