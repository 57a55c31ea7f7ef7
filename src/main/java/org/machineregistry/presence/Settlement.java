package org.machineregistry.presence;

import java.util.List;

/** The work that follows the commit of a batch. */
@FunctionalInterface
interface Settlement<T> {
    /** Answers who waits. @return what is to be written again, because somebody held the lock of its row */
    List<T> settle();
}
