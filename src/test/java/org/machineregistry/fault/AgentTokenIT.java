package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.fault.User.Registered;

/** The token of an agent, and the file that holds it. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentTokenIT {
    private static final String TOKEN = "<token>";

    @TempDir
    Path directory;
    private Path file;
    private User user;
    private Registered machine;

    @BeforeEach
    void registers(Site site) {
        user = User.at(site.a);
        machine = user.register(site.a);
        file = directory.resolve("token");
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("lines of Windows", "\r\n" + TOKEN + "\r\n\r\n", StandardCharsets.UTF_8),
                arguments("blanks around", "  \t" + TOKEN + " \n\n", StandardCharsets.UTF_8),
                arguments("a mark of byte order", "\ufeff" + TOKEN + "\n", StandardCharsets.UTF_8),
                arguments("double quotes around", "\"" + TOKEN + "\"", StandardCharsets.UTF_8),
                arguments("single quotes around", "'" + TOKEN + "'\r\n", StandardCharsets.UTF_8),
                arguments("quotes of a word processor", "\u201c" + TOKEN + "\u201d\u00a0", StandardCharsets.UTF_8),
                arguments("UTF-16, as PowerShell writes it", "\ufeff\"" + TOKEN + "\"\r\n", StandardCharsets.UTF_16LE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void it_takes_a_token_as_editors_leave_it(String what, String text, Charset charset, Site site) throws Exception {
        Files.writeString(file, text.replace(TOKEN, machine.token()), charset);
        try (Agent agent = AgentCommand.of(site.a, directory).tokenFile(file).start()) {
            agent.awaitOutput("online as machine");
        }
    }

    @Test
    void a_variable_may_have_quotes_and_a_carriage_return_too(Site site) throws Exception {
        try (Agent agent = AgentCommand.of(site.a, directory)
                .with("MACHINE_TOKEN", "\"" + machine.token() + "\"\r")
                .start()) {
            agent.awaitOutput("online as machine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "half", "half:", "one:two:three", "one: two", "one:two\nthree:four",
            "MACHINE_TOKEN=one:two"})
    void it_waits_for_a_file_until_a_token_is_in_it(String before, Site site) throws Exception {
        Files.writeString(file, before);
        try (Agent agent = AgentCommand.of(site.a, directory).tokenFile(file).start()) {
            agent.awaitOutput("What is in " + file + " must look like <machineId>:<secret>");

            write(machine);
            agent.awaitOutput("online as machine");
        }
    }

    @Test
    void it_waits_for_a_file_that_is_not_there_yet(Site site) throws Exception {
        try (Agent agent = AgentCommand.of(site.a, directory).tokenFile(file).start()) {
            agent.awaitOutput("The token file " + file + " is not there yet");

            write(machine);
            agent.awaitOutput("online as machine");
        }
    }

    @Test
    void it_can_be_stopped_while_it_waits_for_the_file(Site site) throws Exception {
        try (Agent agent = AgentCommand.of(site.a, directory).tokenFile(file).start()) {
            agent.awaitOutput("Trying again in");

            assertThat(agent.stop()).isZero();
        }
    }

    @Test
    void it_goes_on_with_a_renewed_token_that_stands_in_the_file(Site site) throws Exception {
        write(machine);
        try (Agent agent = AgentCommand.of(site.a, directory).under("dash").tokenFile(file).start()) {
            agent.awaitOutput("online as machine");

            Files.delete(file);
            Registered renewed = user.revoke(site.a, machine);
            agent.awaitOutput("The token file " + file + " is not there yet");
            write(renewed);

            Awaitility.await().atMost(Agent.PATIENCE).until(() -> agent.output().split("online as machine").length > 2);
        }
    }

    @Test
    void it_ends_where_the_file_still_holds_the_token_that_is_refused(Site site) throws Exception {
        write(machine);
        try (Agent agent = AgentCommand.of(site.a, directory).under("dash").tokenFile(file).start()) {
            agent.awaitOutput("online as machine");

            user.delete(site.a, machine);

            assertThat(agent.awaitExit()).isEqualTo(1);
            assertThat(agent.output()).contains("the token is not good (any more)");
        }
    }

    /** As careful programs do: there is either the old file or the new one. */
    private void write(Registered registered) throws Exception {
        Path next = Files.writeString(directory.resolve("next"), registered.token() + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
