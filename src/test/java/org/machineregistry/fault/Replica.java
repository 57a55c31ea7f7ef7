package org.machineregistry.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.machineregistry.JavaProcess;

/** A replica of the packaged service, in a process of its own: the native executable where there is one. */
final class Replica implements AutoCloseable {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

    final int port = Ports.free();
    final DatabaseProxy database;
    private final Path directory;
    private final Map<String, String> settings;
    private JavaProcess process;

    Replica(Path directory, DatabaseProxy database, Map<String, String> settings) {
        this.directory = directory;
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
        List<String> command = new ArrayList<>(program());
        int jar = command.indexOf("-jar");
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.port=" + port));
        settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
        command.addAll(jar < 0 ? command.size() : jar, options);
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

    private static List<String> program() {
        String executable = System.getProperty("native.image.path", "");
        if (!executable.isEmpty() && Files.isExecutable(Path.of(executable))) {
            return List.of(executable);
        }
        return List.of(ProcessHandle.current().info().command().orElse("java"), "-XX:TieredStopAtLevel=1", "-Xmx256m",
                "-jar", JAR.toString());
    }
}
