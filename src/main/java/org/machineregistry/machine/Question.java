package org.machineregistry.machine;

/** One owner's question for a list. */
record Question(String owner, ListQuery query) {
    private static final ListQuery ALL = new ListQuery(null, null, null, null, ListOrder.BY_NAME, false);

    static Question forAll(String owner) {
        return new Question(owner, ALL);
    }

    boolean isForAll() {
        return query.equals(ALL);
    }
}
