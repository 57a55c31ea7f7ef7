package org.machineregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

/** How the sources are written, as far as it can be counted. */
class SourceTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST_METHOD = 30;
    /** Internals of Vert.x, Netty, Quarkus and Quarkus REST, and substitutions; what their guides name is not among them. */
    private static final Pattern INTERNAL = Pattern.compile("^import (static )?(?!.*("
            + "io\\.quarkus\\.runtime\\.(\\w+|annotations\\.\\w+|configuration\\.Config(urationException|Utils));"
            + "|runtime\\.filters\\.Filters;|runtime\\.cors\\.CORSFilter;|HttpAuthenticationMechanism;|ChallengeData;"
            + "|InfoContributor;|QuarkusSecurityIdentity;|HttpSecurityUtils;|server\\.spi\\.|HttpResponseStatus;))"
            + "(com\\.oracle\\.svm\\.|io\\.netty\\.|.*\\.impl\\.|org\\.jboss\\.resteasy\\.reactive\\.server\\.(core|mapping|util|spi)|io\\.quarkus\\..*runtime\\.).*");
    private static final Pattern THE_PLATFORM = Pattern.compile("\\bthe[\\s*/]+platform\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERTX_TIMER = Pattern.compile("\\.set(Timer|Periodic)\\(");
    private static final String MARK = "Reaches into ";
    private static final int MOST_WITH_INTERNALS_PERCENT = 8;

    private static List<Path> sources;

    @BeforeAll
    static void find_the_sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void no_method_is_long() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> tooLong = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
                    files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new MethodLengths(unit, positions, tooLong).scan(unit, null);
            }
        }

        assertThat(tooLong).isEmpty();
    }

    private static final class MethodLengths extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> tooLong;

        private MethodLengths(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
            this.unit = unit;
            this.positions = positions;
            this.tooLong = tooLong;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                long lines = line(positions.getEndPosition(unit, method))
                        - line(positions.getStartPosition(unit, method.getBody())) + 1;
                if (lines > LONGEST_METHOD) {
                    tooLong.add(unit.getSourceFile().getName() + ": " + method.getName() + " has " + lines + " lines");
                }
            }
            return super.visitMethod(method, nothing);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }

    /** So that an upgrade is a list to walk: each such file says what it needs there, and why nothing public will do. */
    @Test
    void who_uses_internals_of_a_framework_says_why() {
        assertThat(withInternals().filter(source -> text(source).lines().noneMatch(line -> line.contains(MARK))))
                .isEmpty();
    }

    @Test
    void few_use_internals_of_a_framework() {
        assertThat(withInternals().count() * 100)
                .isLessThanOrEqualTo((long) sources.size() * MOST_WITH_INTERNALS_PERCENT);
    }

    /** "The platform" is Quarkus, Quarkus REST, WebSockets Next, Vert.x or Netty, and whoever reads on wants to know which. */
    @Test
    void comments_name_the_component() {
        assertThat(sources.stream().filter(source -> THE_PLATFORM.matcher(text(source)).find())).isEmpty();
    }

    /** Those of Vert.x itself outlive the beans that they call. */
    @Test
    void later_work_goes_through_timers_that_end_with_the_service() {
        assertThat(sources.stream()
                .filter(source -> !source.endsWith("timer/Timers.java"))
                .filter(source -> VERTX_TIMER.matcher(text(source)).find())).isEmpty();
    }

    private static Stream<Path> withInternals() {
        return sources.stream().filter(source -> text(source).lines().anyMatch(INTERNAL.asMatchPredicate()));
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
