package org.machineregistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of a page in {@code docs/} that is marked as tested, as it stands there. */
public final class DocumentedBlock {
    private DocumentedBlock() {}

    public static String in(String page, String name) {
        Matcher block = Pattern
                .compile("<!-- tested: " + Pattern.quote(name) + " -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL)
                .matcher(text(page));
        if (!block.find()) {
            throw new IllegalArgumentException(page + " has no block " + name);
        }
        return block.group(1);
    }

    private static String text(String page) {
        try {
            return Files.readString(Path.of(page));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
