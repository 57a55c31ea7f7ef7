package org.machineregistry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.machineregistry.StartedService.assertEndsWithOneLine;
import static org.machineregistry.StartedService.awaitReady;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.embedded.EmbeddedDatabase;

/** Starts the jar with nothing configured, and so on a database of its own, and with something wrong. */
class EmbeddedStartIT {

    @TempDir
    static Path directory;

    @BeforeAll
    static void create_the_database_once() {
        EmbeddedDatabase.start(directory.resolve("data")).close();
    }

    @Test
    void it_runs_on_its_own_database_and_starts_again_after_a_kill() throws Exception {
        try (JavaProcess service = StartedService.start(directory, List.of())) {
            awaitReady(service);
            service.kill();
        }

        try (JavaProcess service = StartedService.start(directory, List.of())) {
            awaitReady(service);
        }

        assertFalse(Files.exists(directory.resolve("data/database/postmaster.pid")));
    }

    @ParameterizedTest
    @CsvSource({
            "-Dquarkus.http.port=many, quarkus.http.port",
            "-Dembedded.data-dir=${nowhere}, embedded.data-dir",
            "-Dembedded.data-dir=/proc/nowhere, /proc/nowhere",
    })
    void a_wrong_setting_stops_the_start_with_one_line(String setting, String named) throws Exception {
        assertEndsWithOneLine(directory, named, List.of(setting));
    }

    @Test
    void a_port_in_use_stops_the_start_with_one_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertEndsWithOneLine(directory, "Port " + taken.getLocalPort(),
                    List.of("-Dquarkus.http.port=" + taken.getLocalPort()));
        }
    }
}
