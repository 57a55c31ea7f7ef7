package org.machineregistry.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.machineregistry.JavaProcess;
import org.machineregistry.PackagedService;

/** A replica of the packaged service, in a process of its own. */
final class Replica implements AutoCloseable {
    final int port = Ports.free();
    final DatabaseProxy database;
    private final Path directory;
    private final Map<String, String> settings;
    private final String shell;
    private JavaProcess process;

    /** @param shell the command that starts it, as a line of a shell whose arguments it is */
    Replica(Path directory, DatabaseProxy database, Map<String, String> settings, String shell) {
        this.directory = directory;
        this.shell = shell;
        this.database = database;
        this.settings = settings;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Starts it at the port that it had before; does not wait. */
    void launch() {
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.port=" + port));
        settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
        List<String> command = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
        command.addAll(PackagedService.command(options));
        process = JavaProcess.run(directory, command);
    }

    void awaitStart() {
        process.awaitOutput("is at http://localhost:(\\d+)/");
    }

    void start() {
        launch();
        awaitStart();
    }

    /** Ends it without a word. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Asks it to end. @return its exit code */
    int terminate() throws InterruptedException, IOException {
        signal("TERM");
        return process.awaitExit();
    }

    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.kill();
        }
        database.close();
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }
}
