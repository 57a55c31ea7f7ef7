package org.machineregistry.machine;

import java.util.HashMap;
import java.util.Map;

import org.machineregistry.problem.Problems;

import io.quarkus.hibernate.orm.panache.PanacheQuery;

/**
 * Which of an owner's machines are asked for; each part null where all are.
 *
 * @param limit how many at most; one more is read, to know whether there is more
 */
record ListQuery(MachineStatus status, String namePart, Integer limit, PageCursor after) {
    private static final int LARGEST_PAGE = 1_000;

    static ListQuery parse(String status, String namePart, String limit, String after) {
        return new ListQuery(status == null ? null : parseStatus(status),
                namePart == null || namePart.isEmpty() ? null : Machine.sortName(namePart),
                limit == null ? null : parseLimit(limit), after == null ? null : PageCursor.parse(after));
    }

    private static MachineStatus parseStatus(String status) {
        return switch (status) {
            case "online" -> MachineStatus.ONLINE;
            case "offline" -> MachineStatus.OFFLINE;
            default -> throw Problems.invalid("status", "must be online or offline");
        };
    }

    private static int parseLimit(String limit) {
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > LARGEST_PAGE) {
            throw Problems.invalid("limit", "must be a whole number from 1 to " + LARGEST_PAGE);
        }
        return Integer.parseInt(limit);
    }

    PanacheQuery<Machine> of(String owner) {
        StringBuilder where = new StringBuilder("from Machine where owner = :owner");
        Map<String, Object> parameters = new HashMap<>(Map.of("owner", owner));
        if (status != null) {
            where.append(" and status = :status");
            parameters.put("status", status);
        }
        if (namePart != null) {
            where.append(" and sortName like :namePart escape '!'");
            parameters.put("namePart", '%' + namePart.replaceAll("[!%_]", "!$0") + '%');
        }
        if (after != null) {
            where.append(" and (sortName, machineId) > (:afterName, :afterId)");
            parameters.put("afterName", after.sortName());
            parameters.put("afterId", after.machineId());
        }
        PanacheQuery<Machine> query = Machine.find(where.append(" order by sortName, machineId").toString(),
                parameters);
        return limit == null ? query : query.range(0, limit);
    }
}
