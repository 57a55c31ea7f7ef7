package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that no machine knows, made by the JDK's keytool. */
final class TestAuthority {
    private static final String PASSWORD = "changeit";

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
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
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
