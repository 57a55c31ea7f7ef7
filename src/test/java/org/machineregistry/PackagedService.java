package org.machineregistry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the build has made to be run: the native executable where that is what is tested, else the jar. */
public final class PackagedService {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();

    private PackagedService() {}

    /** The command that starts it, with settings in the form of {@code -Dname=value}. */
    public static List<String> command(List<String> settings) {
        String executable = System.getProperty("native.image.path");
        if (executable == null) {
            return command(JAR, settings);
        }
        if (!Files.isExecutable(Path.of(executable))) {
            throw new IllegalStateException("there is no executable " + executable);
        }
        List<String> command = new ArrayList<>(List.of(executable));
        command.addAll(settings);
        return command;
    }

    /** The command that starts the service from this jar. */
    public static List<String> command(Path jar, List<String> settings) {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.addAll(settings);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
