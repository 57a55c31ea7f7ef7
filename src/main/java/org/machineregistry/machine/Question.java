package org.machineregistry.machine;

import org.machineregistry.identity.Owners;

/** A question for the list of these owners. */
record Question(Owners owners, ListQuery query) {
    private static final ListQuery ALL = new ListQuery(null, null, null, null, ListOrder.BY_NAME, false);

    static Question forAll(Owners owners) {
        return new Question(owners, ALL);
    }

    boolean isForAll() {
        return query.equals(ALL);
    }
}
