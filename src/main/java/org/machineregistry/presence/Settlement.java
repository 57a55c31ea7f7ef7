package org.machineregistry.presence;

import java.util.List;

/** What is done after the commit of a batch. */
@FunctionalInterface
interface Settlement<T> {
    /** Answers who waits. @return what is to be written again, because somebody held the lock of its row */
    List<T> settle();
}
