package org.machineregistry.machine.list;

import org.machineregistry.identity.Owners;
import org.machineregistry.machine.selection.Selection;

/** A question for the list of these owners. */
public record Question(Owners owners, ListQuery query) {
    private static final ListQuery ALL = whole(Selection.ALL);

    static Question forAll(Owners owners) {
        return new Question(owners, ALL);
    }

    /** The question for the whole list of the machines that are meant. */
    public static Question forAll(Owners owners, Selection selection) {
        return selection.equals(Selection.ALL) ? forAll(owners) : new Question(owners, whole(selection));
    }

    private static ListQuery whole(Selection selection) {
        return new ListQuery(selection, null, null, ListOrder.BY_NAME, ListFormat.JSON);
    }

    boolean isForAll() {
        return query.equals(ALL);
    }

    public Selection selection() {
        return query.selection();
    }
}
