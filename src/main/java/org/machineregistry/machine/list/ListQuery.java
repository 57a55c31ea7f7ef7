package org.machineregistry.machine.list;

import org.machineregistry.http.Problems;
import org.machineregistry.machine.selection.Selection;

/**
 * Which of the machines are asked for, and in which order.
 *
 * @param limit how many at most, null for all; one more is read, to know whether there is more
 * @param after null for the first page
 */
record ListQuery(Selection selection, Integer limit, PageCursor after, ListOrder order,
        ListFormat format) {
    private static final int LARGEST_PAGE = 1_000;

    static ListQuery parse(Selection selection, String limit, String after, ListOrder order) {
        return new ListQuery(selection, limit == null ? null : parseLimit(limit),
                after == null ? null : PageCursor.parse(order, after), order, ListFormat.JSON);
    }

    ListQuery as(ListFormat format) {
        return new ListQuery(selection, limit, after, order, format);
    }

    private static int parseLimit(String limit) {
        if (!limit.matches("[0-9]{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > LARGEST_PAGE) {
            throw Problems.invalid("limit", "must be a whole number from 1 to " + LARGEST_PAGE);
        }
        return Integer.parseInt(limit);
    }
}
