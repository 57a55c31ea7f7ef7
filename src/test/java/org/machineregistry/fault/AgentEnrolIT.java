package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

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

/** An agent that registers its machine itself, with an enrolment key. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentEnrolIT {
    @TempDir
    Path directory;
    private Path file;
    private User user;

    @BeforeEach
    void nobody_is_registered(Site site) {
        user = User.at(site.a);
        file = directory.resolve("state/token");
    }

    private JsonNode key(Site site, String more) {
        HttpResponse<String> answer = Api.send(Api.post(site.a, "/api/enrolment-keys", user.session,
                "{\"name\":\"k\"" + more + "}"));
        assertThat(answer.statusCode()).isEqualTo(201);
        return Api.json(answer.body());
    }

    private AgentCommand command(Site site, JsonNode key) throws Exception {
        return AgentCommand.of(site.a, directory).tokenFile(file).with("MACHINE_KEY", key.get("key").textValue());
    }

    private Registered kept() throws Exception {
        String token = Files.readString(file).strip();
        return new Registered(token.split(":")[0], token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox ash", "mksh", "zsh", "ksh93", "yash", "posh"})
    void under_each_shell_a_machine_registers_itself_once(String shell, Site site) throws Exception {
        String[] words = shell.split(" ");
        assumeTrue(NotedPrograms.isInstalled(words[0]), shell + " is not installed");
        JsonNode key = key(site, "");
        for (int start = 0; start < 2; start++) {
            try (Agent agent = command(site, key).under(words).start()) {
                agent.awaitOutput("online as");
                assertThat(agent.isInTheProcessList(key.get("key").textValue())).isFalse();
                assertThat(agent.isInTheProcessList(kept().token().split(":")[1])).isFalse();
                assertThat(agent.stop()).isZero();
            }
        }

        assertThat(user.list(site.a)).containsOnlyKeys(kept().machineId());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void an_agent_that_was_killed_while_it_enrolled_is_no_second_machine(Site site) throws Exception {
        JsonNode key = key(site, "");
        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("online as");
        }
        Registered machine = kept();
        // As if it had been killed between the answer and what follows it.
        Files.move(file, Path.of(file + ".enrolling"));

        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("online as");
        }

        assertThat(kept()).isEqualTo(machine);
        assertThat(user.list(site.a)).containsOnlyKeys(machine.machineId());
    }

    @Test
    void a_machine_that_was_deleted_does_not_come_back_by_itself(Site site) throws Exception {
        JsonNode key = key(site, "");
        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("online as");
            user.delete(site.a, kept());

            assertThat(agent.awaitExit()).isEqualTo(1);
        }

        assertThat(user.list(site.a)).isEmpty();
    }

    @Test
    void a_key_that_is_not_good_any_more_is_said_and_a_machine_that_has_enrolled_needs_none(Site site)
            throws Exception {
        JsonNode key = key(site, "");
        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("online as");
        }
        assertThat(Api.send(Api.request(site.a, "/api/enrolment-keys/" + key.get("keyId").textValue(), user.session)
                .DELETE().build()).statusCode()).isEqualTo(204);

        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("online as");
        }
        file = directory.resolve("other");
        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("could not enrol. This enrolment key was revoked.");
            assertThat(agent.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void without_a_file_for_the_token_or_with_what_is_no_key_it_does_not_start(Site site) throws Exception {
        JsonNode key = key(site, "");
        try (Agent agent = AgentCommand.of(site.a, directory).with("MACHINE_KEY", key.get("key").textValue()).start()) {
            assertThat(agent.awaitExit()).isEqualTo(2);
        }
        try (Agent agent = AgentCommand.of(site.a, directory).tokenFile(file).with("MACHINE_KEY", "mre_$(id)")
                .start()) {
            assertThat(agent.awaitExit()).isEqualTo(2);
        }
        assertThat(user.list(site.a)).isEmpty();
    }

    @Test
    void where_its_token_cannot_be_kept_it_says_so_and_registers_nothing(Site site) throws Exception {
        JsonNode key = key(site, "");
        // Below a file nobody can make anything, root neither.
        Path home = Files.createFile(directory.resolve("file")).resolve("home");
        file = home.resolve(".machine-token");
        try (Agent agent = command(site, key).with("HOME", home.toString()).with("XDG_STATE_HOME", home.toString())
                .start()) {
            assertThat(agent.awaitExit()).isEqualTo(5);

            assertThat(agent.output()).contains("The token file " + file + ".enrolling cannot be written");
        }
        assertThat(user.list(site.a)).isEmpty();
    }

    @Test
    void as_many_machines_as_a_key_allows_come_at_once_to_both_replicas(Site site) throws Exception {
        JsonNode key = key(site, ",\"uses\":5");
        List<Agent> agents = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Path own = Files.createDirectory(directory.resolve("m" + i));
                agents.add(AgentCommand.of(i % 2 == 0 ? site.a : site.b, own).tokenFile(own.resolve("token"))
                        .with("MACHINE_KEY", key.get("key").textValue()).start());
            }
            for (Agent agent : agents) {
                agent.awaitAnyOutput("online as", "used up");
            }
            assertThat(user.list(site.b)).hasSize(5).values().allMatch("online"::equals);
        } finally {
            agents.forEach(Agent::close);
        }
    }

    @Test
    void install_registers_the_machine_and_keeps_its_token_and_not_the_key(Site site) throws Exception {
        JsonNode key = key(site, "");

        try (Agent agent = installer(site, key).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        String settings = Files.readString(directory.resolve("home/.config/machine-agent/environment"));
        String id = user.list(site.a).keySet().iterator().next();
        assertThat(settings).contains("MACHINE_TOKEN='" + id + ":").doesNotContain("mre_");
        // Once more: the machine that is there stays the only one.
        try (Agent agent = installer(site, key).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }
        assertThat(user.list(site.a)).containsOnlyKeys(id);
    }

    @Test
    void an_install_that_was_cut_off_is_no_second_machine(Site site) throws Exception {
        JsonNode key = key(site, ",\"uses\":1");
        // It holds what no settings can hold, so that it ends before it has registered anything.
        try (Agent agent = installer(site, key).with("MACHINE_ASSISTANTS", "echo '3'").start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(5);
        }
        assertThat(user.list(site.a)).isEmpty();
        // It registers, and ends before it has written anything else.
        Path settings = Files.createDirectories(directory.resolve("home/.config/machine-agent/environment.new"));
        try (Agent agent = installer(site, key).start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(5);
        }
        assertThat(user.list(site.a)).hasSize(1);
        Files.delete(settings);

        try (Agent agent = installer(site, key).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        assertThat(user.list(site.a)).hasSize(1);
        try (var files = Files.list(directory.resolve("home/.config/machine-agent"))) {
            assertThat(files).containsExactly(directory.resolve("home/.config/machine-agent/environment"));
        }
    }

    @Test
    void what_cannot_enrol_is_not_installed_and_neither_is_an_image_of_many(Site site) throws Exception {
        JsonNode key = key(site, ",\"uses\":1");
        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("online as");
        }

        try (Agent agent = installer(site, key).start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(5);
            assertThat(agent.output()).contains("could not enrol", "used up");
        }
        try (Agent agent = installer(site, key).with("DESTDIR", directory.toString()).start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(2);
        }
        assertThat(directory.resolve("home/.config/machine-agent/environment")).doesNotExist();
        assertThat(directory.resolve("etc")).doesNotExist();
    }

    @Test
    void install_with_a_key_takes_the_token_that_the_machine_has_and_makes_no_twin(Site site) throws Exception {
        JsonNode key = key(site, "");
        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("online as");
            assertThat(agent.stop()).isZero();
        }

        try (Agent agent = installer(site, key).tokenFile(file).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        assertThat(installed()).isEqualTo(kept());
        assertThat(user.list(site.a)).containsOnlyKeys(kept().machineId());
    }

    @Test
    void install_with_a_key_takes_a_token_that_is_piped_to_it(Site site) throws Exception {
        JsonNode key = key(site, "");
        Registered machine = user.register(site.a);
        try (Agent agent = installer(site, key).with("TOKEN", machine.token())
                .under("sh", "-c", "echo \"$TOKEN\" | MACHINE_TOKEN_FILE=/dev/stdin sh \"$@\"", "sh")
                .start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        assertThat(installed()).isEqualTo(machine);
        assertThat(user.list(site.a)).containsOnlyKeys(machine.machineId());
    }

    @Test
    void install_with_a_key_takes_the_machine_that_was_claimed_by_hand(Site site) throws Exception {
        Path own = directory.resolve("home/.local/state/machine-agent/token");
        Registered machine = user.register(site.a);
        Files.createDirectories(own.getParent());
        Files.writeString(own, machine.token() + "\n");

        try (Agent agent = installer(site, key(site, "")).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        assertThat(installed()).isEqualTo(machine);
        assertThat(user.list(site.a)).containsOnlyKeys(machine.machineId());
        assertThat(own).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state/token.enrolling", "home/.local/state/machine-agent/token.claiming"})
    void install_with_a_key_enrols_with_the_token_that_the_machine_made_before(String made, Site site)
            throws Exception {
        JsonNode key = key(site, "");
        try (Agent agent = command(site, key).start()) {
            agent.awaitOutput("online as");
        }
        Registered machine = kept();
        // As if it had been killed between the answer and what follows it, or while it waited to be claimed.
        Files.createDirectories(directory.resolve(made).getParent());
        Files.move(file, directory.resolve(made));

        try (Agent agent = installer(site, key).tokenFile(file).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        assertThat(installed()).isEqualTo(machine);
        assertThat(user.list(site.a)).containsOnlyKeys(machine.machineId());
        assertThat(directory.resolve(made)).doesNotExist();
    }

    @Test
    void install_with_a_key_keeps_the_installed_token_where_the_named_file_holds_none(Site site) throws Exception {
        JsonNode key = key(site, "");
        try (Agent agent = installer(site, key).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }
        Registered machine = installed();

        try (Agent agent = installer(site, key).tokenFile(file).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        assertThat(installed()).isEqualTo(machine);
        assertThat(user.list(site.a)).containsOnlyKeys(machine.machineId());
    }

    private Registered installed() throws Exception {
        String settings = Files.readString(directory.resolve("home/.config/machine-agent/environment"));
        String token = settings.replaceFirst("(?s).*MACHINE_TOKEN='([^']*)'.*", "$1");
        return new Registered(token.split(":")[0], token);
    }

    /** As an ordinary user of a machine with systemd. */
    private AgentCommand installer(Site site, JsonNode key) throws Exception {
        Path programs = Files.createDirectories(directory.resolve("programs"));
        for (String script : List.of("id echo 1000", "systemctl exit 0", "loginctl exit 0")) {
            String[] words = script.split(" ", 2);
            Path program = Files.writeString(programs.resolve(words[0]), "#!/bin/sh\n" + words[1] + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return AgentCommand.of(site.a, directory)
                .with("MACHINE_KEY", key.get("key").textValue())
                .with("MACHINE_INIT", "systemd")
                .with("HOME", directory.resolve("home").toString())
                .with("PATH", programs + ":" + System.getenv("PATH"));
    }
}
