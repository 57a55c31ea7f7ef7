package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that no machine knows, made by the JDK's keytool. */
final class TestAuthority {
    private static final String PASSWORD = "changeit";
    private static final FileAttribute<?> OWNER_ALONE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path store;
    private final Path certificate;
    private int servers;

    TestAuthority(Path directory) throws IOException, InterruptedException {
        store = directory.resolve("authority.p12");
        certificate = directory.resolve("authority.pem");
        keytool("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-dname", "CN=authority of a test", "-ext",
                "bc:c");
        keytool("-exportcert", "-rfc", "-alias", "authority", "-file", certificate.toString());
    }

    /** What a client must know to trust it. */
    Path certificate() {
        return certificate;
    }

    /** A server's key and certificate. @param more of keytool's options, such as when it begins and ends */
    SSLContext server(String subjectAlternativeName, String... more)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys(subjectAlternativeName, more), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** The same as two files, which their owner alone may read. */
    ServerFiles serverFiles(Path directory, String subjectAlternativeName)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore keys = keys(subjectAlternativeName);
        String alias = keys.aliases().nextElement();
        return new ServerFiles(
                pem(directory, "server-key.pem", "PRIVATE KEY",
                        keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()),
                pem(directory, "server.pem", "CERTIFICATE", keys.getCertificate(alias).getEncoded()));
    }

    record ServerFiles(Path key, Path certificate) {}

    private static Path pem(Path directory, String name, String kind, byte[] content) throws IOException {
        Path file = Files.createFile(directory.resolve(name), OWNER_ALONE);
        String lines = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    private KeyStore keys(String subjectAlternativeName, String... more)
            throws IOException, InterruptedException, GeneralSecurityException {
        String alias = "server" + ++servers;
        List<String> options = new ArrayList<>(
                List.of("-genkeypair", "-alias", alias, "-signer", "authority", "-keyalg",
                        "EC", "-dname", "CN=server of a test", "-ext", "san=" + subjectAlternativeName));
        options.addAll(List.of(more));
        keytool(options.toArray(String[]::new));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        for (String other : Collections.list(keys.aliases())) {
            if (!other.equals(alias)) {
                keys.deleteEntry(other);
            }
        }
        return keys;
    }

    private void keytool(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), output);
    }
}
