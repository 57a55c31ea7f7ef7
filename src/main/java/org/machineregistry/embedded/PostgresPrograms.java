package org.machineregistry.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.zonky.test.db.postgres.util.LinuxUtils;

/** Runs initdb and pg_ctl to their end. */
final class PostgresPrograms {

    private final Path directory;

    PostgresPrograms(Path directory) {
        this.directory = directory;
    }

    Result run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it does.
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(directory.resolve(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(exitCode(process), output);
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("The service was stopped while it started the embedded PostgreSQL", e);
        }
    }

    record Result(int exitCode, String output) {

        boolean failed() {
            return exitCode != 0;
        }

        /** The line that says what went wrong, as PostgreSQL puts it. */
        String reason() {
            return output.lines()
                    .filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:"))
                    .map(line -> line.replaceFirst("^.*?(FATAL|PANIC|error): +", ""))
                    .reduce((first, last) -> last)
                    .orElseGet(() -> output.lines()
                            .filter(line -> !line.isBlank())
                            .reduce((first, last) -> last)
                            .orElse("no reason given"));
        }
    }
}
