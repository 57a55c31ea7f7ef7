package org.machineregistry.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.machineregistry.fault.User.Registered;

/** A running agent.sh. */
final class Agent implements AutoCloseable {
    /** It may have had to wait for its longest pause and for a call that nobody answered. */
    static final Duration PATIENCE = Duration.ofMinutes(1);
    private final Process process;
    private final Path output;

    Agent(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Path download(Replica replica, Path directory) throws IOException {
        String script = Api.send(Api.request(replica, "/agent.sh", null).build()).body();
        return Files.writeString(directory.resolve("agent.sh"), script);
    }

    static Agent start(String shell, Replica replica, Registered machine, Path directory) throws IOException {
        return AgentCommand.of(replica, directory).under(shell).token(machine).start();
    }

    void awaitOutput(String expected) {
        awaitAnyOutput(expected);
    }

    void awaitAnyOutput(String... expected) {
        Awaitility.await()
                .alias(String.join(" or ", expected))
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(this::output, output -> Stream.of(expected).anyMatch(output::contains));
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** What is no UTF-8 in it is replaced: posh 0.14 quotes bytes of its memory where it takes them for an option of {@code wait}. */
    String output() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether any user of this host could read the token, here and now. */
    boolean isInTheProcessList(String token) {
        return process.descendants().anyMatch(child -> commandLine(child).contains(token))
                || commandLine(process.toHandle()).contains(token);
    }

    private static String commandLine(ProcessHandle handle) {
        try {
            return Files.readString(Path.of("/proc/" + handle.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Ends it as a supervisor does. @return its exit code */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Holds it and all that it started, as a machine that sleeps does. It must lead a group of its own: {@code setsid}. */
    void freeze() throws IOException, InterruptedException {
        signalGroup("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signalGroup("CONT");
    }

    private void signalGroup(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, "--", "-" + process.pid()).start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("The agent leads no group that could be sent " + signal);
        }
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            // A shell whose child is killed would start the next one, which nobody ends.
            if (process.isAlive()) {
                freeze();
            }
        } catch (IOException | InterruptedException | IllegalStateException ended) {
            // It ended by itself meanwhile.
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
