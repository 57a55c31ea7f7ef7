package org.machineregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The workflows and the compose files can only run elsewhere, or with images from elsewhere; what they name here is there. */
class ReleaseTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Path COMPOSE = Path.of("src/main/docker");
    private static final Path DEPLOYMENT = Path.of("docs/deployment.md");
    private static final Path DOCUMENT = Path.of("src/main/resources/META-INF/openapi.yaml");
    /** What is made by the build is not there yet. */
    private static final Pattern NAMED = Pattern.compile("(?<![\\w./-])((src|docs|\\.ci|\\.)/[\\w./-]+|[A-Z]+\\.md)");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern PINNED = Pattern.compile("[\\w-]+/[\\w-]+@[0-9a-f]{40}");

    @ParameterizedTest
    @ValueSource(strings = {"build.yml", "release.yml"})
    void each_file_that_a_workflow_names_is_there(String workflow) throws IOException {
        JsonNode read = YAML.readTree(WORKFLOWS.resolve(workflow).toFile());

        List<String> named = Stream
                .concat(read.findValuesAsText("run").stream(), read.findValuesAsText("uses").stream())
                .flatMap(text -> NAMED.matcher(text).results().map(MatchResult::group))
                .toList();

        assertThat(named).isNotEmpty().allSatisfy(file -> assertThat(Path.of(file)).isRegularFile());
    }

    /** A tag of somebody else's repository can be moved. */
    @ParameterizedTest
    @ValueSource(strings = {"build.yml", "release.yml"})
    void each_action_of_others_is_named_by_its_commit(String workflow) throws IOException {
        List<String> used = YAML.readTree(WORKFLOWS.resolve(workflow).toFile()).findValuesAsText("uses");

        assertThat(used).isNotEmpty().allMatch(uses -> uses.startsWith("./") || PINNED.matcher(uses).matches());
    }

    @Test
    void a_release_has_the_files_that_the_document_names() throws IOException {
        String release = Files.readString(WORKFLOWS.resolve("release.yml"));
        String section = Files.readString(DEPLOYMENT).split("\n## A release\n")[1].split("\n## ")[0];

        List<String> named = section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> QUOTED.matcher(line.split("\\|")[1]).results().map(quoted -> quoted.group(1)))
                .toList();

        assertThat(named).hasSize(7).allSatisfy(file -> assertThat(release).contains(file));
    }

    @Test
    void the_openapi_document_has_the_version_of_the_build() throws Exception {
        String version = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getElementsByTagName("version")
                .item(0)
                .getTextContent();

        assertThat(YAML.readTree(DOCUMENT.toFile()).at("/info/version").asText())
                .isEqualTo(version.replace("-SNAPSHOT", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.keycloak.yaml", "compose.prometheus.yaml"})
    void each_file_that_is_mounted_or_built_from_is_there(String file) throws IOException {
        JsonNode services = YAML.readTree(COMPOSE.resolve(file).toFile()).get("services");

        List<Path> mounted = services.findValues("volumes")
                .stream()
                .flatMap(volumes -> Stream.iterate(0, index -> index < volumes.size(), index -> index + 1)
                        .map(index -> volumes.get(index).asText().split(":")[0]))
                .filter(source -> source.startsWith("."))
                .map(COMPOSE::resolve)
                .toList();
        List<Path> built = services.findValues("build")
                .stream()
                .map(build -> COMPOSE.resolve(build.get("context").asText()).resolve(build.get("dockerfile").asText()))
                .toList();

        assertThat(Stream.concat(mounted.stream(), built.stream()).toList()).isNotEmpty()
                .allSatisfy(source -> assertThat(source).isRegularFile());
    }

    @Test
    void what_issues_are_asked_for_can_be_read() throws IOException {
        try (Stream<Path> forms = Files.list(Path.of(".github/ISSUE_TEMPLATE"))) {
            assertThat(forms.toList()).hasSize(3)
                    .allSatisfy(form -> assertThat(YAML.readTree(form.toFile()).isObject()).isTrue());
        }
    }
}
