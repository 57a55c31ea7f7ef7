package org.machineregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients of {@code docs/clients.md}, as they stand there, against the packaged service. */
class ClientsIT {
    private static final Path DOCUMENT = Path.of("src/main/resources/META-INF/openapi.yaml").toAbsolutePath();
    /** What the page's build has installed. */
    private static final Path MODULES = Path.of("src/main/webui/node_modules").toAbsolutePath();
    private static final List<String> SEEN = List.of("1 machine(s)", "build box is online");

    @TempDir
    Path directory;
    private JavaProcess service;
    private String address;

    @BeforeEach
    void the_service_runs() {
        service = StartedService.start(directory, List.of());
        address = "http://localhost:" + service.awaitOutput("is at http://localhost:(\\d+)/");
        StartedService.awaitReady(service);
    }

    @AfterEach
    void it_ends() throws InterruptedException {
        service.close();
    }

    @Test
    void the_typescript_client_has_types_that_hold_and_sees_its_machine_come_and_go() throws Exception {
        Files.createSymbolicLink(directory.resolve("node_modules"), MODULES);
        Files.writeString(directory.resolve("package.json"), "{\"type\":\"module\"}");
        Path client = write("client.ts");

        run("node", MODULES.resolve("openapi-typescript/bin/cli.js").toString(), DOCUMENT.toString(), "-o",
                "contract.d.ts");
        run("node", MODULES.resolve("typescript/bin/tsc").toString(), "--strict", "--noUncheckedIndexedAccess",
                "--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler", "--types", "node",
                "--skipLibCheck", client.toString());
        String output = run("node", "client.js", address);

        assertThat(output.lines()).containsSubsequence(SEEN).contains("it is gone");
    }

    @Test
    void the_java_client_sees_its_machine_come_and_go() throws Exception {
        Path client = write("WatchMachines.java");
        String classes = System.getProperty("java.class.path");

        int compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", classes, "-d",
                directory.toString(), client.toString());
        assertThat(compiled).isZero();
        String output = run(ProcessHandle.current().info().command().orElse("java"), "-cp",
                directory + System.getProperty("path.separator") + classes, "WatchMachines", address);

        assertThat(output.lines()).containsSubsequence(SEEN).contains("it is gone");
    }

    private Path write(String name) throws IOException {
        return Files.writeString(directory.resolve(name), DocumentedBlock.in("docs/clients.md", name));
    }

    private String run(String... command) throws InterruptedException {
        try (JavaProcess program = JavaProcess.run(directory, List.of(command))) {
            assertThat(program.awaitExit()).as(program.output()).isZero();
            return program.output();
        }
    }
}
