package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.Ports;
import org.machineregistry.fault.User.Registered;
import org.w3c.dom.Document;

/** The agent as a service that starts with the machine: installed into the image of one, and started as that machine would. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentInstallIT {
    private static final String SETTINGS = "etc/machine-agent/environment";
    private static final String SCRIPT = "usr/local/lib/machine-agent/agent.sh";
    private static final String SYSTEMD_UNIT = "etc/systemd/system/machine-agent.service";
    private static final String OPENRC_SCRIPT = "etc/init.d/machine-agent";
    private static final String LAUNCHD_LIST = "Library/LaunchDaemons/org.machineregistry.agent.plist";

    @TempDir
    Path directory;
    private Path image;
    private User user;
    private Registered machine;

    @BeforeEach
    void registers(Site site) throws IOException {
        user = User.at(site.a);
        machine = user.register(site.a);
        image = Files.createDirectory(directory.resolve("image"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox ash", "mksh", "zsh", "ksh93", "yash", "posh"})
    void what_each_shell_installs_is_online_once_the_machine_starts(String shell, Site site) throws Exception {
        String[] words = shell.split(" ");
        assumeTrue(NotedPrograms.isInstalled(words[0]), shell + " is not installed");
        assertThat(install(site, words)).contains("installed in " + image, machine.machineId());

        try (LiveList list = new LiveList(site.a, user); Agent agent = startAsInstalled(site)) {
            list.awaitState("online", Agent.PATIENCE, List.of(machine));
            assertThat(agent.isInTheProcessList(machine.token())).isFalse();
            assertThat(agent.stop()).isZero();
            list.awaitState("disconnected", Duration.ofSeconds(Site.TTL_SECONDS), List.of(machine));
        }
    }

    @Test
    void only_its_owner_can_read_the_token_which_stands_in_one_file_alone(Site site) throws Exception {
        for (String manager : List.of("systemd", "openrc", "launchd")) {
            assertThat(run(command(site).token(machine).with("MACHINE_INIT", manager), "install")).isZero();
        }

        assertThat(files().filter(file -> text(file).contains(machine.token()))).containsExactly(
                image.resolve(SETTINGS));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image.resolve(SETTINGS))))
                .isEqualTo("rw-------");
    }

    @Test
    void systemd_finds_nothing_wrong_with_the_unit(Site site) throws Exception {
        assumeTrue(NotedPrograms.isInstalled("systemd-analyze"), "systemd-analyze is not installed");
        install(site, "sh");

        Process verify = new ProcessBuilder("systemd-analyze", "verify", image.resolve(SYSTEMD_UNIT).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes());

        // What it says of the machine that the test runs on is no matter of the unit.
        assertThat(said.lines().filter(line -> line.contains("machine-agent.service:"))).isEmpty();
        assertThat(Files.readSymbolicLink(image.resolve("etc/systemd/system/multi-user.target.wants")
                .resolve("machine-agent.service"))).isEqualTo(Path.of("/" + SYSTEMD_UNIT));
    }

    @Test
    void systemd_starts_it_again_but_not_with_a_token_that_is_not_good(Site site) throws Exception {
        install(site, "sh");

        assertThat(image.resolve(SYSTEMD_UNIT)).content().contains("\n[Service]\n", "\nRestart=on-failure\n",
                "\nRestartPreventExitStatus=1\n", "\nRestartSec=10\n");
    }

    /** User 0 is root, of whom it is a service of the machine. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "systemd|0|systemctl daemon-reload, systemctl enable --quiet machine-agent, systemctl restart machine-agent"
                    + "|systemctl disable --quiet --now machine-agent, systemctl daemon-reload",
            "systemd|1000|systemctl --user daemon-reload, systemctl --user enable --quiet machine-agent, "
                    + "systemctl --user restart machine-agent, loginctl enable-linger"
                    + "|systemctl --user disable --quiet --now machine-agent, systemctl --user daemon-reload",
            "openrc|0|rc-update -q add machine-agent default, rc-service machine-agent restart"
                    + "|rc-service machine-agent stop, rc-update -q del machine-agent default",
            "launchd|1000|launchctl bootout gui/1000/org.machineregistry.agent, "
                    + "launchctl bootstrap gui/1000 IMAGE/Library/LaunchAgents/org.machineregistry.agent.plist"
                    + "|launchctl bootout gui/1000/org.machineregistry.agent",
            "launchd|0|launchctl bootout system/org.machineregistry.agent, "
                    + "launchctl bootstrap system IMAGE/Library/LaunchDaemons/org.machineregistry.agent.plist"
                    + "|launchctl bootout system/org.machineregistry.agent"})
    void what_starts_services_is_told_to_start_it_and_to_stop_it(String manager, int userId, String started,
            String stopped, Site site) throws Exception {
        assertThat(run(installer(site, manager, userId).token(machine), "install")).isZero();
        List<String> whenInstalled = calls();
        assertThat(run(installer(site, manager, userId), "uninstall")).isZero();

        assertThat(whenInstalled).containsExactly(started.split(", "));
        assertThat(calls().stream().skip(whenInstalled.size())).containsExactly(stopped.split(", "));
        assertThat(files()).isEmpty();
    }

    @Test
    void launchd_takes_the_agent_once_it_has_stopped_the_old_one(Site site) throws Exception {
        AgentCommand command = installer(site, "launchd", 0).token(machine);
        Path asked = directory.resolve("asked");
        program("launchctl", """
                [ "$1" = bootstrap ] || exit 0
                echo x >>'%s'
                [ "$(wc -l <'%s')" -gt 2 ] || { echo 'Bootstrap failed: 5: Input/output error' >&2; exit 5; }
                """.formatted(asked, asked));

        try (Agent agent = command.start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
            assertThat(agent.output()).contains("installed by launchd, and started").doesNotContain("Bootstrap failed");
        }
        assertThat(asked).content().isEqualTo("x\nx\nx\n");
    }

    @Test
    void what_launchd_does_not_take_for_long_is_said(Site site) throws Exception {
        AgentCommand command = installer(site, "launchd", 0).token(machine).setting("BOOTSTRAP_TRIES", 3);
        program("launchctl", "echo 'Bootstrap failed: 5: Input/output error' >&2; exit 5");

        try (Agent agent = command.start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(5);
            assertThat(agent.output()).containsOnlyOnce("Bootstrap failed").contains("launchd could not start it");
        }
    }

    @Test
    void an_install_that_cannot_be_started_says_so(Site site) throws Exception {
        AgentCommand command = installer(site, "systemd", 0).token(machine);
        program("systemctl", "exit 1");
        try (Agent agent = command.start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(5);
            assertThat(agent.output()).contains("systemd could not start it");
        }
    }

    @Test
    void a_shell_and_a_parser_can_read_what_is_for_openrc_and_launchd(Site site) throws Exception {
        run(command(site).token(machine).with("MACHINE_INIT", "openrc"), "install");
        run(command(site).token(machine).with("MACHINE_INIT", "launchd"), "install");

        assertThat(new ProcessBuilder("sh", "-n", image.resolve(OPENRC_SCRIPT).toString()).start().waitFor()).isZero();
        assertThat(image.resolve(OPENRC_SCRIPT)).isExecutable();
        assertThat(image.resolve("etc/runlevels/default/machine-agent")).isSymbolicLink();
        assertThat(launchd().getElementsByTagName("array").item(0).getTextContent())
                .contains("/" + SETTINGS, "/" + SCRIPT);
    }

    @Test
    void launchd_does_not_start_again_what_the_service_refuses_for_good(Site site) throws Exception {
        assertThat(run(command(site).token(machine).with("MACHINE_INIT", "launchd"), "install")).isZero();
        user.delete(site.a, machine);

        try (Agent agent = startedByLaunchd(site)) {
            // It starts again what ended with another code, as the list says.
            assertThat(agent.awaitExit()).isZero();
            assertThat(agent.output()).contains("the token is not good (any more)");
        }
        assertThat(image.resolve(LAUNCHD_LIST)).content()
                .contains("<key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>");
    }

    @Test
    void openrc_gives_up_what_ends_at_once_again_and_again(Site site) throws Exception {
        run(command(site).token(machine).with("MACHINE_INIT", "openrc"), "install");

        assertThat(image.resolve(OPENRC_SCRIPT)).content()
                .contains("\nrespawn_delay=10\nrespawn_max=2\nrespawn_period=60\n");
    }

    @Test
    void its_log_is_bounded_under_openrc_and_launchd(Site site) throws Exception {
        run(command(site).token(machine).with("MACHINE_INIT", "openrc"), "install");
        run(command(site).with("MACHINE_INIT", "launchd"), "install");
        assertThat(image.resolve(OPENRC_SCRIPT)).content().contains("\n  MACHINE_LOG=/var/log/machine-agent.log\n");
        assertThat(image.resolve(LAUNCHD_LIST)).content().contains("MACHINE_LOG=/var/log/machine-agent.log;",
                "<key>StandardErrorPath</key><string>/var/log/machine-agent.log</string>");

        Path log = Files.createFile(directory.resolve("agent.log"));
        Path older = directory.resolve("agent.log.1");
        try (Agent agent = AgentCommand.of(site.a, directory).at("http://127.0.0.1:1").setting("LONGEST_LOG", 400)
                .token(machine).with("MACHINE_LOG", log.toString())
                .under("sh", "-c", "exec sh \"$@\" 2>>\"$MACHINE_LOG\"", "sh").start()) {
            Awaitility.await().atMost(Agent.PATIENCE).until(() -> Files.exists(older));

            // It is copied first, and emptied then.
            Awaitility.await().atMost(Agent.PATIENCE).untilAsserted(() -> {
                assertThat(older).content().contains(" for http://127.0.0.1:1\n",
                        "Nothing answers at http://127.0.0.1:1");
                assertThat(log).content().contains("Nothing answers at http://127.0.0.1:1")
                        .doesNotContain(" for http://");
            });
        }
    }

    @Test
    void installed_again_without_a_token_it_keeps_its_own_and_with_one_it_takes_that(Site site) throws Exception {
        install(site, "sh");
        Path settings = image.resolve(SETTINGS);
        String mine = Files.readString(settings) + "MACHINE_ASSISTANTS='echo 3'\n";
        Files.writeString(settings, mine);

        assertThat(run(command(site), "install")).isZero();
        assertThat(settings).hasContent(mine);

        Registered other = user.register(site.a);
        assertThat(run(command(site).token(other), "install")).isZero();
        assertThat(settings).content().contains(other.token()).doesNotContain(machine.token());
    }

    @Test
    void with_a_new_token_the_settings_stay_but_for_those_that_are_set_now(Site site) throws Exception {
        install(site, "sh");
        Path settings = image.resolve(SETTINGS);
        Files.writeString(settings, Files.readString(settings) + """
                MACHINE_ASSISTANTS='echo 3'
                http_proxy='http://proxy:3128'
                https_proxy='http://proxy:3128'
                # Ours, and in the last line no line ends.
                SSL_CERT_DIR="/etc/our's\"""");
        Registered other = user.register(site.a);

        assertThat(run(
                command(site).token(other).with("MACHINE_ASSISTANTS", "echo 4").with("HTTPS_PROXY", "http://new:3128")
                        .with("http_proxy", "").with("CURL_CA_BUNDLE", ""),
                "install")).isZero();

        assertThat(Files.readAllLines(settings)).filteredOn(line -> !line.contains("What the agent is told"))
                .containsExactly("# Ours, and in the last line no line ends.", "SSL_CERT_DIR=\"/etc/our's\"",
                        "MACHINE_TOKEN='" + other.token() + "'", "MACHINE_ASSISTANTS='echo 4'",
                        "https_proxy='http://new:3128'");
    }

    @Test
    void settings_that_go_over_several_lines_are_not_torn(Site site) throws Exception {
        install(site, "sh");
        Path settings = image.resolve(SETTINGS);
        String mine = Files.readString(settings) + "MACHINE_ASSISTANTS='echo\n3'\n";
        Files.writeString(settings, mine);

        try (Agent agent = command(site).token(machine).with("MACHINE_ASSISTANTS", "echo 4").start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(5);
            assertThat(agent.output()).contains("cannot be changed line by line");
        }
        assertThat(settings).hasContent(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox ash", "mksh", "zsh", "ksh93", "yash", "posh"})
    void status_and_install_go_through_the_proxy_that_is_installed(String shell, Site site) throws Exception {
        String[] words = shell.split(" ");
        assumeTrue(NotedPrograms.isInstalled(words[0]), shell + " is not installed");
        Path settings = Files.createDirectories(image.resolve(".config/machine-agent")).resolve("environment");
        try (StandIn proxy = StandIn.overHttp()) {
            proxy.answer("HTTP/1.1 426 Upgrade Required\r\nContent-Type: application/problem+json\r\n"
                    + "Connection: close\r\n\r\n{\"title\":\"Upgrade Required\",\"status\":426}");
            Files.writeString(settings,
                    "MACHINE_TOKEN='" + machine.token() + "'\nhttp_proxy='" + proxy.address() + "'\n");

            for (String argument : List.of("status", "install")) {
                try (Agent agent = installer(site, "systemd", 1000).at("http://registry.invalid").under(words)
                        .start(argument)) {
                    assertThat(agent.awaitExit()).as(agent.output()).isZero();
                    assertThat(agent.output()).doesNotContain("is not reached", "not found");
                }
            }
            assertThat(proxy.requests()).hasSize(2);
            // What is in the environment counts.
            String nowhere = "127.0.0.1:" + Ports.free();
            try (Agent agent = installer(site, "systemd", 1000).at("http://registry.invalid")
                    .with("http_proxy", "http://" + nowhere).start("status")) {
                assertThat(agent.awaitExit()).isEqualTo(4);
                assertThat(agent.output()).contains("through the proxy " + nowhere);
            }
        }
    }

    @Test
    void status_asks_with_the_token_that_is_installed(Site site) throws Exception {
        install(site, "sh");

        try (Agent status = command(site).start("status")) {
            assertThat(status.awaitExit()).isZero();
            assertThat(status.output()).contains(machine.machineId(), "the token is good");
        }
    }

    @Test
    void uninstalled_it_leaves_nothing_and_says_so_where_there_was_nothing(Site site) throws Exception {
        for (String manager : List.of("systemd", "openrc", "launchd")) {
            run(command(site).token(machine).with("MACHINE_INIT", manager), "install");
            assertThat(run(command(site).with("MACHINE_INIT", manager), "uninstall")).isZero();
            assertThat(files()).isEmpty();
            try (Agent again = command(site).with("MACHINE_INIT", manager).start("uninstall")) {
                assertThat(again.awaitExit()).isZero();
                assertThat(again.output()).contains("no agent is installed here");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrc", "launchd"})
    void uninstalled_it_takes_its_log_with_it(String manager, Site site) throws Exception {
        assertThat(run(installer(site, manager, 0).token(machine), "install")).isZero();
        Path log = Files.createDirectories(image.resolve("var/log")).resolve("machine-agent.log");
        Files.createFile(log);
        Files.createFile(Path.of(log + ".1"));

        assertThat(run(installer(site, manager, 0), "uninstall")).isZero();

        assertThat(files()).isEmpty();
    }

    @Test
    void what_a_user_uninstalls_leaves_the_agent_of_the_machine_alone(Site site) throws Exception {
        assertThat(run(installer(site, "systemd", 0).token(machine), "install")).isZero();
        Path link = image.resolve("etc/systemd/system/multi-user.target.wants/machine-agent.service");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of("/" + SYSTEMD_UNIT));
        List<Path> ofTheMachine = files().toList();
        assertThat(run(installer(site, "systemd", 1000).token(user.register(site.a)), "install")).isZero();

        assertThat(run(installer(site, "systemd", 1000), "uninstall")).isZero();

        assertThat(files()).containsExactlyInAnyOrderElementsOf(ofTheMachine);
    }

    @Test
    void uninstalled_is_what_an_install_left_that_was_cut_off(Site site) throws Exception {
        Path left = Files.createDirectories(image.resolve(".config/machine-agent")).resolve("environment.enrolling");
        Files.writeString(left, machine.token());

        assertThat(run(installer(site, "systemd", 1000), "uninstall")).isZero();

        assertThat(files()).isEmpty();
    }

    @Test
    void it_is_uninstalled_where_there_is_no_curl_any_more(Site site) throws Exception {
        install(site, "sh");
        NotedPrograms programs = new NotedPrograms(directory, Set.of("date", "id", "rm"));

        assertThat(run(command(site).under("/bin/sh").with("PATH", programs.path()), "uninstall")).isZero();

        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "MACHINE_INIT|upstart|2|must be systemd, openrc or launchd",
            "MACHINE_TOKEN|a-machine-of-nobody:and-its-secret-0123456789|1|not good (any more), and nothing was installed",
            "MACHINE_TOKEN|half:|1|must look like <machineId>:<secret>",
            "MACHINE_ASSISTANTS|echo 'three'|5|MACHINE_ASSISTANTS holds a quote",
            "https_proxy|http://a\\b|5|https_proxy holds a quote, a backslash"})
    void it_says_what_is_wrong_and_installs_nothing(String name, String value, int exitCode, String said, Site site)
            throws Exception {
        try (Agent agent = command(site).token(machine).with("MACHINE_INIT", "systemd").with(name, value)
                .start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(exitCode);
            assertThat(agent.output()).contains(said);
        }
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox ash", "mksh", "zsh", "ksh93", "yash"})
    void through_a_pipe_it_installs_what_the_service_hands_out(String shell, Site site) throws Exception {
        assumeTrue(NotedPrograms.isInstalled(shell.split(" ")[0]), shell + " is not installed");

        try (Agent agent = piped(command(site), shell).token(machine).start()) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
        }

        assertThat(image.resolve(SCRIPT)).hasSameTextualContentAs(directory.resolve("agent.sh"));
    }

    @Test
    void through_a_pipe_it_installs_nothing_that_is_not_the_agent_or_not_all_of_it(Site site) throws Exception {
        String agentScript = Files.readString(Agent.download(site.a, directory));
        String cutOff = agentScript.substring(0, agentScript.lastIndexOf("main "));
        try (StandIn front = StandIn.overHttp()) {
            for (String body : List.of("<html><h1>Welcome to our WLAN</h1></html>", cutOff)) {
                front.answer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + body);
                try (Agent agent = piped(command(site), "sh").at(front.address()).token(machine).start()) {
                    assertThat(agent.awaitExit()).isEqualTo(5);
                    assertThat(agent.output())
                            .contains("is not the agent, or not all of it, and nothing was installed");
                }
                assertThat(files()).isEmpty();
            }
        }
    }

    /** As {@code curl … | sh -s install} does. */
    private static AgentCommand piped(AgentCommand command, String shell) {
        return command.under("sh", "-c", "exec " + shell + " -s install <\"$1\"", "sh");
    }

    @Test
    void without_a_token_it_says_how_to_give_one(Site site) throws Exception {
        try (Agent agent = command(site).start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output()).contains("set MACHINE_TOKEN or MACHINE_TOKEN_FILE");
        }
    }

    @Test
    void a_place_that_cannot_be_written_is_told(Site site) throws Exception {
        Files.createFile(image.resolve("etc"));

        try (Agent agent = command(site).token(machine).start("install")) {
            assertThat(agent.awaitExit()).isEqualTo(5);
            assertThat(agent.output()).contains("environment cannot be written");
        }
    }

    private AgentCommand command(Site site) throws IOException {
        return AgentCommand.of(site.a, directory).with("DESTDIR", image.toString()).with("MACHINE_INIT", "systemd");
    }

    /** As this user of a machine, which has its files in the image; what starts services writes down how it is called. */
    private AgentCommand installer(Site site, String manager, int userId) throws IOException {
        Files.createDirectories(directory.resolve("programs"));
        for (String name : List.of("systemctl", "loginctl", "rc-service", "rc-update", "launchctl")) {
            program(name, "echo \"" + name + " $*\" >>'" + directory.resolve("calls") + "'");
        }
        program("id", "echo " + userId);
        return AgentCommand.of(site.a, directory)
                .below(image)
                .with("HOME", image.toString())
                .with("MACHINE_INIT", manager)
                .with("PATH", directory.resolve("programs") + ":" + System.getenv("PATH"));
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.writeString(directory.resolve("programs").resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> calls() throws IOException {
        return Files.readString(directory.resolve("calls")).replace(image.toString(), "IMAGE").lines().toList();
    }

    private String install(Site site, String... shell) throws Exception {
        try (Agent agent = command(site).under(shell).token(machine).start("install")) {
            assertThat(agent.awaitExit()).as(agent.output()).isZero();
            return agent.output();
        }
    }

    private static int run(AgentCommand command, String argument) throws Exception {
        try (Agent agent = command.start(argument)) {
            return agent.awaitExit();
        }
    }

    /** What launchd starts, and systemd and OpenRC come down to, in the image in place of the machine. */
    private Agent startAsInstalled(Site site) throws Exception {
        run(command(site).with("MACHINE_INIT", "launchd"), "install");
        return startedByLaunchd(site);
    }

    private Agent startedByLaunchd(Site site) throws Exception {
        String start = launchd().getElementsByTagName("string").item(3).getTextContent()
                .replace("/" + SETTINGS, image.resolve(SETTINGS).toString())
                .replace("/" + SCRIPT, image.resolve(SCRIPT).toString())
                .replace("/var/log", image.toString());
        return AgentCommand.of(site.a, directory).under("/bin/sh", "-c", start).start();
    }

    private Document launchd() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(image.resolve(LAUNCHD_LIST).toFile());
    }

    private Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(image)) {
            return all.filter(file -> !Files.isDirectory(file)).toList().stream();
        }
    }

    private static String text(Path file) {
        try {
            return Files.isSymbolicLink(file) ? "" : Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
