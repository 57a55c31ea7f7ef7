package org.machineregistry.machine.list;

import java.util.ArrayList;
import java.util.List;

import org.machineregistry.identity.Owners;

/**
 * The statement of a list: what follows its FROM, and its parameters. The list of one owner is read from the index of owners in its
 * order; that of several from there as well, each owner's part by itself and no further than a page; that of everybody from the
 * index of names.
 *
 * @param planned whether it is to be planned for its values
 */
public record ListSql(String from, List<Object> parameters, boolean planned) {
    public static ListSql of(Owners owners, ListQuery query) {
        List<Object> parameters = new ArrayList<>();
        return new ListSql(from(owners, query, parameters), parameters, query.selection().isPlanned());
    }

    private static String from(Owners owners, ListQuery query, List<Object> parameters) {
        if (owners.everybody()) {
            return "machine where true" + rest(query, parameters);
        }
        if (owners.isOne()) {
            parameters.add(owners.only());
            return "machine where owner = ?" + rest(query, parameters);
        }
        parameters.add(owners.names());
        String each = rest(query, parameters);
        String all = orderOf(query) + limit(query, parameters);
        return "unnest(?::text[]) asked cross join lateral (select * from machine where owner = asked" + each
                + ") listed" + all;
    }

    private static String rest(ListQuery query, List<Object> parameters) {
        StringBuilder rest = new StringBuilder();
        query.selection().addConditions(rest, parameters);
        if (query.after() != null) {
            rest.append(" and ").append(query.order().after());
            parameters.add(query.order().valueOf(query.after().place()).orElseThrow());
            parameters.add(query.after().machineId());
        }
        return rest.append(orderOf(query)).append(limit(query, parameters)).toString();
    }

    private static String orderOf(ListQuery query) {
        return " order by " + query.order().sql();
    }

    private static String limit(ListQuery query, List<Object> parameters) {
        if (query.limit() == null) {
            return "";
        }
        parameters.add(query.limit() + 1);
        return " limit ?";
    }
}
