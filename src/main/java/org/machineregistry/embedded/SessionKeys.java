package org.machineregistry.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;

/** The pair that signs and verifies sessions, made once: RS256, which SmallRye JWT takes without further settings. */
final class SessionKeys {

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private SessionKeys() {}

    static Map<String, String> in(DataDirectory directory) throws IOException {
        Path privateFile = directory.resolve("session-key.pem");
        Path publicFile = directory.resolve("session-key.pub.pem");
        try {
            if (!Files.exists(privateFile)) {
                KeptFile.write(privateFile, pem(PRIVATE, generate()));
            }
            KeptFile.write(publicFile, pem(PUBLIC, publicKeyOf(Files.readString(privateFile))));
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            throw new EmbeddedDatabaseException(
                    privateFile + " is no RSA private key in PEM. Remove it to have a new one made; sessions end then.",
                    e);
        }
        return Map.of("smallrye.jwt.sign.key.location", privateFile.toString(),
                "mp.jwt.verify.publickey.location", publicFile.toString());
    }

    private static Key generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    // Only the private key is kept, so that the two can never differ.
    private static PublicKey publicKeyOf(String pem) throws GeneralSecurityException {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        KeyFactory factory = KeyFactory.getInstance("RSA");
        var key = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        return factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }

    private static String pem(String kind, Key key) {
        String body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
