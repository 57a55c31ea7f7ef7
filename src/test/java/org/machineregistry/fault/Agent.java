package org.machineregistry.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.machineregistry.fault.User.Registered;

/** A running agent.sh. */
final class Agent implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Agent(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Path download(Replica replica, Path directory) throws IOException {
        String script = Api.send(Api.request(replica, "/agent.sh", null).build()).body();
        return Files.writeString(directory.resolve("agent.sh"), script);
    }

    static Agent start(String shell, Replica replica, Registered machine, Path directory) throws IOException {
        Path script = download(replica, directory);
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(shell, script.toString()).directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("MACHINE_TOKEN", machine.token());
        return new Agent(builder.start(), output);
    }

    String output() {
        try {
            return Files.readString(output);
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

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
