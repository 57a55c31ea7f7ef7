package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person with a very large list, who asks for it in every way, does not slow, stop or fill the service for another. */
@ExtendWith(Site.Extension.class)
class LargeOwnerIT {
    // What the Kubernetes manifest's limit of memory leaves to a JVM; the executable has a bound of its own, 128 MB.
    private static final String JVM_HEAP = "179m";
    // For more than a hundred answers of each kind: of fewer, the slowest would be what 99 of 100 are measured by.
    private static final Duration EACH = Duration.ofSeconds(12);
    private static final Duration CUT_OFF_AFTER = Duration.ofSeconds(30);
    // Aimed at is 100 ms on a machine that does nothing else; where it does, it is as slow without an attack.
    private static final long LATEST_MILLIS = 1_500;
    private static final int SLOWER_AT_MOST = 10;

    /** How the attacker asks; until it is told to end. */
    private interface Attack {
        void run(AtomicBoolean over) throws Exception;
    }

    @Test
    void a_very_large_list_stops_nobody(Site site) throws Exception {
        try (Replica replica = site.replica("for a do shift; case $a in -Xmx*) a=-Xmx" + JVM_HEAP
                + ";; esac; set -- \"$@\" \"$a\"; done; exec \"$@\"")) {
            replica.start();
            Api.awaitReady(replica);
            LargeOwner attacker = new LargeOwner(replica);
            try (Bystander other = new Bystander(replica)) {
                measure(other, "no attacks", over -> {
                });
                other.setUsual();
                measure(other, "4 streams that come back at once", over -> assertServed(attacker.streams(4, over)));
                measure(other, "8 lists at once", over -> assertServed(attacker.lists(8, over)));
                List<Socket> readers = new ArrayList<>();
                measure(other, "60 that never read", over -> readers.addAll(attacker.neverReading(60)));
                awaitCutOff(replica, readers);

                assertTrue(replica.isRunning());
                assertEquals(LargeOwner.MACHINES,
                        Api.json(Api.send(Api.request(replica, "/api/machines", attacker.person.session).build())
                                .body()).size());
                Awaitility.await().atMost(Api.PATIENCE).until(() -> metric(replica, "lists_large_bytes") == 0);
                assertTrue(!replica.output().contains(" ERROR ") && !replica.output().contains("OutOfMemory"),
                        replica.output());
            }
        }
    }

    private static void measure(Bystander other, String title, Attack attack) throws Exception {
        other.forget();
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> attacking = CompletableFuture.runAsync(() -> {
            try {
                attack.run(over);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        Awaitility.await().pollDelay(EACH).atMost(EACH.plusSeconds(5)).until(() -> true);
        over.set(true);
        attacking.join();

        System.out.println("While there are " + title + ": " + other);
        other.assertServed(LATEST_MILLIS, SLOWER_AT_MOST);
    }

    /** Each was answered, or told that too many are answered now. */
    private static void assertServed(List<Integer> statuses) {
        assertTrue(statuses.stream().allMatch(status -> status == 200 || status == 503), statuses::toString);
        assertTrue(statuses.contains(200), statuses::toString);
    }

    /** Of those who do not read nothing is kept, and what they find, when they look, ends in the middle. */
    private static void awaitCutOff(Replica replica, List<Socket> readers) throws IOException {
        // The other person's stream stays.
        Awaitility.await().atMost(CUT_OFF_AFTER).during(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    assertEquals(0, metric(replica, "lists_large_bytes"));
                    assertEquals(1, metric(replica, "feed_streams"));
                });
        for (Socket reader : readers) {
            try (reader) {
                reader.setSoTimeout((int) Duration.ofSeconds(2).toMillis());
                String head = openAfter(reader);
                assertTrue(head.isEmpty() || head.startsWith("HTTP/1.1 503 "), head);
            }
        }
    }

    /** @return what the connection begins with, where it is still open at its end; else nothing */
    private static String openAfter(Socket reader) {
        byte[] some = new byte[64 * 1024];
        String head = null;
        try {
            for (int read = 0; read >= 0; read = reader.getInputStream().read(some)) {
                if (read > 0 && head == null) {
                    head = new String(some, 0, Math.min(read, 100), StandardCharsets.US_ASCII);
                }
            }
            return "";
        } catch (SocketTimeoutException open) {
            return String.valueOf(head);
        } catch (IOException reset) {
            return "";
        }
    }

    private static long metric(Replica replica, String name) {
        String metrics = Api.send(Api.request(replica, "/q/metrics", null).build()).body();
        return Pattern.compile("(?m)^" + name + "(?:\\{.*\\})? (\\S+)").matcher(metrics).results()
                .mapToLong(match -> (long) Double.parseDouble(match.group(1))).sum();
    }
}
