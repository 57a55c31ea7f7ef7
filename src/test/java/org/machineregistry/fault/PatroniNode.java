package org.machineregistry.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.machineregistry.JavaProcess;

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
        Stream.concat(tree(ProcessHandle.of(patroni.pid()).orElseThrow()), tree(postmaster()))
                .map(process -> String.valueOf(process.pid())).distinct().forEach(command::add);
        new ProcessBuilder(command).start().waitFor();
        patroni.kill();
    }

    private static Stream<ProcessHandle> tree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    /** It is no child of Patroni's, which may end without it. */
    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0).trim();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    String output() {
        return patroni.output();
    }

    /** Patroni stops its PostgreSQL before it ends. */
    @Override
    public void close() throws InterruptedException {
        if (isRunning()) {
            patroni.terminate();
        }
    }
}
