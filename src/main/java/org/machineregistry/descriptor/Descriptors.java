package org.machineregistry.descriptor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The file descriptors of this process, as Linux tells of them; other systems are not asked. */
public final class Descriptors {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final String SOFT_LIMIT = "Max open files\\s+(\\d+)\\s.*";

    private Descriptors() {}

    /** @throws IOException also when none is free to look with */
    public static OptionalLong limit() throws IOException {
        // Asking whether a file is there needs no descriptor.
        if (!Files.exists(LIMITS)) {
            return OptionalLong.empty();
        }
        return limit(Files.readString(LIMITS));
    }

    /** The limit that this text says; empty where there is none. */
    static OptionalLong limit(String limits) {
        return limits.lines()
                .filter(line -> line.matches(SOFT_LIMIT))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(SOFT_LIMIT, "$1")))
                .findFirst();
    }

    public static long open() throws IOException {
        try (Stream<Path> open = Files.list(OPEN)) {
            return open.count();
        }
    }
}
