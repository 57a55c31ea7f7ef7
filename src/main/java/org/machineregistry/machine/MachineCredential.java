package org.machineregistry.machine;

import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/**
 * The hashes that a machine's secret is checked against.
 *
 * @param nextHash of a rotated secret that was not used yet; null where there is none
 * @param goodUntil when the older secret ends, of {@link System#nanoTime()}; of no meaning without a next one
 */
public record MachineCredential(String machineId, String owner, byte[] hash, byte[] nextHash, long goodUntil) {
    /** Which of a machine's secrets was presented. */
    public enum Match {
        NONE, CURRENT, NEXT
    }

    private static final byte[] NOTHING = new byte[32];

    static MachineCredential of(String machineId, String owner, byte[] hash, byte[] nextHash, long goodForMicros) {
        return new MachineCredential(machineId, owner, hash, nextHash,
                System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(goodForMicros));
    }

    /** Takes the same time for a wrong secret as for a machine that does not exist (a null credential). */
    public static Match match(MachineCredential credential, byte[] secret) {
        byte[] presented = Secret.hash(secret);
        boolean current = MessageDigest.isEqual(presented, credential == null ? NOTHING : credential.hash);
        if (credential == null) {
            return Match.NONE;
        }
        if (credential.nextHash == null) {
            return current ? Match.CURRENT : Match.NONE;
        }
        if (MessageDigest.isEqual(presented, credential.nextHash)) {
            return Match.NEXT;
        }
        return current && credential.goodUntil - System.nanoTime() > 0 ? Match.CURRENT : Match.NONE;
    }

    @Override
    public String toString() {
        return "MachineCredential[" + machineId + "]";
    }
}
