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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkus.websockets.next.WebSocket;

/** Where things live: the arrows of the design, and what the build alone would not notice. */
class ArchitectureTest {
    private static final String BASE = "org.machineregistry";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path PACKAGES = SOURCES.resolve(BASE.replace('.', '/'));
    private static final int MOST_CLASSES = 24;
    private static final Pattern COMPARES_BYTES = Pattern.compile(
            "MessageDigest\\.isEqual|(Arrays|ByteBuffer|Buffer)\\.(equals|deepEquals|compare\\w*|mismatch)|Objects\\.deepEquals");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?(org[a-z.]+)\\.[A-Z]");

    /** Each package, and those that it may import. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("machine", Set.of("credential", "change", "http", "identity", "audit", "limit", "text", "label")),
            entry("machine.selection", Set.of("machine", "database", "label", "identity", "http", "text")),
            entry("machine.list",
                    Set.of("machine", "machine.selection", "credential", "database", "http", "identity", "address",
                            "text", "response")),
            entry("machine.metrics",
                    Set.of("machine", "machine.selection", "machine.list", "database", "http", "identity",
                            "response")),
            entry("machine.history", Set.of("machine", "database", "http", "identity")),
            entry("machine.registration",
                    Set.of("machine", "credential", "database", "change", "http", "identity", "address", "audit",
                            "limit", "text", "label")),
            entry("adoption", Set.of("machine", "identity", "identity.session", "change", "http", "audit", "limit")),
            entry("label", Set.of("http", "text")),
            entry("bulk",
                    Set.of("machine", "machine.selection", "label", "change", "identity", "http", "audit", "limit")),
            entry("identity", Set.of("http")),
            entry("identity.provider", Set.of("identity", "timer", "address", "http")),
            entry("identity.jwt", Set.of("identity", "identity.provider")),
            entry("identity.revocation", Set.of("identity", "identity.jwt", "timer", "change", "http")),
            entry("identity.session",
                    Set.of("identity", "identity.provider", "identity.jwt", "identity.revocation", "database",
                            "address",
                            "http", "audit", "limit")),
            entry("identity.signin",
                    Set.of("identity", "identity.provider", "identity.session", "address", "http", "audit", "limit")),
            entry("identity.token",
                    Set.of("identity", "identity.jwt", "identity.revocation", "identity.session", "http", "audit",
                            "limit")),
            entry("credential", Set.of("http", "change", "database", "audit", "limit")),
            entry("address", Set.of("timer", "http")),
            entry("agent",
                    Set.of("presence", "credential", "enrolment", "address", "http", "connection", "limit", "text",
                            "audit")),
            entry("enrolment",
                    Set.of("machine", "machine.registration", "credential", "identity", "identity.jwt",
                            "identity.revocation", "identity.session", "http", "audit", "limit", "text", "label")),
            entry("socket",
                    Set.of("timer", "socket.workarounds", "agent", "presence", "credential", "change", "http", "limit",
                            "ping")),
            entry("socket.workarounds", Set.of()),
            entry("presence", Set.of("presence.clock", "machine", "database", "change", "http")),
            entry("presence.clock", Set.of()),
            entry("presence.loop", Set.of("presence", "presence.clock", "database", "change")),
            entry("removal", Set.of("timer", "presence", "change", "database", "audit")),
            entry("leftover", Set.of("timer", "removal", "audit")),
            entry("ping",
                    Set.of("machine", "machine.selection", "machine.list", "identity", "credential", "change",
                            "database", "http")),
            entry("alert", Set.of("machine", "change", "database")),
            entry("feed",
                    Set.of("timer", "database", "change", "machine.selection", "machine.list", "identity",
                            "identity.revocation", "response", "http")),
            entry("database", Set.of("http", "timer")),
            entry("change", Set.of()),
            entry("audit", Set.of("timer", "text", "limit")),
            entry("limit", Set.of("text")),
            entry("timer", Set.of()),
            entry("text", Set.of()),
            entry("http", Set.of("connection")),
            entry("connection", Set.of("timer", "descriptor")),
            entry("response", Set.of("timer", "connection")),
            entry("embedded", Set.of()),
            entry("nativeimage", Set.of()),
            entry("descriptor", Set.of()),
            entry("start", Set.of("address", "connection", "embedded", "http", "identity.session")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(BASE);

    static Set<String> packages() {
        return ARROWS.keySet();
    }

    @Test
    void every_package_is_in_the_table() {
        Set<String> found = CLASSES.stream()
                .map(type -> type.getPackageName().substring(BASE.length() + 1))
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(packages());
    }

    /** An arrow that nothing uses would let in what nobody decided on. */
    @ParameterizedTest
    @MethodSource("packages")
    void a_package_imports_just_what_the_design_lets_it(String name) throws IOException {
        Stream<String> linked = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(BASE + "." + name))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName());
        // The compiler copies constants, so that classes do not show whose they are.
        Stream<String> named = sources().stream()
                .filter(source -> source.getParent().equals(PACKAGES.resolve(name.replace('.', '/'))))
                .flatMap(source -> lines(source).stream())
                .map(IMPORT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1));
        Set<String> imported = Stream.concat(linked, named)
                .filter(other -> other.startsWith(BASE) && !other.equals(BASE + "." + name))
                .map(other -> other.substring(BASE.length() + 1))
                .collect(Collectors.toSet());

        assertThat(imported).isEqualTo(ARROWS.get(name));
    }

    /** Sub-packages are packages of their own: they and the one above them make no circle either. */
    @Test
    void there_are_no_circles() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** A reader sees no more classes at once. */
    @Test
    void no_package_is_large() throws IOException {
        Map<Path, Long> sizes = sources().stream()
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

        assertThat(sizes.values()).allMatch(size -> size <= MOST_CLASSES);
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

    /** Anything else ends at the first byte that differs, and so tells by its time how much of a guess was right. */
    @ParameterizedTest
    @ValueSource(strings = {"credential", "machine.registration"})
    void hashes_of_secrets_are_compared_in_constant_time(String name) {
        List<String> comparisons = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(BASE + "." + name))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .map(access -> access.getTarget().getOwner().getSimpleName() + "." + access.getTarget().getName())
                .filter(COMPARES_BYTES.asMatchPredicate())
                .distinct()
                .toList();

        assertThat(comparisons).containsExactly("MessageDigest.isEqual");
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
    void only_who_starts_the_service_talks_to_the_console() throws IOException {
        assertThat(sources().stream()
                .filter(source -> !source.startsWith(PACKAGES.resolve("start")))
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

        served.addAll(routesOfMachines());
        if (lines(PACKAGES.resolve("agent/LeaveRoute.java")).stream()
                .anyMatch(line -> line.contains("HttpMethod.DELETE"))) {
            served.add("DELETE /api/agent");
        }

        assertThat(served).isEqualTo(documented());
    }

    /** A route of Vert.x is not told by any type or annotation. */
    private static List<String> routesOfMachines() {
        return Pattern.compile("(?:serve\\(router, HttpMethod\\.(\\w+), |AgentDoor\\.PATH \\+ )\"(\\w+)\"")
                .matcher(Stream.of("AgentRoutes", "EnrolRoute")
                        .flatMap(name -> lines(PACKAGES.resolve("agent/" + name + ".java")).stream())
                        .collect(Collectors.joining("\n")))
                .results()
                .map(found -> (found.group(1) == null ? "POST" : found.group(1)) + " /api/agent/" + found.group(2))
                .toList();
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
