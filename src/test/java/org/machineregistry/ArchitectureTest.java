package org.machineregistry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkus.websockets.next.WebSocket;

/** Where things live: the arrows of the design, and what the build alone would not notice. */
class ArchitectureTest {
    private static final String BASE = "org.machineregistry";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST = 200;

    /** Each package, and those that it may import. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("machine", Set.of("batch", "change", "problem", "identity", "address", "audit", "limit", "text",
                    "response")),
            entry("identity", Set.of("address", "change", "problem", "audit", "limit")),
            entry("address", Set.of("problem")),
            entry("agent", Set.of("presence", "machine", "address", "batch", "change", "problem", "connection", "audit",
                    "limit", "text")),
            entry("presence", Set.of("machine", "batch", "change", "problem")),
            entry("feed", Set.of("batch", "change", "machine", "identity", "response", "problem")),
            entry("batch", Set.of("problem")),
            entry("change", Set.of()),
            entry("audit", Set.of("text", "limit")),
            entry("limit", Set.of()),
            entry("text", Set.of()),
            entry("problem", Set.of("connection")),
            entry("connection", Set.of()),
            entry("response", Set.of("connection")),
            entry("embedded", Set.of()),
            entry("executable", Set.of()),
            entry("descriptor", Set.of()),
            entry("page", Set.of("address")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    static Set<String> packages() {
        return ARROWS.keySet();
    }

    @Test
    void every_package_is_in_the_table() {
        Set<String> found = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(BASE))
                .map(name -> name.substring(BASE.length() + 1))
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(packages());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_imports_only_what_the_design_lets_it(String name) {
        String[] others = Stream.concat(Stream.of(BASE), packages().stream()
                .filter(other -> !other.equals(name) && !ARROWS.get(name).contains(other))
                .map(other -> BASE + "." + other)).toArray(String[]::new);

        noClasses().that().resideInAPackage(BASE + "." + name).should().dependOnClassesThat().resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void there_are_no_circles() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nothing_is_injected_into_fields_or_with_an_annotation() {
        noFields().should().beAnnotatedWith(Inject.class).check(CLASSES);
        noFields().should().beAnnotatedWith(ConfigProperty.class).check(CLASSES);
        assertThat(CLASSES.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.isAnnotatedWith(Inject.class))).isEmpty();
    }

    @Test
    void resources_are_closed_and_their_methods_open() {
        classes().that().areAnnotatedWith(jakarta.ws.rs.Path.class).should().bePackagePrivate().check(CLASSES);

        assertThat(operationMethods()).isNotEmpty()
                .allMatch(
                        method -> method.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC));
    }

    /** Quarkus REST knows by the type what an operation answers with, but of a Response: then it lets the caller choose. */
    @Test
    void an_operation_whose_type_does_not_say_it_says_what_it_answers_with() {
        assertThat(operationMethods()
                .filter(method -> !method.isAnnotatedWith(DELETE.class))
                .filter(method -> method.getReturnType().getAllInvolvedRawTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Response.class))))
                .isNotEmpty()
                .allMatch(method -> method.isAnnotatedWith(Produces.class));
    }

    @Test
    void names_say_what_a_class_is_for() {
        noClasses().should().resideInAnyPackage("..util..", "..common..", "..dto..", "..service..", "..impl..")
                .check(CLASSES);
        noClasses().should().haveSimpleNameEndingWith("Impl").orShould().haveSimpleNameEndingWith("Util")
                .orShould().haveSimpleNameEndingWith("Utils")
                .check(CLASSES);
    }

    @Test
    void no_source_is_long() throws IOException {
        assertThat(sources().stream().filter(source -> lines(source).size() > LONGEST)).isEmpty();
    }

    @Test
    void nothing_is_left_to_do() throws IOException {
        assertThat(sources().stream()
                .filter(source -> lines(source).stream()
                        .anyMatch(
                                line -> Stream.of("TODO", "FIXME", "XXX", "printStackTrace").anyMatch(line::contains))))
                .isEmpty();
    }

    @Test
    void only_who_starts_the_service_talks_to_the_console() throws IOException {
        assertThat(sources().stream()
                .filter(source -> !SOURCES.resolve(BASE.replace('.', '/')).equals(source.getParent()))
                .filter(source -> lines(source).stream()
                        .anyMatch(line -> line.contains("System.out") || line.contains("System.err"))))
                .isEmpty();
    }

    @Test
    void every_operation_is_in_the_document_and_the_other_way_round() throws IOException {
        Set<String> served = operationMethods().flatMap(ArchitectureTest::operations)
                .collect(Collectors.toCollection(TreeSet::new));
        CLASSES.stream().filter(type -> type.isAnnotatedWith(WebSocket.class))
                .forEach(type -> served.add("GET " + type.getAnnotationOfType(WebSocket.class).path()));

        assertThat(served).isEqualTo(documented());
    }

    private static Stream<JavaMethod> operationMethods() {
        return CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(jakarta.ws.rs.Path.class))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class));
    }

    private static Stream<String> operations(JavaMethod method) {
        String path = method.getOwner().getAnnotationOfType(jakarta.ws.rs.Path.class).value()
                + method.tryGetAnnotationOfType(jakarta.ws.rs.Path.class).map(found -> "/" + found.value()).orElse("");
        return Arrays.stream(method.reflect().getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(verb -> verb.value() + " " + path);
    }

    private static Set<String> documented() throws IOException {
        JsonNode paths = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("src/main/resources/META-INF/openapi.yaml").toFile())
                .path("paths");
        Set<String> verbs = Set.of("get", "post", "put", "patch", "delete");
        Set<String> operations = new TreeSet<>();
        paths.fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(verb -> {
            if (verbs.contains(verb)) {
                operations.add(verb.toUpperCase() + " " + path.getKey());
            }
        }));
        return operations;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            return sources;
        }
    }

    private static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
