package org.machineregistry.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of the test's own, and one certificate of it for this host. */
final class TestAuthority {
    static final String SECOND_IP = "127.0.0.2";

    final Path root;
    final Path certificate;
    final Path key;
    final Path certificateAndKey;

    TestAuthority(Path directory) throws IOException, InterruptedException {
        root = directory.resolve("ca.pem");
        certificate = directory.resolve("server.pem");
        key = directory.resolve("server.key");
        certificateAndKey = directory.resolve("server-and-key.pem");
        Path rootKey = directory.resolve("ca.key");
        Path request = directory.resolve("server.csr");
        Path names = Files.writeString(directory.resolve("names.cnf"),
                "subjectAltName=DNS:localhost,IP:" + SECOND_IP + "\n");
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test authority", "-keyout",
                rootKey.toString(), "-out", root.toString());
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", key.toString(), "-out",
                request.toString());
        openssl("x509", "-req", "-in", request.toString(), "-CA", root.toString(), "-CAkey", rootKey.toString(),
                "-set_serial",
                "1", "-days", "2", "-extfile", names.toString(), "-out", certificate.toString());
        Files.writeString(certificateAndKey, Files.readString(certificate) + Files.readString(key));
    }

    private static void openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    /** Of a client that trusts this authority, and no other. */
    SSLContext trustingClient() {
        try (InputStream pem = Files.newInputStream(root)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
