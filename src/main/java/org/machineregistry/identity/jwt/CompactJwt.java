package org.machineregistry.identity.jwt;

import java.util.Arrays;

/**
 * The one spelling of a JWT (RFC 7515, sections 2 and 3.1): three parts of base64url without padding, white space or line breaks,
 * whose unused last bits are zero (RFC 4648, section 3.5). Decoders let more than that pass, so that one good JWT would have very
 * many spellings.
 */
public final class CompactJwt {
    private static final int PARTS = 3;
    private static final byte NONE = -1;
    private static final byte[] VALUES = values();

    private CompactJwt() {}

    public static boolean isOne(String token) {
        int parts = 1;
        int from = 0;
        for (int at = 0; at < token.length(); at++) {
            char c = token.charAt(at);
            if (c == '.') {
                if (!isPart(token, from, at) || ++parts > PARTS) {
                    return false;
                }
                from = at + 1;
            } else if (valueOf(c) == NONE) {
                return false;
            }
        }
        return parts == PARTS && isPart(token, from, token.length());
    }

    private static boolean isPart(String token, int from, int to) {
        if (from == to) {
            return false;
        }
        int last = valueOf(token.charAt(to - 1));
        return switch ((to - from) % 4) {
            case 0 -> true;
            case 2 -> (last & 0b1111) == 0;
            case 3 -> (last & 0b11) == 0;
            default -> false;
        };
    }

    private static int valueOf(char c) {
        return c < VALUES.length ? VALUES[c] : NONE;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, NONE);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}
