package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** What the agent tells of its machine, and of the assistants that run there. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentAssistantsIT {
    /** Half of the time after which a command that hangs is ended in any case. */
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    @TempDir
    Path directory;
    private User user;
    private Registered machine;

    @BeforeEach
    void registers(Site site) {
        user = User.at(site.a);
        machine = user.register(site.a);
    }

    @Test
    void it_tells_what_the_machine_is_and_who_runs_it(Site site) throws Exception {
        try (Agent agent = command(site).token(machine).start()) {
            agent.awaitOutput("online as machine");

            assertThat(details(site).get("arch").textValue()).isEqualTo(printed("uname", "-m"));
            assertThat(details(site).get("user").textValue()).isEqualTo(printed("id", "-un"));
            assertThat(details(site).get("address").textValue()).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh", "posh", "yash", "zsh"})
    void it_lists_its_assistants_and_tells_what_has_changed(String shell, Site site) throws Exception {
        assumeTrue(NotedPrograms.isInstalled(shell.split(" ")[0]), shell + " is not installed");
        Path list = Files.writeString(directory.resolve("list"), """
                [
                  {"id": "a\\\\1", "name": "\\"one\\" über $x", "state": "busy"},
                  {"id": "b", "state": "idle"}
                ]
                """);
        try (Agent agent = command(site).under(shell.split(" ")).token(machine)
                .with("MACHINE_ASSISTANTS", "cat " + list).with("LC_ALL", "C.UTF-8").start()) {
            awaitAssistants(site, 2);
            JsonNode first = details(site).get("assistants").get(0);
            assertThat(first.get("id").textValue()).isEqualTo("a\\1");
            assertThat(first.get("name").textValue()).isEqualTo("\"one\" über $x");

            Files.writeString(list, "[]");
            awaitAssistants(site, 0);
            Files.writeString(list, "[{\"id\":\"c\"}]");
            agent.awaitOutput("assistants[0].state is needed");
            assertThat(details(site).get("status").textValue()).isEqualTo("online");
            Files.writeString(list, "[{\"id\":\"c\",\"state\":\"failed\"}]");
            awaitAssistants(site, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "bash --posix", "busybox sh", "mksh", "posh", "yash", "zsh", "ksh93"})
    void a_command_that_hangs_keeps_no_machine_offline_and_is_ended_with_the_agent(String shell, Site site)
            throws Exception {
        assumeTrue(NotedPrograms.isInstalled(shell.split(" ")[0]), shell + " is not installed");
        LeftOver sleep = new LeftOver();
        try (sleep;
                LiveList list = new LiveList(site.a, user);
                Agent agent = command(site).under(shell.split(" ")).token(machine)
                        .with("MACHINE_ASSISTANTS", sleep.command() + "; echo 3").start()) {
            agent.awaitOutput("MACHINE_ASSISTANTS took longer than 10 s");
            Awaitility.await().atMost(Agent.PATIENCE).until(sleep::isRunning);
            assertThat(list.wentOffline()).isEmpty();
            assertThat(agent.output()).containsOnlyOnce("online as machine");

            assertThat(agent.stop()).isZero();
            Awaitility.await().atMost(A_MOMENT).until(() -> !sleep.isRunning());
        }
    }

    @Test
    void a_command_that_hangs_is_told_of_once(Site site) throws Exception {
        try (LeftOver sleep = new LeftOver();
                Agent agent = command(site).setting("CALL_SECONDS", 3).token(machine)
                        .with("MACHINE_ASSISTANTS", "echo x >>runs; " + sleep.command()).start()) {
            Awaitility.await().atMost(Agent.PATIENCE).until(() -> runs() > 3);

            assertThat(agent.output()).containsOnlyOnce("MACHINE_ASSISTANTS took longer than 3 s");
        }
    }

    @Test
    void a_command_that_is_slow_is_told_with_a_later_beat(Site site) throws Exception {
        try (Agent agent = command(site).token(machine).with("MACHINE_ASSISTANTS", "sleep 4; echo 3").start()) {
            agent.awaitOutput("online as machine");

            Awaitility.await().atMost(Agent.PATIENCE)
                    .until(() -> details(site).get("assistantCount").intValue() == 3);
            assertThat(agent.output()).doesNotContain("took longer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh", "mksh", "posh", "yash", "zsh", "ksh93"})
    void what_a_command_leaves_running_holds_nothing_up_and_is_ended(String shell, Site site) throws Exception {
        assumeTrue(NotedPrograms.isInstalled(shell.split(" ")[0]), shell + " is not installed");
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        LeftOver sleep = new LeftOver();
        try (sleep;
                LiveList list = new LiveList(site.a, user);
                Agent agent = command(site).under(shell.split(" ")).token(machine).with("TMPDIR", temporary.toString())
                        .with("MACHINE_ASSISTANTS", sleep.command() + " & echo x >>runs; echo 3").start()) {
            list.awaitState("online", Agent.PATIENCE, List.of(machine));
            Awaitility.await().atMost(Agent.PATIENCE).until(() -> runs() > 3);

            assertThat(details(site).get("assistantCount").intValue()).isEqualTo(3);
            assertThat(agent.output()).doesNotContain("took longer");
            assertThat(list.wentOffline()).isEmpty();
            assertThat(agent.stop()).isZero();
            Awaitility.await().atMost(A_MOMENT).until(() -> !sleep.isRunning());
            try (var files = Files.list(temporary)) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void what_a_command_prints_without_an_end_fills_nothing(Site site) throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        try (Agent agent = command(site).token(machine).with("TMPDIR", temporary.toString())
                .with("MACHINE_ASSISTANTS", "echo x >>runs; yes").start()) {
            Awaitility.await().atMost(Agent.PATIENCE).until(() -> runs() > 3);

            assertThat(agent.output()).contains("online as machine").doesNotContain("took longer");
            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    void where_the_temporary_directory_cannot_be_written_the_count_is_told_still(Site site) throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/shm")), "there is no /dev/shm");
        String below = Files.createFile(directory.resolve("file")).resolve("tmp").toString();
        try (Agent agent = command(site).token(machine).with("TMPDIR", below).with("MACHINE_ASSISTANTS", "echo 3")
                .start()) {
            agent.awaitOutput("online as machine");

            Awaitility.await().atMost(Agent.PATIENCE).untilAsserted(
                    () -> assertThat(details(site).get("assistantCount").intValue()).isEqualTo(3));
        }
    }

    @Test
    void where_nothing_can_be_written_at_all_the_machine_is_online_without_a_count(Site site) throws Exception {
        Path mkdir = Files.writeString(Files.createDirectory(directory.resolve("programs")).resolve("mkdir"),
                "#!/bin/sh\necho x >>'" + directory.resolve("runs") + "'\nexit 1\n");
        Files.setPosixFilePermissions(mkdir, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Agent agent = command(site).token(machine).with("PATH", mkdir.getParent() + ":" + System.getenv("PATH"))
                .with("MACHINE_ASSISTANTS", "echo 3").start()) {
            Awaitility.await().atMost(Agent.PATIENCE).until(() -> runs() > 4);

            assertThat(agent.output()).contains("online as machine")
                    .containsOnlyOnce("What MACHINE_ASSISTANTS prints can be kept nowhere");
        }
    }

    /** How often the command has run that writes a line into this file each time. */
    private long runs() throws IOException {
        Path runs = directory.resolve("runs");
        return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
    }

    private void awaitAssistants(Site site, int count) {
        Awaitility.await().atMost(Agent.PATIENCE).untilAsserted(() -> {
            assertThat(details(site).get("assistants")).hasSize(count);
            assertThat(details(site).get("assistantCount").intValue()).isEqualTo(count);
        });
    }

    private static String printed(String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** A sleep that no other test has, so that it is found among all processes. */
    private static final class LeftOver implements AutoCloseable {
        private static final AtomicInteger SECONDS = new AtomicInteger(100_000 + (int) (System.nanoTime() % 900_000));
        private final String seconds = Integer.toString(SECONDS.incrementAndGet());

        String command() {
            return "sleep " + seconds;
        }

        boolean isRunning() {
            return found().findAny().isPresent();
        }

        private Stream<ProcessHandle> found() {
            return ProcessHandle.allProcesses().filter(process -> process.info().arguments()
                    .filter(arguments -> List.of(arguments).contains(seconds)).isPresent());
        }

        @Override
        public void close() {
            found().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private AgentCommand command(Site site) throws Exception {
        return AgentCommand.of(site.a, directory);
    }

    private JsonNode details(Site site) {
        return Api.json(Api
                .send(Api.request(site.a, "/api/machines/" + machine.machineId(), user.session).build()).body());
    }
}
