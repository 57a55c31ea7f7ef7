package org.machineregistry.drill;

import java.util.ArrayList;
import java.util.List;

import org.machineregistry.drill.Drill.Scale;

/**
 * What the drills are asked for.
 *
 * @param isTable whether a Markdown table follows
 */
record Arguments(List<Drill> drills, int times, Scale scale, boolean isTable) {
    private static final int MACHINES = 24;
    private static final int STAMPEDE = 5_000;
    private static final int REPETITIONS = 20;
    /** The short set has to fit into six minutes. */
    private static final int REPETITIONS_IN_SHORT = 5;

    static Arguments of(List<String> given) {
        List<Drill> drills = new ArrayList<>();
        int times = 1;
        int machines = MACHINES;
        int stampede = STAMPEDE;
        int repetitions = given.contains("short") ? REPETITIONS_IN_SHORT : REPETITIONS;
        boolean table = false;
        for (int i = 0; i < given.size(); i++) {
            switch (given.get(i)) {
                case "--times" -> times = number(given, ++i);
                case "--machines" -> machines = number(given, ++i);
                case "--stampede" -> stampede = number(given, ++i);
                case "--repetitions" -> repetitions = number(given, ++i);
                case "--table" -> table = true;
                case "all" -> drills.addAll(Catalogue.all());
                case "short" -> drills.addAll(Catalogue.all().stream().filter(Drill::isShort).toList());
                default -> drills.add(drill(given.get(i)));
            }
        }
        if (drills.isEmpty()) {
            throw new IllegalArgumentException("say which drills: short, all, or of " + names());
        }
        return new Arguments(drills, times, new Scale(machines, stampede, repetitions), table);
    }

    private static int number(List<String> given, int index) {
        if (index >= given.size() || !given.get(index).matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(given.get(index - 1) + " needs a number");
        }
        return Integer.parseInt(given.get(index));
    }

    private static Drill drill(String name) {
        return Catalogue.all().stream().filter(drill -> drill.name().equals(name)).findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no drill " + name + "; there are " + names()));
    }

    private static String names() {
        return String.join(", ", Catalogue.all().stream().map(Drill::name).toList());
    }
}
