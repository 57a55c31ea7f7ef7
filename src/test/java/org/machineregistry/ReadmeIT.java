package org.machineregistry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README tells to run, in one shell, against the packaged service. */
class ReadmeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern PROBLEM = Pattern.compile("\"status\":\\s*[45]\\d\\d");

    @TempDir
    Path directory;

    @Test
    void every_command_of_the_readme_works() throws Exception {
        List<ReadmeBlock> blocks = ReadmeBlock.all().stream().filter(ReadmeBlock::isRun).toList();

        try (JavaProcess service = StartedService.start(directory, List.of())) {
            String port = service.awaitOutput("is at http://localhost:(\\d+)/");
            await().atMost(PATIENCE).untilAsserted(
                    () -> given().port(Integer.parseInt(port)).get("/q/health/ready").then().statusCode(200));
            String output = run(blocks, "localhost:" + port);

            assertThat(output).contains("\"name\":\"build box\"").contains("\"status\":\"online\"");
            assertThat(output).doesNotContainPattern(PROBLEM);
        }
    }

    @Test
    void the_readme_shows_an_agent_and_the_live_list() throws IOException {
        assertThat(ReadmeBlock.all()).anyMatch(block -> block.runsUntil().isPresent()
                && block.commands().contains("agent.sh"))
                .anyMatch(block -> block.runsUntil().isPresent() && block.commands().contains("/events"));
    }

    @Test
    void what_the_readme_says_of_the_build_is_what_the_build_server_runs() throws IOException {
        String build = Files.readString(Path.of(".ci/run")).replace("./mvnw -B ", "./mvnw ");

        assertThat(ReadmeBlock.all()).filteredOn(ReadmeBlock::isBuild)
                .isNotEmpty()
                .flatMap(block -> block.commands().lines().toList())
                .allMatch(line -> build.contains(line.replaceFirst("\\s+#.*", "")));
    }

    @Test
    void a_block_of_another_kind_or_with_another_mark_is_refused() {
        assertThatThrownBy(() -> ReadmeBlock.in(List.of("", "```yaml", "```"))).hasMessageContaining("line 2");
        assertThatThrownBy(() -> ReadmeBlock.in(List.of("<!-- not run: -->", "```sh", "```")))
                .hasMessageContaining("not understood");
    }

    private String run(List<ReadmeBlock> blocks, String host) throws IOException, InterruptedException {
        Path output = directory.resolve("shell.txt");
        Process shell = new ProcessBuilder("sh", "-e").directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (Writer input = shell.outputWriter()) {
            for (ReadmeBlock block : blocks) {
                run(block, host, input, output);
            }
        } finally {
            shell.destroy();
            shell.waitFor();
        }
        return Files.readString(output);
    }

    private static void run(ReadmeBlock block, String host, Writer shell, Path output) throws IOException {
        String commands = block.commands().replace("localhost:8080", host);
        int before = Files.readString(output).length();
        if (block.runsUntil().isPresent()) {
            shell.write(commands.strip() + " &\n");
            shell.flush();
            awaitOutput(output, before, block.runsUntil().get());
            shell.write("kill $!\n");
            shell.flush();
        } else {
            shell.write(commands + "\necho; echo ended\n");
            shell.flush();
            awaitOutput(output, before, "\nended\n");
        }
    }

    private static void awaitOutput(Path output, int after, String expected) {
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(Files.readString(output).substring(after)).contains(expected));
    }
}
