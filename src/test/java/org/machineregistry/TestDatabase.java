package org.machineregistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A real PostgreSQL and a pair of keys, thrown away after the tests: {@code @WithTestResource(TestDatabase.class)}. */
public class TestDatabase implements QuarkusTestResourceLifecycleManager {

    private EmbeddedPostgres server;
    private Path keys;

    @Override
    public Map<String, String> start() {
        try {
            // The locale of the embedded database, so that names sort and fold as they do there.
            server = EmbeddedPostgres.builder()
                    .setPort(Ports.free())
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .start();
            keys = Files.createTempDirectory("keys");
            KeyPair pair = generateKeys();
            return Map.of(
                    "quarkus.datasource.jdbc.url",
                    "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                    "quarkus.datasource.username", "postgres",
                    "quarkus.datasource.password", "postgres",
                    "smallrye.jwt.sign.key.location", write("PRIVATE KEY", pair.getPrivate()),
                    "mp.jwt.verify.publickey.location", write("PUBLIC KEY", pair.getPublic()),
                    "teams.administrators", "registry-admins",
                    "sessions.anonymous", "true",
                    "sessions.anonymous-rate", "1000000");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
            Files.deleteIfExists(keys.resolve(fileName("PRIVATE KEY")));
            Files.deleteIfExists(keys.resolve(fileName("PUBLIC KEY")));
            Files.deleteIfExists(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(String kind, Key key) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded());
        Path file = keys.resolve(fileName(kind));
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        return file.toString();
    }

    private static String fileName(String kind) {
        return kind.toLowerCase().replace(' ', '-') + ".pem";
    }

    private static KeyPair generateKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
