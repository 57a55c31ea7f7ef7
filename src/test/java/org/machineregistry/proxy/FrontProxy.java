package org.machineregistry.proxy;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.machineregistry.DocumentedBlock;
import org.machineregistry.JavaProcess;
import org.machineregistry.Ports;
import org.machineregistry.fault.Endpoint;

/** An nginx or HAProxy in front of the service, with a configuration of {@code docs/proxies.md}, in a process of its own. */
public final class FrontProxy implements Endpoint, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port = Ports.free();
    private final String name;
    private final String ip;
    private JavaProcess process;

    public FrontProxy(String name) {
        this.name = name;
        // Where a proxy passes on a host without its port, nothing but the host tells one address from the others.
        this.ip = name.equals("nginx-host-only") ? TestAuthority.SECOND_IP : "127.0.0.1";
    }

    String origin() {
        return "https://" + (ip.equals(TestAuthority.SECOND_IP) ? ip : "localhost") + ":" + port;
    }

    /** Where it is reached without TLS. */
    @Override
    public String url() {
        return "http://" + ip + ":" + port;
    }

    public static boolean canStart() {
        return Stream.of("nginx", "haproxy", "openssl").allMatch(program -> find(program).isPresent());
    }

    private static String program(String name) {
        return find(name).orElseThrow();
    }

    /** Debian keeps servers where not every user looks. */
    private static Optional<String> find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    void start(Path directory, TestAuthority authority, int servicePort) throws IOException {
        run(directory, DocumentedBlock.in("docs/proxies.md", name)
                .replace("listen 443", "listen " + ip + ":" + port)
                .replace("bind :443", "bind " + ip + ":" + port)
                .replace("127.0.0.1:8080", "127.0.0.1:" + servicePort)
                .replace("/etc/ssl/machines-and-key.pem", authority.certificateAndKey.toString())
                .replace("/etc/ssl/machines.pem", authority.certificate.toString())
                .replace("/etc/ssl/machines.key", authority.key.toString()));
    }

    /** Without TLS, in front of two replicas. */
    public void startPlain(Path directory, int onePort, int otherPort) throws IOException {
        run(directory, DocumentedBlock.in("docs/proxies.md", name)
                .replaceAll("listen 443 ssl http2", "listen " + ip + ":" + port)
                .replaceAll("(?m)^ *ssl_certificate.*\n", "")
                .replaceAll("bind :443 .*", "bind " + ip + ":" + port)
                .replace("127.0.0.1:8080", "127.0.0.1:" + onePort)
                .replace("127.0.0.1:8081", "127.0.0.1:" + otherPort));
    }

    private void run(Path directory, String config) throws IOException {
        Path own = Files.createDirectory(directory.resolve(name + "-" + port));
        process = JavaProcess.run(own, name.startsWith("nginx") ? nginx(own, config) : haproxy(own, config));
        Awaitility.await().atMost(PATIENCE).failFast(this::requireLife).ignoreExceptions().until(this::accepts);
    }

    private static List<String> nginx(Path own, String config) throws IOException {
        Path file = Files.writeString(own.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                """.formatted(own) + config + "}\n");
        return List.of(program("nginx"), "-c", file.toString(), "-p", own.toString());
    }

    private static List<String> haproxy(Path own, String config) throws IOException {
        return List.of(program("haproxy"), "-db", "-f",
                Files.writeString(own.resolve("haproxy.cfg"), config).toString());
    }

    public String output() {
        return process.output();
    }

    private boolean accepts() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(ip, port), 1_000);
            return true;
        }
    }

    private void requireLife() {
        if (!process.isAlive()) {
            throw new IllegalStateException(process.output());
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.kill();
        }
    }
}
