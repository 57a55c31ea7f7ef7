package org.machineregistry.credential;

import java.security.MessageDigest;

/**
 * The hashes that a machine's secret is checked against.
 *
 * @param nextHash of a rotated secret that was not used yet; null where there is none
 * @param goodUntil when the older secret ends, of {@link System#nanoTime()}; of no meaning without a next one
 * @param connectionNumber of the newest socket when this was read
 */
public record MachineCredential(String machineId, String owner, byte[] hash, byte[] nextHash, long goodUntil,
        long connectionNumber) {
    /** Which of a machine's secrets was presented. */
    public enum Match {
        NONE, CURRENT, NEXT
    }

    private static final byte[] NOTHING = new byte[32];

    /** The same after a newer socket opened; the number never goes back. */
    public MachineCredential connected(long connection) {
        return new MachineCredential(machineId, owner, hash, nextHash, goodUntil,
                Math.max(connection, connectionNumber));
    }

    public static byte[] hash(byte[] secret) {
        return Secret.hash(secret);
    }

    /** Takes the same time for a wrong secret as for a machine that does not exist (a null credential). */
    public static Match match(MachineCredential credential, byte[] presentedHash) {
        boolean current = MessageDigest.isEqual(presentedHash, credential == null ? NOTHING : credential.hash);
        if (credential == null) {
            return Match.NONE;
        }
        if (credential.nextHash == null) {
            return current ? Match.CURRENT : Match.NONE;
        }
        if (MessageDigest.isEqual(presentedHash, credential.nextHash)) {
            return Match.NEXT;
        }
        return current && credential.nanosLeft() > 0 ? Match.CURRENT : Match.NONE;
    }

    /** Whether a rotation is under way, so that the current secret ends in {@link #nanosLeft()}. */
    public boolean isRotating() {
        return nextHash != null;
    }

    public long nanosLeft() {
        return goodUntil - System.nanoTime();
    }

    @Override
    public String toString() {
        return "MachineCredential[" + machineId + "]";
    }
}
