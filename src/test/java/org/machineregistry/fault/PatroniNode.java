package org.machineregistry.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.machineregistry.JavaProcess;
import org.machineregistry.Ports;

/** A server of a cluster: Patroni and the PostgreSQL that it runs, which a test may cut off from power. */
final class PatroniNode implements AutoCloseable {
    private static final String PROGRAM = "/usr/bin/patroni";
    /** Neither Patroni nor PostgreSQL runs as root. */
    private static final String USER = "postgres";
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    final String name;
    final int port = Ports.free();
    final int api = Ports.free();
    final Path config;
    private final Path directory;
    private JavaProcess patroni;

    /** @param text its configuration, but for what only the node knows */
    PatroniNode(Path parent, String name, String text) throws IOException {
        this.name = name;
        directory = Files.createDirectory(parent.resolve(name));
        config = Files.writeString(directory.resolve("patroni.yml"), text.replace("{name}", name)
                .replace("{port}", String.valueOf(port))
                .replace("{api}", String.valueOf(api))
                .replace("{directory}", directory.toString()));
        if (IS_ROOT) {
            UserPrincipal owner = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
            Files.setOwner(directory, owner);
        }
    }

    void start() {
        List<String> command = new ArrayList<>();
        if (IS_ROOT) {
            // It becomes Patroni, so that a signal to it reaches Patroni.
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--reset-env"));
        }
        command.addAll(List.of(PROGRAM, config.toString()));
        patroni = JavaProcess.run(directory, command);
    }

    boolean isRunning() {
        return patroni != null && patroni.isAlive();
    }

    boolean isLeader() {
        return answers("primary");
    }

    /** Whether the leader acknowledges a transaction only once this node has written it, too. */
    boolean isSynchronousStandby() {
        return answers("synchronous");
    }

    private boolean answers(String question) {
        return isRunning() && Api.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api + "/" + question))
                .build()).statusCode() == 200;
    }

    /** Ends all that it runs at once, as a power cut does. */
    void kill() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-KILL"));
        Stream.concat(ProcessHandle.of(patroni.pid()).stream(), postmaster().stream())
                .flatMap(PatroniNode::tree)
                .map(process -> String.valueOf(process.pid())).distinct().forEach(command::add);
        if (command.size() > 2) {
            new ProcessBuilder(command).start().waitFor();
        }
        patroni.kill();
    }

    private static Stream<ProcessHandle> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    /** It is no child of Patroni's, which may end without it. */
    private Optional<ProcessHandle> postmaster() throws IOException {
        Path file = directory.resolve("data/postmaster.pid");
        return Files.exists(file)
                ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).trim()))
                : Optional.empty();
    }

    String output() {
        return patroni.output();
    }

    /** Patroni stops its PostgreSQL before it ends. What is left of both is ended at once. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (patroni == null) {
            return;
        }
        try {
            patroni.terminate();
        } finally {
            kill();
        }
    }
}
