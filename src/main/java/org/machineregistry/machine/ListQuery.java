package org.machineregistry.machine;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;

import org.machineregistry.http.Problems;
import org.machineregistry.text.NaturalOrder;
import org.machineregistry.text.VisibleText;

/**
 * Which of the machines are asked for; each part null where all are.
 *
 * @param part of the name, of the host's name or, from three characters on, of the id; without case
 * @param flapping whether only those that changed five times within an hour
 * @param limit how many at most; one more is read, to know whether there is more
 */
record ListQuery(MachineStatus status, String part, Integer limit, PageCursor after, ListOrder order,
        boolean flapping) {
    private static final int LARGEST_PAGE = 1_000;
    private static final int LONGEST_PART = 100;
    // Every second id that the service makes holds any given letter.
    private static final int SHORTEST_PART_OF_ID = 3;

    private static final String FLAPPING = """
            \sand case when status_since > now() - interval '1 hour' then history[5] not like '%never_connected'
            and split_part(history[5], ' ', 1)::bigint > extract(epoch from now() - interval '1 hour') * 1000 end""";

    static ListQuery parse(String status, String part, String limit, String after) {
        return parse(status, part, limit, after, ListOrder.BY_NAME);
    }

    static ListQuery parse(String status, String part, String limit, String after, ListOrder order) {
        return new ListQuery(status == null ? null : parseStatus(status),
                part == null || part.isEmpty() ? null : parsePart(part),
                limit == null ? null : parseLimit(limit), after == null ? null : PageCursor.parse(order, after), order,
                false);
    }

    /** The same, of those alone that flap. @param flapping as it was asked for; null for all */
    ListQuery flapping(String flapping) {
        if (flapping != null && !flapping.equals("true")) {
            throw Problems.invalid("flapping", "must be true");
        }
        return new ListQuery(status, part, limit, after, order, flapping != null);
    }

    private static MachineStatus parseStatus(String status) {
        return switch (status) {
            case "online" -> MachineStatus.ONLINE;
            case "offline" -> MachineStatus.OFFLINE;
            default -> throw Problems.invalid("status", "must be online or offline");
        };
    }

    private static String parsePart(String part) {
        String composed = Normalizer.normalize(part, Normalizer.Form.NFC);
        if (composed.codePointCount(0, composed.length()) > LONGEST_PART) {
            throw Problems.invalid("q", "must be at most " + LONGEST_PART + " characters, as names are");
        }
        int invisible = VisibleText.findInvisibleInPart(composed);
        if (invisible != VisibleText.NONE) {
            throw Problems.invalid("q", VisibleText.mustNotContain(invisible));
        }
        return NaturalOrder.withoutCase(composed);
    }

    private static int parseLimit(String limit) {
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > LARGEST_PAGE) {
            throw Problems.invalid("limit", "must be a whole number from 1 to " + LARGEST_PAGE);
        }
        return Integer.parseInt(limit);
    }

    /** Adds which of the machines, each with an "and" before it. */
    void addConditions(StringBuilder where, List<Object> parameters) {
        if (status != null) {
            // What only a newer version of the service knows is shown as offline, and found so.
            where.append(status == MachineStatus.ONLINE ? " and status = 'online'" : " and status <> 'online'");
        }
        if (part != null) {
            contains(where, parameters);
        }
        if (flapping) {
            where.append(FLAPPING);
        }
    }

    private void contains(StringBuilder where, List<Object> parameters) {
        // What lower() makes of other letters than ASCII's depends on how a PostgreSQL was built: host names have none.
        List<String> searched = part.length() < SHORTEST_PART_OF_ID
                ? List.of("sort_name", "lower(hostname collate \"C\")")
                : List.of("sort_name", "lower(hostname collate \"C\")", "lower(machine_id)");
        String pattern = '%' + part.replaceAll("[!%_]", "!$0") + '%';
        where.append(searched.stream()
                .map(column -> column + " like ? escape '!'")
                .collect(Collectors.joining(" or ", " and (", ")")));
        searched.forEach(column -> parameters.add(pattern));
    }
}
