package org.machineregistry.drill;

/**
 * Something that was shown or done, and was not so.
 *
 * @param subject the machine or the watcher that it is of
 * @param what its kind
 * @param millis how long it lasted beyond what the contract allows
 */
record Lie(Kind kind, String subject, String what, long millis, String detail) {
    enum Kind {
        /** A machine that is there is shown offline. */
        FALSE_OFFLINE,
        /** A machine that is not there is shown online again. */
        FALSE_ONLINE,
        /** A machine that came is still shown offline. */
        LATE_ONLINE,
        /** A machine that said goodbye is still shown online. */
        LATE_GOODBYE,
        /** A machine whose socket broke is still shown online. */
        LATE_LOST,
        /** A silent machine is still shown online. */
        LATE_SILENT,
        /** Offline, but for another reason. */
        WRONG_REASON,
        /** A registered machine is not shown. */
        MISSING,
        /** A stream does not say that its replica is cut off. */
        STALE_STREAM,
        /** A list of a replica that is cut off shows old states. */
        STALE_LIST,
        /** A stream says that its replica is cut off, and it is not. */
        FALSE_AWAY,
        /** A machine's newest socket is closed as if a newer one had taken over. */
        LIVING_SOCKET_CLOSED_4409,
        /** A machine's good token is called bad. */
        FALSE_4401,
        /** Who asks replicas that can serve is refused again and again. */
        REFUSED,
        /** An answer that the contract does not know. */
        WRONG_ANSWER,
        /** The drill could not be run to its end. */
        BROKEN_OFF;

        @Override
        public String toString() {
            return name().replace('_', '-');
        }
    }

    @Override
    public String toString() {
        return kind + " " + subject + " (" + what + "), " + millis + " ms: " + detail;
    }
}
