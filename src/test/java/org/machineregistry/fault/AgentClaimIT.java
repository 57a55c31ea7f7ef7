package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.fault.User.Registered;

/** An agent that has neither token nor key, and a person who claims its machine. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentClaimIT {
    /** All that a claim may need, beside what makes a SHA-256. */
    private static final Set<String> PROGRAMS = Set.of("curl", "cut", "date", "dd", "env", "head", "mkdir", "mv",
            "printf", "pwd", "sed", "sh", "sleep", "tr", "uname");
    private static final String UNCLAIMED = "nobody has claimed this machine yet";

    @TempDir
    Path directory;
    private Path file;
    private Path settings;
    private User user;

    private record Claim(String machineId, String secretHash) {
        private static final Pattern LINK = Pattern
                .compile("(?m)^ *(https?://\\S+/app)#claim=([A-Za-z0-9_-]{21})\\.([A-Za-z0-9_-]{43})$");

        static Claim shownBy(Agent agent) {
            agent.awaitOutput("waits for that for an hour");
            Matcher link = LINK.matcher(agent.output());
            assertThat(link.find()).as(agent.output()).isTrue();
            return new Claim(link.group(2), link.group(3));
        }
    }

    @BeforeEach
    void nobody_has_claimed_anything(Site site) {
        user = User.at(site.a);
        file = directory.resolve(".local/state/machine-agent/token");
        settings = directory.resolve(".config/machine-agent/environment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox ash", "mksh", "zsh", "ksh93", "yash", "posh"})
    void under_each_shell_a_machine_is_online_once_it_is_claimed_and_its_secret_is_seen_nowhere(String shell, Site site)
            throws Exception {
        String[] words = shell.split(" ");
        assumeTrue(NotedPrograms.isInstalled(words[0]), shell + " is not installed");
        NotedPrograms programs = programsWith("sha256sum");
        words[0] = NotedPrograms.installed(words[0]).toString();
        try (Agent agent = command(site).under(words).with("PATH", programs.path()).start()) {
            Claim claim = Claim.shownBy(agent);
            assertThat(user.list(site.a)).isEmpty();
            claim(site, claim);
            agent.awaitOutput("online as claimed");

            assertThat(kept(file).machineId()).isEqualTo(claim.machineId());
            assertThat(user.list(site.a)).containsOnlyKeys(claim.machineId());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(agent.stop()).isZero();
            String secret = kept(file).token().split(":")[1];
            assertThat(programs.notes().lines().filter(line -> line.contains(secret))).isEmpty();
            assertThat(agent.output()).doesNotContain(secret).doesNotContain("not found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shasum", "openssl"})
    void other_programs_make_the_same_hash(String program, Site site) throws Exception {
        assumeTrue(NotedPrograms.isInstalled(program), program + " is not installed");
        try (Agent agent = command(site).with("PATH", programsWith(program).path()).start()) {
            claim(site, Claim.shownBy(agent));

            agent.awaitOutput("online as claimed");
        }
    }

    @Test
    void without_any_of_them_it_names_them_and_keeps_nothing(Site site) throws Exception {
        NotedPrograms programs = programsWith("id");
        programs.add("id", "#!/bin/sh\necho 1000\n");
        try (Agent agent = command(site).with("PATH", programs.path()).start()) {
            assertThat(agent.awaitExit()).isEqualTo(3);
            assertThat(agent.output()).contains("needs sha256sum, shasum or openssl");
        }
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void after_the_time_it_ends_and_started_again_it_is_the_same_machine(Site site) throws Exception {
        Claim first;
        try (Agent agent = command(site).setting("CLAIM_SECONDS", 2).start()) {
            first = Claim.shownBy(agent);
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output()).contains("Nobody has claimed this machine within an hour");
        }
        assertThat(file).doesNotExist();

        try (Agent agent = command(site).start()) {
            assertThat(Claim.shownBy(agent)).isEqualTo(first);
            assertThat(agent.stop()).isZero();
        }
        claim(site, first);
        // Twice: the machine that was claimed while no agent ran, and the one that is known by its token file.
        for (int start = 0; start < 2; start++) {
            try (Agent agent = command(site).start()) {
                agent.awaitOutput("online as claimed");
                assertThat(agent.output()).doesNotContain(UNCLAIMED);
            }
        }
        assertThat(user.list(site.a)).containsOnlyKeys(first.machineId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox ash", "mksh", "zsh", "ksh93", "yash", "posh"})
    void what_the_service_takes_to_answer_counts_as_time_too(String shell, Site site) throws Exception {
        String[] words = shell.split(" ");
        assumeTrue(NotedPrograms.isInstalled(words[0]), shell + " is not installed");
        try (StandIn front = StandIn.overHttp()) {
            front.sayNothing();
            try (Agent agent = command(site).under(words).at(front.address()).setting("CALL_SECONDS", 3)
                    .setting("CLAIM_SECONDS", 6).start()) {
                assertThat(agent.awaitExit()).isEqualTo(1);
                assertThat(agent.output()).contains("Nobody has claimed this machine within an hour");
            }
            // The second one began after five seconds, and took three.
            assertThat(front.requests()).hasSize(2);
        }
    }

    @Test
    void a_machine_that_was_deleted_is_not_claimed_anew_by_itself(Site site) throws Exception {
        try (Agent agent = command(site).start()) {
            claim(site, Claim.shownBy(agent));
            agent.awaitOutput("online as claimed");
            user.delete(site.a, kept(file));

            assertThat(agent.awaitExit()).isEqualTo(1);
        }
        try (Agent agent = command(site).start()) {
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output()).contains("remove " + file).doesNotContain(UNCLAIMED);
        }
    }

    @Test
    void status_shows_the_link_of_a_machine_that_nobody_has_claimed(Site site) throws Exception {
        Claim claim;
        try (Agent agent = command(site).start()) {
            claim = Claim.shownBy(agent);
        }

        try (Agent agent = command(site).start("status")) {
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output()).contains(UNCLAIMED, "#claim=" + claim.machineId() + "." + claim.secretHash());
        }
    }

    @Test
    void install_waits_for_the_claim_and_keeps_the_token_in_one_file(Site site) throws Exception {
        Claim claim;
        try (Agent agent = installer(site).start("install")) {
            claim = Claim.shownBy(agent);
            assertThat(settings).doesNotExist();
            claim(site, claim);

            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }
        assertThat(kept(settings).machineId()).isEqualTo(claim.machineId());
        try (var files = Files.list(file.getParent())) {
            assertThat(files).isEmpty();
        }

        // What is installed keeps the machine online: another agent would be a twin.
        try (Agent agent = command(site).start()) {
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output()).contains("An agent is installed here").doesNotContain(UNCLAIMED);
        }
    }

    @Test
    void install_takes_over_the_machine_that_was_claimed_by_hand(Site site) throws Exception {
        try (Agent agent = command(site).start()) {
            claim(site, Claim.shownBy(agent));
            agent.awaitOutput("online as claimed");
            assertThat(agent.stop()).isZero();
        }
        Registered machine = kept(file);

        try (Agent agent = installer(site).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        assertThat(kept(settings)).isEqualTo(machine);
        assertThat(file).doesNotExist();
    }

    @Test
    void install_takes_over_the_machine_of_an_enrolment_that_was_not_answered(Site site) throws Exception {
        Registered machine = user.register(site.a);
        Path enrolling = Path.of(settings + ".enrolling");
        Files.createDirectories(enrolling.getParent());
        Files.writeString(enrolling, machine.token() + "\n");

        try (Agent agent = installer(site).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
            assertThat(agent.output()).doesNotContain(UNCLAIMED);
        }

        assertThat(settings).content().contains("'" + machine.token() + "'");
        assertThat(enrolling).doesNotExist();
        assertThat(user.list(site.a)).containsOnlyKeys(machine.machineId());
    }

    @Test
    void an_install_that_is_stopped_installs_nothing_and_goes_on_with_the_same_link(Site site) throws Exception {
        Claim first;
        try (Agent agent = installer(site).start("install")) {
            first = Claim.shownBy(agent);

            assertThat(agent.stop()).isEqualTo(5);
        }
        assertThat(settings).doesNotExist();

        try (Agent agent = installer(site).start("install")) {
            assertThat(Claim.shownBy(agent)).isEqualTo(first);
        }
    }

    @Test
    void a_service_that_is_away_is_waited_for(Site site) throws Exception {
        try (Agent agent = command(site).at("http://127.0.0.1:1").start()) {
            agent.awaitOutput("Nothing answers at http://127.0.0.1:1");

            assertThat(agent.output()).doesNotContain(UNCLAIMED);
            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    void at_a_terminal_the_link_is_a_qr_code_too(Site site) throws Exception {
        Path asked = directory.resolve("asked");
        Agent terminal = recordingQrCodes(site, asked)
                .under("sh", "-c", "exec script -qefc \"sh '$1'\" /dev/null", "sh")
                .start();
        try (terminal) {
            Claim claim = Claim.shownBy(terminal);

            assertThat(terminal.output()).contains("a code of squares");
            assertThat(asked).content().endsWith(
                    " " + site.a.url() + "/app#claim=" + claim.machineId() + "." + claim.secretHash() + "\n");
        }
    }

    @Test
    void without_a_terminal_no_qr_code_is_made(Site site) throws Exception {
        Path asked = directory.resolve("asked");
        try (Agent agent = recordingQrCodes(site, asked).start()) {
            Claim.shownBy(agent);

            assertThat(asked).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOME", "XDG_STATE_HOME"})
    void where_its_token_cannot_be_kept_it_says_so_and_shows_no_link(String variable, Site site) throws Exception {
        // Below a file nobody can make anything, root neither.
        Path below = Files.createFile(directory.resolve("file")).resolve("home");
        try (Agent agent = command(site).with(variable, below.toString()).start()) {
            assertThat(agent.awaitExit()).isEqualTo(5);

            assertThat(agent.output()).contains("The token file " + below, "cannot be written")
                    .doesNotContain(UNCLAIMED);
        }
    }

    private void claim(Site site, Claim claim) {
        HttpResponse<String> answer = Api.send(Api.post(site.b, "/api/machines", user.session,
                "{\"name\":\"claimed\",\"machineId\":\"" + claim.machineId() + "\",\"secretHash\":\""
                        + claim.secretHash() + "\"}"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static Registered kept(Path file) throws IOException {
        Matcher token = Pattern.compile("([A-Za-z0-9_-]{21}):[A-Za-z0-9]{40}").matcher(Files.readString(file));
        assertThat(token.find()).isTrue();
        return new Registered(token.group(1), token.group());
    }

    private NotedPrograms programsWith(String program) throws IOException {
        NotedPrograms programs = new NotedPrograms(directory, PROGRAMS);
        programs.add(program, "#!/bin/sh\nexec " + NotedPrograms.installed(program) + " \"$@\"\n");
        programs.add("id", "#!/bin/sh\necho 1000\n");
        // What shasum is written in.
        programs.add("perl", "#!/bin/sh\nexec /usr/bin/perl \"$@\"\n");
        return programs;
    }

    /** As an ordinary user, of a machine that asks oftener than a real one. */
    private AgentCommand command(Site site) throws IOException {
        Path programs = Files.createDirectories(directory.resolve("user"));
        for (String script : List.of("id echo 1000", "systemctl exit 0", "loginctl exit 0")) {
            String[] words = script.split(" ", 2);
            Path program = Files.writeString(programs.resolve(words[0]), "#!/bin/sh\n" + words[1] + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return AgentCommand.of(site.a, directory)
                .setting("CLAIM_PAUSE", 2)
                .with("PATH", programs + ":" + System.getenv("PATH"));
    }

    /** With a qrencode that writes down what it is asked for. */
    private AgentCommand recordingQrCodes(Site site, Path asked) throws IOException {
        AgentCommand command = command(site);
        Path program = Files.writeString(directory.resolve("user/qrencode"),
                "#!/bin/sh\necho \"$*\" >>'" + asked + "'\necho a code of squares\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return command;
    }

    private AgentCommand installer(Site site) throws IOException {
        return command(site).with("MACHINE_INIT", "systemd");
    }
}
