package org.machineregistry.identity.jwt;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;

/**
 * The public keys beside the service's own. While a new pair takes the older one's place, both sign: an older key is here until all
 * that it signed has expired, and a newer one before the first replica signs with it.
 */
@Singleton
public class FurtherKeys {
    static final String SETTING = "sessions.further-public-keys";
    private static final String BEGIN = "-----BEGIN ";
    // jose4j verifies with no shorter key (https://www.rfc-editor.org/rfc/rfc7518#section-3.3).
    private static final int LEAST_RSA_BITS = 2_048;
    private static final List<SignatureAlgorithm> KINDS = List.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256,
            SignatureAlgorithm.EDDSA);

    private final List<PublicKey> keys;

    FurtherKeys(SessionsConfig config) {
        keys = read(config);
    }

    /** @throws ConfigurationException for what is no such key, by its name */
    public static List<PublicKey> read(SessionsConfig config) {
        return config.furtherPublicKeys().orElse(List.of()).stream().map(String::strip).map(FurtherKeys::read).toList();
    }

    List<PublicKey> all() {
        return keys;
    }

    private static PublicKey read(String location) {
        if (location.matches("https?:.*")) {
            throw new ConfigurationException(SETTING + ": " + location + " must be a file");
        }
        String text = content(location);
        // The first of several keys in one file would count alone.
        boolean isOne = text.contains(BEGIN) && text.indexOf(BEGIN) == text.lastIndexOf(BEGIN);
        PublicKey key = KINDS.stream().map(kind -> isOne ? decode(text, kind) : null)
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(SETTING + ": " + location
                        + " is not one public key in PEM (RSA, EC or Ed25519)"));
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new ConfigurationException(SETTING + ": " + location + " is an RSA key of "
                    + rsa.getModulus().bitLength() + " bits, and must have " + LEAST_RSA_BITS + " at least");
        }
        return key;
    }

    private static String content(String location) {
        try {
            return KeyUtils.readKeyContent(location);
        } catch (IOException | RuntimeException unreadable) {
            throw new ConfigurationException(SETTING + ": there is no readable file " + location);
        }
    }

    /** Reads a key; gives null for what is no key of this kind. */
    private static PublicKey decode(String pem, SignatureAlgorithm kind) {
        try {
            return KeyUtils.decodePublicKey(pem, kind);
        } catch (GeneralSecurityException | IllegalArgumentException other) {
            return null;
        }
    }
}
