package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.Ports;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** What the agent says to people, and machines that are not as most are. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentMachineIT {
    private static final int A_YEAR = 365 * 24 * 3600;

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
    void it_says_what_it_does_in_steps(Site site) throws Exception {
        try (Agent agent = command(site).token(machine).start()) {
            agent.awaitOutput("online as machine, with a heartbeat each 1 s");
            assertThat(agent.stop()).isZero();

            assertThat(agent.output()).containsSubsequence("for " + site.a.url(), "connects the machine "
                    + machine.machineId() + " with the token from MACHINE_TOKEN", "online as machine", "disconnected");
        }
    }

    @ParameterizedTest
    @CsvSource({"--help, MACHINE_TOKEN_FILE=/etc/machine-token sh agent.sh", "-h, sh agent.sh status",
            "--version, agent.sh 1.", "-V, agent.sh 1."})
    void it_explains_itself_without_a_token(String argument, String words, Site site) throws Exception {
        try (Agent agent = command(site).start(argument)) {
            assertThat(agent.awaitExit()).isZero();
            assertThat(agent.output()).contains(words, site.a.url());
        }
    }

    @Test
    void it_takes_no_token_from_its_arguments_and_does_not_repeat_it(Site site) throws Exception {
        try (Agent agent = command(site).start(machine.token())) {
            assertThat(agent.awaitExit()).isEqualTo(2);
            assertThat(agent.output()).contains("A token does not belong into the arguments")
                    .doesNotContain(machine.token());
        }
    }

    @Test
    void status_says_that_there_is_no_token(Site site) throws Exception {
        try (Agent agent = command(site).start("status")) {
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output()).contains("There is no token: set MACHINE_TOKEN or MACHINE_TOKEN_FILE");
        }
    }

    @Test
    void status_says_that_all_is_well_and_changes_nothing(Site site) throws Exception {
        try (Agent agent = command(site).token(machine).start("status")) {
            assertThat(agent.awaitExit()).isZero();

            assertThat(agent.output()).contains("The service is reached, and the token is good.", machine.machineId());
            assertThat(user.list(site.a)).containsEntry(machine.machineId(), "never_connected");
        }
    }

    @Test
    void status_takes_no_agents_place(Site site) throws Exception {
        try (Agent agent = command(site).token(machine).start()) {
            agent.awaitOutput("online as machine");
            try (Agent status = command(site).token(machine).start("status")) {
                assertThat(status.awaitExit()).isZero();
            }
            JsonNode details = details(site);

            assertThat(details.get("status").textValue()).isEqualTo("online");
            assertThat(details.path("sharedBy")).isEmpty();
            assertThat(agent.isRunning()).isTrue();
        }
    }

    @Test
    void status_tells_a_token_that_is_not_good_from_a_service_that_is_not_reached(Site site) throws Exception {
        try (Agent status = command(site).with("MACHINE_TOKEN", machine.token() + "x").start("status")) {
            assertThat(status.awaitExit()).isEqualTo(1);
            assertThat(status.output()).contains("The service is reached, and the token is not good (any more).");
        }
        String nowhere = "http://127.0.0.1:" + Ports.free();
        try (Agent status = command(site).at(nowhere).token(machine).start("status")) {
            assertThat(status.awaitExit()).isEqualTo(4);
            assertThat(status.output()).contains("Nothing answers at " + nowhere);
        }
    }

    @Test
    void of_a_directory_with_a_long_name_the_beginning_is_told(Site site) throws Exception {
        String deep = ("/" + "d".repeat(199)).repeat(6);
        try (Agent agent = command(site)
                .under("sh", "-c", "mkdir -p \"$0\" && cd \"$0\" && exec dash \"$@\"", directory + deep)
                .token(machine)
                .start()) {
            agent.awaitOutput("online as machine");

            assertThat(details(site).get("rootDirectory").textValue()).hasSize(1024)
                    .isEqualTo((directory.toRealPath() + deep).substring(0, 1024));
        }
    }

    @Test
    void a_directory_is_told_as_it_is_where_it_is_utf_8(Site site) throws Exception {
        try (Agent agent = command(site)
                .under("sh", "-c", "d=$(printf '%b' \"$0\") && mkdir -p \"$d\" && cd \"$d\" && exec dash \"$@\"",
                        directory + "/\\0303\\0274ber \"alles\" \\0344\\0270\\0255 \\0134")
                .token(machine)
                .start()) {
            agent.awaitOutput("online as machine");

            assertThat(details(site).get("rootDirectory").textValue()).endsWith("/\u00fcber \"alles\" \u4e2d \\");
        }
    }

    @ParameterizedTest
    @CsvSource({"echo '  7', 7", "echo 007, 7", "echo 100001, 0", "echo 99999999999999999999, 0", "echo many, 0",
            "false, 0"})
    void an_odd_count_of_assistants_keeps_no_machine_offline(String assistants, int count, Site site) throws Exception {
        try (Agent agent = command(site).token(machine).with("MACHINE_ASSISTANTS", assistants).start()) {
            agent.awaitOutput("online as machine");

            // A beat goes on without what a busy machine counts late; the next one has it.
            Awaitility.await().atMost(Agent.PATIENCE).untilAsserted(
                    () -> assertThat(details(site).get("assistantCount").intValue()).isEqualTo(count));
        }
    }

    @Test
    void it_needs_no_od_and_no_option_that_an_old_curl_has_not(Site site) throws Exception {
        NotedPrograms programs = new NotedPrograms(directory, Set.of("cut", "date", "dd", "env", "head", "pwd", "sed",
                "sleep", "tr", "uname"));
        programs.add("curl", """
                #!/bin/sh
                case " $* " in
                  *' --data-raw '* | *' --json '* | *' --fail-with-body '* | *exitcode* | *header_json*)
                    echo 'curl: option is unknown' >&2
                    exit 2 ;;
                esac
                exec %s "$@"
                """.formatted(NotedPrograms.installed("curl")));
        try (Agent agent = command(site).under("/bin/sh").with("PATH", programs.path()).token(machine).start()) {
            agent.awaitOutput("online as machine");
            assertThat(agent.stop()).isZero();

            assertThat(agent.output()).doesNotContain("not found");
        }
    }

    @Test
    void it_says_that_curl_is_needed_where_there_is_only_wget(Site site) throws Exception {
        NotedPrograms programs = new NotedPrograms(directory, Set.of("date"));
        programs.add("wget", "#!/bin/sh\nexit 1\n");
        try (Agent agent = command(site).under("/bin/sh").with("PATH", programs.path()).token(machine).start()) {
            assertThat(agent.awaitExit()).isEqualTo(3);
            assertThat(agent.output()).contains("curl is needed and not here: install the package curl.");
        }
    }

    @Test
    void it_stays_online_while_its_clock_jumps_a_year_to_and_fro(Site site) throws Exception {
        FakeClock clock = new FakeClock(directory, "agent", FakeClock.Reading.ALWAYS);
        try (LiveList list = new LiveList(site.a, user);
                Agent agent = command(site).with(clock.environment()).token(machine).start()) {
            list.awaitState("online", Agent.PATIENCE, List.of(machine));

            clock.step(A_YEAR);
            Awaitility.await().during(Duration.ofSeconds(Site.TTL_SECONDS + 4)).atMost(Duration.ofSeconds(20))
                    .until(list::wentOffline, List::isEmpty);
            clock.step(-A_YEAR);
            Awaitility.await().during(Duration.ofSeconds(Site.TTL_SECONDS + 4)).atMost(Duration.ofSeconds(20))
                    .until(list::wentOffline, List::isEmpty);

            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    void with_a_token_it_is_online_where_nothing_can_be_kept(Site site) throws Exception {
        // Below a file nobody can make anything, root neither.
        String below = Files.createFile(directory.resolve("file")).resolve("home").toString();
        try (Agent agent = command(site).with("HOME", below).with("XDG_STATE_HOME", below).token(machine).start()) {
            agent.awaitOutput("online as machine");

            assertThat(agent.stop()).isZero();
            assertThat(agent.output()).contains("disconnected").doesNotContain(below);
        }
    }

    @Test
    void a_laptop_that_slept_is_online_again_by_itself(Site site) throws Exception {
        try (LiveList list = new LiveList(site.a, user);
                Agent agent = command(site).under("setsid", "sh").token(machine).start()) {
            list.awaitState("online", Agent.PATIENCE, List.of(machine));

            agent.freeze();
            list.awaitState("missed_heartbeats", Agent.PATIENCE, List.of(machine));
            agent.thaw();

            // A call that the sleep cut off is given up first, and tried again after a pause of two seconds at most.
            list.awaitState("online", Duration.ofSeconds(10), List.of(machine));
            assertThat(agent.isRunning()).isTrue();
            assertThat(agent.output()).containsOnlyOnce("connects the machine " + machine.machineId());
            assertThat(agent.stop()).isZero();
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
