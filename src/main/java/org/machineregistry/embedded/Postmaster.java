package org.machineregistry.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The server process. It outlives a killed service, so its pid file tells whether it runs, not the child that started it. */
final class Postmaster {

    private static final int ATTEMPTS = 5;
    private static final String NO_PROCESS = String.valueOf(Integer.MAX_VALUE);

    private final PostgresPrograms programs;
    private final Path files;
    private final Path log;

    Postmaster(PostgresPrograms programs, Path files, Path log) {
        this.programs = programs;
        this.files = files;
        this.log = log;
    }

    /** Returns the port, on the loopback interface. */
    int startOnFreePort() throws IOException {
        for (int attempt = 1;; attempt++) {
            int port = freePort();
            var result = tryStart(port);
            if (!result.failed()) {
                return port;
            }
            requireAnotherAttempt(attempt, result);
        }
    }

    void startOn(int port) throws IOException {
        for (int attempt = 1;; attempt++) {
            var result = tryStart(port);
            if (!result.failed()) {
                return;
            }
            requireAnotherAttempt(attempt, result);
        }
    }

    boolean isRunning() throws IOException {
        return process().filter(this::isThisServer).isPresent();
    }

    void stop() throws IOException {
        Optional<ProcessHandle> server = process();
        if (server.isEmpty()) {
            return;
        }
        if (!isThisServer(server.get())) {
            forgetProcess();
        } else if (stop("fast", 20).failed() && stop("immediate", 10).failed()) {
            server.get().destroyForcibly();
        }
    }

    // The number belongs to another program since, or to a dead process that nobody buries; PostgreSQL would take that
    // for a server. The rest of the file stays: it is how PostgreSQL finds processes that still use the old memory.
    private void forgetProcess() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(pidFile()));
        lines.set(0, NO_PROCESS);
        Files.write(pidFile(), lines);
    }

    // A start that was cut off may still be under way and win; then it is stopped, and the next attempt is alone.
    private PostgresPrograms.Result tryStart(int port) throws IOException {
        stop();
        Files.deleteIfExists(log);
        var result = programs.run("pg_ctl", "start", "-D", files.toString(), "-l", log.toString(), "-w", "-t", "600",
                "-o", options(port));
        if (!result.failed() || !Files.exists(log)) {
            return result;
        }
        return new PostgresPrograms.Result(result.exitCode(), Files.readString(log));
    }

    private void requireAnotherAttempt(int attempt, PostgresPrograms.Result result) {
        if (attempt == ATTEMPTS) {
            throw EmbeddedDatabaseException.at(files.getParent(), result.reason());
        }
        Pause.milliseconds(200);
    }

    private PostgresPrograms.Result stop(String mode, int seconds) throws IOException {
        return programs.run("pg_ctl", "stop", "-D", files.toString(), "-m", mode, "-w", "-t", String.valueOf(seconds));
    }

    private static String options(int port) {
        return String.join(" ", "-p", String.valueOf(port),
                "-c listen_addresses=127.0.0.1 -c unix_socket_directories=",
                "-c fsync=on -c full_page_writes=on -c synchronous_commit=on",
                // The service reports its own failed statements; only what the server itself has to say is kept.
                "-c log_min_messages=log -c log_checkpoints=off -c logging_collector=off");
    }

    private Optional<ProcessHandle> process() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        return Files.readAllLines(pidFile())
                .stream()
                .findFirst()
                .map(String::trim)
                .filter(line -> line.matches("\\d+"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .filter(ProcessHandle::isAlive);
    }

    private boolean isThisServer(ProcessHandle process) {
        var info = process.info();
        return info.command().filter(command -> command.contains("postgres")).isPresent()
                && info.arguments().filter(given -> Arrays.asList(given).contains(files.toString())).isPresent();
    }

    private Path pidFile() {
        return files.resolve("postmaster.pid");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
