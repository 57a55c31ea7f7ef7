package org.machineregistry.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A machine's secret, on its way to its owner. It never reaches the database, a log or an error. */
public final class Secret {
    private static final MessageDigest SHA_256 = newSha256();

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** SHA-256. A secret is long and random, so that a slow hash would only slow the service. */
    public byte[] hash() {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hash(byte[] bytes) {
        return sha256().digest(bytes);
    }

    /** A digest of the caller's own. To look for one among the providers of the JDK takes longer than a digest of a secret does. */
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException foreign) {
            return newSha256();
        }
    }

    private static MessageDigest newSha256() {
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
