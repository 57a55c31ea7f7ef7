package org.machineregistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;

/** A pair of keys as an operator makes one: two files in PEM. */
public record KeyFiles(Path privateKey, Path publicKey, PublicKey key) {
    public static KeyFiles rsa(Path directory, String name, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return write(directory, name, generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static KeyFiles ec(Path directory, String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return write(directory, name, generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyFiles write(Path directory, String name, KeyPair pair) {
        return new KeyFiles(write(directory.resolve(name + ".pem"), "PRIVATE KEY", pair.getPrivate()),
                write(directory.resolve(name + ".pub.pem"), "PUBLIC KEY", pair.getPublic()), pair.getPublic());
    }

    private static Path write(Path file, String kind, Key key) {
        String body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded());
        try {
            return Files.writeString(file,
                    "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
