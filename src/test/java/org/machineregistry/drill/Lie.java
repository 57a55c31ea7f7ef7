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
        FALSE_OFFLINE("a machine that is there is shown offline"), FALSE_ONLINE(
                "a machine that is not there is shown online again"), LATE_ONLINE(
                        "a machine that came is still shown offline"), LATE_GOODBYE(
                                "a machine that said goodbye is still shown online"), LATE_LOST(
                                        "a machine whose socket broke is still shown online"), LATE_SILENT(
                                                "a silent machine is still shown online"), WRONG_REASON(
                                                        "offline, but for another reason"), MISSING(
                                                                "a registered machine is not shown"), STALE_STREAM(
                                                                        "a stream does not say that its replica is cut off"), STALE_LIST(
                                                                                "a list of a replica that is cut off shows old states"), FALSE_AWAY(
                                                                                        "a stream says that its replica is cut off, and it is not"), LIVING_SOCKET_CLOSED_4409(
                                                                                                "a machine's newest socket is closed as if a newer one had taken over"), FALSE_4401(
                                                                                                        "a machine's good token is called bad"), REFUSED(
                                                                                                                "who asks replicas that can serve is refused again and again"), WRONG_ANSWER(
                                                                                                                        "an answer that the contract does not know"), BROKEN_OFF(
                                                                                                                                "the drill could not be run to its end");

        final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

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
