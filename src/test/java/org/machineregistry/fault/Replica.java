package org.machineregistry.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.machineregistry.JavaProcess;
import org.machineregistry.PackagedService;
import org.machineregistry.Ports;

/** A replica of the packaged service, in a process of its own. */
public final class Replica implements Endpoint, AutoCloseable {
    /** What a busy machine makes any service say. */
    public static final Pattern PAUSED = Pattern.compile("stood still|has been blocked for|was away for a moment");

    public final int port = Ports.free();
    public final DatabaseProxy database;
    private final Path directory;
    private final Map<String, String> settings;
    private List<String> wrapper = List.of();
    private Path jar;
    private List<String> more = List.of();
    private JavaProcess process;

    /** One that reaches its database as its settings say. */
    Replica(Path directory, Map<String, String> settings) {
        this(directory, null, settings);
    }

    public Replica(Path directory, DatabaseProxy database, Map<String, String> settings) {
        this.directory = directory;
        this.database = database;
        this.settings = settings;
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Starts it from now on with another program in front, such as {@code env}, which becomes the service. */
    public void wrap(List<String> command) {
        wrapper = List.copyOf(command);
    }

    /** Starts it from now on from another jar, such as that of the version before; from what was built where it is null. */
    public void use(Path other) {
        jar = other;
    }

    /** Starts it from now on with these options, too, such as one for its heap. */
    public void options(List<String> options) {
        more = List.copyOf(options);
    }

    /** Starts it at the port that it had before; does not wait. */
    public void launch() {
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.port=" + port));
        settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
        // The last one of a name counts.
        options.addAll(more);
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(jar == null ? PackagedService.command(options) : PackagedService.command(jar, options));
        process = JavaProcess.run(directory, command);
    }

    public void awaitStart() {
        process.awaitOutput("is at http://localhost:(\\d+)/");
    }

    public void start() {
        launch();
        awaitStart();
    }

    /** Ends it without a word. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Asks it to end. @return its exit code */
    public int terminate() throws InterruptedException, IOException {
        signal("TERM");
        return process.awaitExit();
    }

    /** Waits until it has ended by itself. @return its exit code */
    public int awaitExit() throws InterruptedException {
        return process.awaitExit();
    }

    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    public String output() {
        return process.output();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.kill();
        }
        if (database != null) {
            database.close();
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }
}
