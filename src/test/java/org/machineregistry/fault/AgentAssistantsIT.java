package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** What the agent tells of its machine, and of the assistants that run there. */
@ExtendWith(Site.Extension.class)
class AgentAssistantsIT {
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

    private AgentCommand command(Site site) throws Exception {
        return AgentCommand.of(site.a, directory);
    }

    private JsonNode details(Site site) {
        return Api.json(Api
                .send(Api.request(site.a, "/api/machines/" + machine.machineId(), user.session).build()).body());
    }
}
