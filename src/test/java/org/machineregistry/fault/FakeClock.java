package org.machineregistry.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A wall clock of one program that can be stepped while it runs, by libfaketime; its monotonic clock stays as it is. */
public final class FakeClock {
    /** How the program is told that its clock has stepped. */
    public enum Reading {
        /** At each look at the clock: right for many processes, which must not differ. */
        ALWAYS("FAKETIME_NO_CACHE"),
        /** Once a second: for a single process, which looks very often. */
        EACH_SECOND("FAKETIME_CACHE_DURATION");

        private final String variable;

        Reading(String variable) {
            this.variable = variable;
        }
    }

    private final Path library = library();
    private final Path file;
    private final Reading reading;

    public FakeClock(Path directory, String name, Reading reading) {
        this.reading = reading;
        file = directory.resolve(name + ".clock");
        step(0);
    }

    /** What the program needs in its environment. */
    public Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                reading.variable, "1",
                // Works around libfaketime 0.9.10, which takes waits by the monotonic clock for waits by the other: a
                // JVM's waits would all be over at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1"));
    }

    /** The same, as a command that goes in front of the program. */
    public List<String> wrapper() {
        List<String> command = new ArrayList<>(List.of("env"));
        environment().forEach((name, value) -> command.add(name + "=" + value));
        return command;
    }

    /** Sets it so far ahead of the true time, or behind it. */
    public void step(int seconds) {
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"),
                    String.format("%+d%n", seconds));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path library() {
        try (Stream<Path> directories = Files.list(Path.of("/usr/lib"))) {
            return directories.map(directory -> directory.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("libfaketime is missing (Debian: libfaketime)"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
