package org.machineregistry.ping;

import java.util.HashMap;
import java.util.Map;

import org.machineregistry.http.Problems;
import org.machineregistry.identity.User;

/** How many pings this replica waits for, of all people and of each: whoever asks on and on leaves room for others. */
final class PingsUnderWay {
    private static final int MOST = 256;
    private static final int MOST_OF_A_PERSON = 8;
    // Anybody can be many people without an account.
    private static final int MOST_OF_ANONYMOUS = 64;
    private static final int RETRY_SECONDS = 5;

    private final Map<String, Integer> people = new HashMap<>();
    private int all;
    private int anonymous;

    /** Whoever begins one ends it as well. */
    synchronized void begin(User user) {
        int theirs = people.getOrDefault(user.id(), 0);
        if (theirs >= MOST_OF_A_PERSON) {
            throw Problems.tooManyRequests(RETRY_SECONDS,
                    "You wait for " + MOST_OF_A_PERSON + " pings already. Try again when one of them is answered.");
        }
        if (all >= MOST || user.anonymous() && anonymous >= MOST_OF_ANONYMOUS) {
            throw Problems.unavailable(RETRY_SECONDS, "Too many pings are under way. Try again shortly.");
        }
        people.put(user.id(), theirs + 1);
        all++;
        anonymous += user.anonymous() ? 1 : 0;
    }

    synchronized void end(User user) {
        people.computeIfPresent(user.id(), (id, theirs) -> theirs == 1 ? null : theirs - 1);
        all--;
        anonymous -= user.anonymous() ? 1 : 0;
    }
}
