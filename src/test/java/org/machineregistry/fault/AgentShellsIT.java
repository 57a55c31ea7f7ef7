package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.fault.User.Registered;

/** The agent under the shells that machines have. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentShellsIT {
    /** All that it may need: no od, no printf where the shell has none, no wget. */
    private static final Set<String> PROGRAMS = Set.of("curl", "cut", "date", "dd", "env", "head", "id", "pwd",
            "printf",
            "sed", "sh", "sleep", "tr", "uname");
    /** Runs what follows in a directory whose name is no UTF-8. */
    private static final String ELSEWHERE = "d=$(printf 'w\\344rk') && mkdir -p \"$d\" && cd \"$d\" && exec \"$@\"";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox ash", "mksh", "zsh", "zsh --emulate sh", "ksh93", "yash", "posh"})
    void it_is_online_and_says_goodbye_and_its_token_is_seen_nowhere(String shell, Site site) throws Exception {
        String[] words = shell.split(" ");
        assumeTrue(NotedPrograms.isInstalled(words[0]), shell + " is not installed");
        User user = User.at(site.a);
        Registered machine = user.register(site.a);
        NotedPrograms programs = new NotedPrograms(directory, PROGRAMS);
        try (WatchedDirectory temporary = new WatchedDirectory(directory.resolve("tmp"));
                LiveList list = new LiveList(site.a, user);
                Agent agent = command(words, site, programs).token(machine).start()) {
            list.awaitState("online", Agent.PATIENCE, List.of(machine));
            agent.awaitOutput("online as machine");
            int exitCode = agent.stop();
            list.awaitState("disconnected", Duration.ofSeconds(Site.TTL_SECONDS), List.of(machine));

            assertThat(exitCode).isZero();
            assertThat(agent.output()).contains("disconnected").doesNotContain("not found");
            String secret = machine.token().substring(machine.machineId().length() + 1);
            assertThat(programs.used()).contains("curl", "sed");
            assertThat(programs.notes().lines().filter(line -> line.contains(secret))).isEmpty();
            assertThat(agent.output()).doesNotContain(secret);
            assertThat(temporary.made()).isEmpty();
            assertThat(rootDirectory(site, user, machine)).endsWith("/w?rk");
        }
    }

    @Test
    void a_file_that_a_shell_makes_for_a_here_document_would_be_seen() throws Exception {
        assumeTrue(NotedPrograms.isInstalled("mksh"), "mksh is not installed");
        try (WatchedDirectory temporary = new WatchedDirectory(directory.resolve("tmp"))) {
            ProcessBuilder mksh = new ProcessBuilder("mksh", "-c", "cat <<EOF\n$PATH\nEOF\n");
            mksh.environment().put("TMPDIR", directory.resolve("tmp").toString());
            assertThat(mksh.start().waitFor()).isZero();

            assertThat(temporary.made()).isNotEmpty();
        }
    }

    private AgentCommand command(String[] shell, Site site, NotedPrograms programs) throws Exception {
        // What curl would read without -q sends all that it asks nowhere.
        Files.writeString(directory.resolve(".curlrc"), "proxy = http://127.0.0.1:1\nverbose\n");
        String temporary = directory.resolve("tmp").toString();
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", ELSEWHERE, "sh"));
        command.add(NotedPrograms.installed(shell[0]).toString());
        command.addAll(Arrays.asList(shell).subList(1, shell.length));
        // mkdir is for the line in front.
        programs.add("mkdir", "#!/bin/sh\nexec /bin/mkdir \"$@\"\n");
        return AgentCommand.of(site.a, directory)
                .under(command.toArray(String[]::new))
                .with("PATH", programs.path())
                .with("TMPDIR", temporary)
                .with("TMPPREFIX", temporary + "/zsh")
                .with("LC_ALL", "C.UTF-8");
    }

    private static String rootDirectory(Site site, User user, Registered machine) {
        return Api
                .json(Api.send(Api.request(site.a, "/api/machines/" + machine.machineId(), user.session).build())
                        .body())
                .get("rootDirectory")
                .textValue();
    }
}
