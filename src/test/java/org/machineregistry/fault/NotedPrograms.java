package org.machineregistry.fault;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** A PATH of programs that note their arguments and environment, before they become what they are named after. */
final class NotedPrograms {
    private static final String NOTE = """
            #!/bin/sh
            { printf '%%s\\n' "$0 $*"; /usr/bin/tr '\\0' '\\n' </proc/$$/environ; } >>'%s'
            exec '%s' "$@"
            """;

    private final Path directory;
    private final Path notes;

    /** @param names those that the agent may use; there are no others */
    NotedPrograms(Path parent, Set<String> names) throws IOException {
        directory = Files.createDirectory(parent.resolve("programs"));
        notes = Files.createFile(parent.resolve("notes.txt"));
        for (String name : names) {
            add(name, NOTE.formatted(notes, installed(name)));
        }
    }

    void add(String name, String script) throws IOException {
        Path program = Files.writeString(directory.resolve(name), script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    String path() {
        return directory.toString();
    }

    String notes() throws IOException {
        return Files.readString(notes, StandardCharsets.ISO_8859_1);
    }

    /** The names of those that ran. */
    Set<String> used() throws IOException {
        return notes().lines()
                .filter(line -> line.startsWith(directory + "/"))
                .map(line -> line.substring(directory.toString().length() + 1).split(" ")[0])
                .collect(toSet());
    }

    static boolean isInstalled(String name) {
        return candidates(name).anyMatch(Files::isExecutable);
    }

    static Path installed(String name) {
        return candidates(name).filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not installed"));
    }

    private static Stream<Path> candidates(String name) {
        return Stream.of("/usr/bin", "/bin").map(Path::of).map(directory -> directory.resolve(name));
    }
}
