package org.machineregistry.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real client. Whatever it says on its error output, such as that a field is deprecated, is a failure. */
final class Kubectl {
    /** The first that knows components. */
    private static final String KUSTOMIZE = "Kustomize Version: v5";

    private final String server;

    Kubectl(String server) {
        this.server = server;
    }

    static String kustomize(Path kustomization) {
        return run("kubectl", "kustomize", kustomization.toString());
    }

    /** A manifest with a strategic merge patch in it. */
    static String merge(String manifest, String patch) {
        try {
            Path file = Files.createTempFile("manifest", ".json");
            Files.writeString(file, manifest);
            String merged = run("kubectl", "patch", "--local", "--type=strategic", "--output=json", "--patch=" + patch,
                    "--filename=" + file);
            Files.delete(file);
            return merged;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it did to each manifest, a line each. The API server that stands in has no schemas: Manifests checks the fields. */
    List<String> apply(Path kustomization) {
        return call("apply", "--validate=false", "--kustomize", kustomization.toString()).lines().sorted().toList();
    }

    String call(String... arguments) {
        Stream<String> connection = Stream.of("kubectl", "--server=" + server, "--kubeconfig=/dev/null",
                "--cache-dir=target/kubectl", "--namespace=default");
        return run(Stream.concat(connection, Stream.of(arguments)).toArray(String[]::new));
    }

    private static String run(String... command) {
        assumeTrue(isUsable(), "No kubectl with kustomize 5 is installed");
        return output(command);
    }

    private static boolean isUsable() {
        try {
            return output("kubectl", "version", "--client").contains(KUSTOMIZE);
        } catch (UncheckedIOException notInstalled) {
            return false;
        }
    }

    private static String output(String... command) {
        try {
            Path output = Files.createTempFile("kubectl", ".out");
            Path errors = Files.createTempFile("kubectl", ".err");
            Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            boolean ended = process.waitFor(1, TimeUnit.MINUTES);
            process.destroyForcibly();
            String said = Files.readString(errors, StandardCharsets.UTF_8);
            String result = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            Files.delete(errors);
            if (!ended || process.exitValue() != 0 || !said.isEmpty()) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
