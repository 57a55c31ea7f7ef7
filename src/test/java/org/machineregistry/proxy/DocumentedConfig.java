package org.machineregistry.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configurations of {@code docs/proxies.md}, as they stand there. */
final class DocumentedConfig {
    private static final Path PAGE = Path.of("docs/proxies.md");

    private DocumentedConfig() {}

    static String named(String name) {
        Matcher block = Pattern
                .compile("<!-- tested: " + Pattern.quote(name) + " -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL)
                .matcher(page());
        if (!block.find()) {
            throw new IllegalArgumentException(PAGE + " has no configuration " + name);
        }
        return block.group(1);
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
