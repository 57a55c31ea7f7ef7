package org.machineregistry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of the README's commands. A comment on the line before says what is to be done with it: it runs until it has
 * said something, it is what `.ci/run` runs, or it is not run for a reason. Without a comment it is run to its end.
 */
record ReadmeBlock(String commands, Optional<String> runsUntil, boolean isBuild, Optional<String> whyNotRun) {

    private static final Path README = Path.of("README.md");
    private static final Pattern MARK = Pattern.compile("<!-- (runs until|build|not run): (.*\\S) -->");
    private static final String FENCE = "```";

    static List<ReadmeBlock> all() throws IOException {
        return in(Files.readAllLines(README));
    }

    static List<ReadmeBlock> in(List<String> lines) {
        List<ReadmeBlock> blocks = new ArrayList<>();
        for (int start = 0; start < lines.size(); start++) {
            if (lines.get(start).startsWith(FENCE)) {
                if (!lines.get(start).equals(FENCE + "sh")) {
                    throw new IllegalArgumentException("a block that is no shell's, in line " + (start + 1));
                }
                int end = start + 1 + lines.subList(start + 1, lines.size()).indexOf(FENCE);
                blocks.add(of(lines.get(start - 1), String.join("\n", lines.subList(start + 1, end))));
                start = end;
            }
        }
        return blocks;
    }

    boolean isRun() {
        return !isBuild && whyNotRun.isEmpty();
    }

    private static ReadmeBlock of(String before, String commands) {
        Matcher mark = MARK.matcher(before);
        if (!mark.matches() && before.startsWith("<!--")) {
            throw new IllegalArgumentException("not understood: " + before);
        }
        String kind = mark.matches() ? mark.group(1) : "";
        Optional<String> said = Optional.of(kind).filter(known -> !known.isEmpty()).map(known -> mark.group(2));
        return new ReadmeBlock(commands, said.filter(text -> kind.equals("runs until")), kind.equals("build"),
                said.filter(text -> kind.equals("not run")));
    }
}
