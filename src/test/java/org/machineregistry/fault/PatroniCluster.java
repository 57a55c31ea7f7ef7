package org.machineregistry.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.machineregistry.DocumentedBlock;
import org.machineregistry.JavaProcess;
import org.machineregistry.Ports;

/**
 * A leader and its synchronous standby under Patroni, the etcd by which they agree, and an HAProxy that leads to the leader: Debian's, and
 * set up as docs/deployment.md says.
 */
final class PatroniCluster implements AutoCloseable {
    private static final String PAGE = "docs/deployment.md";
    private static final Path ETCD = Path.of("/usr/bin/etcd");
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final Path PG_CONFIG = Path.of("/usr/bin/pg_config");
    private static final Path CONTROL = Path.of("/usr/bin/patronictl");
    /** A leader is missed after 30 s, and a node looks every 10 s what there is to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    final int proxyPort = Ports.free();
    private final Path directory;
    private final JavaProcess etcd;
    private final JavaProcess proxy;
    private final PatroniNode first;
    private final PatroniNode second;

    PatroniCluster(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        int etcdPort = Ports.free();
        String node = node(etcdPort);
        first = new PatroniNode(directory, "db1", node);
        second = new PatroniNode(directory, "db2", node);
        etcd = etcd(etcdPort);
        proxy = proxy();
    }

    static boolean canStart() throws IOException, InterruptedException {
        return Stream.of(ETCD, HAPROXY, CONTROL, PG_CONFIG).allMatch(Files::isExecutable)
                && Files.isExecutable(Path.of(programs(), "initdb"));
    }

    /** The headers of PostgreSQL alone bring a pg_config, too. */
    private static String programs() throws IOException, InterruptedException {
        return run(PG_CONFIG.toString(), "--bindir").strip();
    }

    private static String node(int etcdPort) throws IOException, InterruptedException {
        return Files.readString(Path.of("src/test/failover/patroni.yml"))
                .replace("{agreed}\n", DocumentedBlock.in(PAGE, "patroni").indent(4))
                .replace("{etcd}", String.valueOf(etcdPort))
                .replace("{programs}", programs());
    }

    private JavaProcess etcd(int port) {
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + Ports.free();
        return JavaProcess.run(directory, List.of(ETCD.toString(), "--data-dir", directory.resolve("etcd").toString(),
                "--listen-client-urls", clients, "--advertise-client-urls", clients,
                "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers,
                "--initial-cluster", "default=" + peers));
    }

    private JavaProcess proxy() throws IOException {
        String config = DocumentedBlock.in(PAGE, "haproxy").replace("bind *:5432", "bind 127.0.0.1:" + proxyPort);
        for (PatroniNode node : List.of(first, second)) {
            config = config.replace(node.name + ".example.org:5432 check port 8008",
                    "127.0.0.1:" + node.port + " check port " + node.api);
        }
        return JavaProcess.run(directory, List.of(HAPROXY.toString(), "-db", "-f",
                Files.writeString(directory.resolve("haproxy.cfg"), config).toString()));
    }

    /** @return the documented address without a proxy */
    String addressOfAll() {
        String line = DocumentedBlock.in(PAGE, "list");
        return line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\''))
                .replace("db1.example.org", "127.0.0.1:" + first.port)
                .replace("db2.example.org", "127.0.0.1:" + second.port)
                .replace("/registry", "/postgres");
    }

    String addressOfProxy() {
        return "jdbc:postgresql://127.0.0.1:" + proxyPort + "/postgres";
    }

    PatroniNode leader() {
        return first.isLeader() ? first : second;
    }

    PatroniNode other(PatroniNode node) {
        return node == first ? second : first;
    }

    /** Starts what is not running, and waits for a leader with a synchronous standby. */
    void mend() {
        for (PatroniNode node : List.of(first, second)) {
            if (!node.isRunning()) {
                node.start();
            }
        }
        await().until(() -> leader().isLeader() && other(leader()).isSynchronousStandby());
    }

    void awaitLeader(PatroniNode node) {
        await().until(node::isLeader);
    }

    /** Hands over to the standby, as before an update of the leader. */
    void switchOver() throws IOException, InterruptedException {
        PatroniNode leader = leader();
        run(CONTROL.toString(), "-c", leader.config.toString(), "switchover", "--leader", leader.name, "--candidate",
                other(leader).name, "--force", "registry");
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + "\n" + output);
        }
        return output;
    }

    String output() {
        return "--- db1\n" + first.output() + "\n--- db2\n" + second.output() + "\n--- HAProxy\n" + proxy.output();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try (first; second) {
            proxy.kill();
        } finally {
            etcd.kill();
        }
    }
}
