package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.fault.User.Registered;

/** The agent that the service hands out, run as its users run it. */
@ExtendWith(Site.Extension.class)
class AgentScriptIT {

    @TempDir
    Path directory;

    @Test
    void it_stays_online_through_a_restart_and_says_goodbye(Site site) throws Exception {
        site.b.kill();
        User user = User.at(site.a);
        Registered machine = user.register(site.a);
        try (LiveList list = new LiveList(site.a, user);
                Agent agent = Agent.start("dash", site.a, machine, directory)) {
            list.awaitState("online", Api.PATIENCE, List.of(machine));
            Awaitility.await().during(Duration.ofSeconds(2)).atMost(Api.PATIENCE).pollInterval(Duration.ofMillis(2))
                    .until(
                            () -> !agent.isInTheProcessList(machine.token()));

            long killed = System.nanoTime();
            site.a.kill();
            // The executable can be there again before the next heartbeat, which would then never learn that it was away.
            Awaitility.await().atMost(Api.PATIENCE).until(() -> agent.output().contains("Trying again in"));
            site.a.start();
            long away = Figures.millisSince(killed);
            Awaitility.await().atMost(Api.PATIENCE).until(() -> agent.output().split("online as machine").length > 2);
            long back = Figures.millisSince(killed) - away;
            Awaitility.await()
                    .during(Duration.ofSeconds(Site.TTL_SECONDS + 2))
                    .atMost(Duration.ofSeconds(Site.TTL_SECONDS + 4))
                    .until(list::wentOffline, List::isEmpty);
            long stopped = System.nanoTime();
            int exitCode = agent.stop();
            list.awaitState("disconnected", Api.PATIENCE, List.of(machine));

            assertEquals(0, exitCode);
            assertTrue(agent.output().contains("disconnected"), agent.output());
            Figures.print("agent.sh under dash",
                    "service away for %d ms, agent back after %d ms and online all the time, "
                            + "disconnected %d ms after SIGTERM",
                    away, back, Figures.millisSince(stopped));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "dash"})
    void it_ends_with_a_clear_message_when_its_token_is_no_longer_good(String shell, Site site) throws Exception {
        User user = User.at(site.a);
        Registered machine = user.register(site.a);
        try (LiveList list = new LiveList(site.b, user); Agent agent = Agent.start(shell, site.a, machine, directory)) {
            list.awaitState("online", Api.PATIENCE, List.of(machine));

            user.delete(site.b, machine);
            int exitCode = agent.awaitExit();

            assertEquals(1, exitCode);
            assertTrue(agent.output().contains("the token is not good (any more)"), agent.output());
        }
    }

    @Test
    void it_refuses_a_token_that_would_become_more_than_a_token(Site site) throws Exception {
        try (Agent agent = Agent.start("dash", site.a, new Registered("x", "x:y\"\nurl = \"file:///"), directory)) {
            assertEquals(1, agent.awaitExit());
            assertTrue(agent.output().contains("must look like <machineId>:<secret>"), agent.output());
        }
    }

    @ParameterizedTest
    // PowerShell takes the quotes of typographers for quotes, too.
    @ValueSource(strings = {"a$(id)", "a';id;'", "a b", "a/b", "a`id`", "a\u2019;id;\u2019", "a''b", "a#b"})
    void it_is_not_handed_out_for_a_host_that_would_become_code(String host, Site site) throws IOException {
        for (String path : List.of("/agent.sh", "/agent.ps1")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.a.port)) {
                String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
                assertFalse(answer.contains("machine-agent"), answer);
            }
        }
    }

    @Test
    void it_passes_shellcheck(Site site) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")), "shellcheck is not installed");
        Path script = Agent.download(site.a, directory);

        Process shellcheck = new ProcessBuilder("shellcheck", "-s", "sh", script.toString()).redirectErrorStream(true)
                .start();

        assertEquals("", new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, shellcheck.waitFor());
    }
}
