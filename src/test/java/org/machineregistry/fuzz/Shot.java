package org.machineregistry.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What is said on one connection.
 *
 * @param number of its run: with the run's seed it is made again
 * @param what for who reads of it
 * @param from the address that it comes from
 * @param kind what may come back
 * @param person who asks, of the {@link Population}; -1 for nobody of it
 * @param operation that it asks for, whose document its answer is held to; null where it asks for none
 * @param first the bytes that are said at once
 * @param then those that are said once the connection is a WebSocket; null for none
 * @param headsAlone the streams of HTTP/2 on which heads alone are asked for
 */
record Shot(long number, String what, String from, Kind kind, int person, Operation operation, byte[] first,
        byte[] then, Set<Integer> headsAlone) {
    private static final int SHOWN = 1_500;

    Shot(long number, String what, String from, Kind kind, int person, Operation operation, byte[] first, byte[] then) {
        this(number, what, from, kind, person, operation, first, then, Set.of());
    }

    enum Kind {
        /** One whole request, which gets one answer. */
        REQUEST,
        /** One whole request for a head alone. */
        HEAD,
        /** What may be HTTP/1, or not. */
        RAW,
        /** Two requests for those who read its framing wrong: the inner one must not be answered. */
        SMUGGLED,
        /** What begins like HTTP/2. */
        HTTP2,
        /** A handshake of a WebSocket. */
        SOCKET
    }

    boolean mustBeAnswered() {
        return kind == Kind.REQUEST || kind == Kind.HEAD;
    }

    @Override
    public String toString() {
        String said = new String(first, StandardCharsets.ISO_8859_1);
        return "shot " + number + ", " + what + " from " + from + ":\n"
                + said.substring(0, Math.min(SHOWN, said.length())).replaceAll("[^\\x20-\\x7e\\n]", "\u00b7");
    }
}
