package org.machineregistry.machine;

import java.text.Normalizer;
import java.util.List;

import org.machineregistry.problem.Problems;
import org.machineregistry.text.NaturalOrder;
import org.machineregistry.text.VisibleText;

/**
 * Which of an owner's machines are asked for; each part null where all are.
 *
 * @param limit how many at most; one more is read, to know whether there is more
 */
record ListQuery(MachineStatus status, String namePart, Integer limit, PageCursor after) {
    private static final int LARGEST_PAGE = 1_000;
    private static final int LONGEST_NAME = 100;

    static ListQuery parse(String status, String namePart, String limit, String after) {
        return new ListQuery(status == null ? null : parseStatus(status),
                namePart == null || namePart.isEmpty() ? null : parseNamePart(namePart),
                limit == null ? null : parseLimit(limit), after == null ? null : PageCursor.parse(after));
    }

    private static MachineStatus parseStatus(String status) {
        return switch (status) {
            case "online" -> MachineStatus.ONLINE;
            case "offline" -> MachineStatus.OFFLINE;
            default -> throw Problems.invalid("status", "must be online or offline");
        };
    }

    private static String parseNamePart(String namePart) {
        String composed = Normalizer.normalize(namePart, Normalizer.Form.NFC);
        if (composed.codePointCount(0, composed.length()) > LONGEST_NAME) {
            throw Problems.invalid("q", "must be at most " + LONGEST_NAME + " characters, as names are");
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

    /** What follows the WHERE; the owner is the first parameter already. */
    String where(List<Object> parameters) {
        StringBuilder where = new StringBuilder("owner = ?");
        if (status != null) {
            // What only a newer version of the service knows is shown as offline, and found so.
            where.append(status == MachineStatus.ONLINE ? " and status = 'online'" : " and status <> 'online'");
        }
        if (namePart != null) {
            where.append(" and sort_name like ? escape '!'");
            parameters.add('%' + namePart.replaceAll("[!%_]", "!$0") + '%');
        }
        if (after != null) {
            where.append(" and (sort_key, machine_id) > (?, ?)");
            parameters.add(NaturalOrder.keyOf(after.sortName()));
            parameters.add(after.machineId());
        }
        where.append(" order by sort_key, machine_id");
        if (limit != null) {
            where.append(" limit ?");
            parameters.add(limit + 1);
        }
        return where.toString();
    }
}
