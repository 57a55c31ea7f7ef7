package org.machineregistry.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.machineregistry.http.StrictJson;

/** The name under which a JWT can be revoked. */
public final class SignedId {
    static final int LONGEST = 100;

    private SignedId() {}

    /**
     * Its {@code jti}. Those of a provider, and of the versions before, may have none that can be kept; then it is a hash of what was
     * signed, without the signature, of which some algorithms let one make another.
     */
    public static String of(JsonWebToken jwt) {
        return of(jwt.getTokenID(), jwt.getRawToken());
    }

    public static String of(String id, String raw) {
        if (id != null && !id.isBlank() && id.length() <= LONGEST && StrictJson.isWellFormed(id)) {
            return id;
        }
        return "sha256:" + hash(raw.substring(0, raw.lastIndexOf('.')));
    }

    /** The id of an API token. The person is a part of it, so that nobody revokes the token of another by its id. */
    public static String ofApiToken(String person, String tokenId) {
        return "token:" + hash(person + '\n' + tokenId);
    }

    public static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
