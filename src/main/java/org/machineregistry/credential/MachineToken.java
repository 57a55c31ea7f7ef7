package org.machineregistry.credential;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A token as a machine presents it, {@code <machineId>:<secret>}, by Bearer or by Basic. */
public record MachineToken(String machineId, byte[] secret) {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final int LONGEST = 64 + 1 + 128;

    /** Reads a token; gives nothing for what cannot be one. */
    public static Optional<MachineToken> parse(String authorization) {
        if (starts(authorization, BEARER)) {
            return split(authorization.substring(BEARER.length()).trim());
        }
        return starts(authorization, BASIC)
                ? decode(authorization.substring(BASIC.length()).trim()).flatMap(MachineToken::split)
                : Optional.empty();
    }

    private static boolean starts(String authorization, String scheme) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static Optional<String> decode(String credentials) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<MachineToken> split(String token) {
        int colon = token.indexOf(':');
        if (colon <= 0 || token.length() > LONGEST || token.indexOf(0) >= 0) {
            return Optional.empty();
        }
        byte[] secret = token.substring(colon + 1).getBytes(StandardCharsets.UTF_8);
        return Optional.of(new MachineToken(token.substring(0, colon), secret));
    }

    public byte[] secretHash() {
        return MachineCredential.hash(secret);
    }

    @Override
    public String toString() {
        return "MachineToken[" + machineId + "]";
    }
}
