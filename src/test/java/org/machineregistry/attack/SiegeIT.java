package org.machineregistry.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.machineregistry.attack.AttackedService.bearer;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.machineregistry.fault.Api;
import org.machineregistry.fault.LargeOwner;

/**
 * All attacks, over and over, two at a time: what one leaves behind adds up, and meets the next. -Dsiege.seconds=600 goes on for ten
 * minutes; -Dsiege.list-millis and -Dsiege.heartbeat-millis are bars for others' answers, 99 of 100, of a machine that does nothing
 * else.
 */
class SiegeIT {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("siege.seconds", 20));
    private static final long LIST_MILLIS = Long.getLong("siege.list-millis", 2_000);
    private static final long HEARTBEAT_MILLIS = Long.getLong("siege.heartbeat-millis", 2_000);
    // What the Kubernetes manifest gives the executable, in KiB. A JVM has its classes and its compiled code beside the same heap.
    private static final long MOST_MEMORY = System.getProperty("native.image.path") == null ? 512 * 1024 : 256 * 1024;
    // Files that are mapped are not counted: they go where somebody else needs the memory.
    private static final Pattern MEMORY = Pattern.compile("RssAnon:\\s+(\\d+) kB");
    private static final Duration LOOK_EACH = Duration.ofMillis(200);
    private static final Duration TURN = Duration.ofSeconds(3);
    private static final String JSON = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    /** @param network where it comes from: the first three numbers of the addresses, with the points */
    private interface Attack {
        void run(String network) throws Exception;
    }

    private record Named(String name, Attack attack) {}

    @Test
    void others_are_served_for_as_long_as_it_lasts() throws Exception {
        try (AttackedService service = AttackedService.start(Map.of())) {
            List<Named> attacks = attacks(service);
            int logged = service.logged();
            try (Others others = new Others(service)) {
                AtomicBoolean over = new AtomicBoolean();
                List<CompletableFuture<Integer>> sides = List.of(
                        besiege(attacks, 0, "127.0.1.", over),
                        besiege(attacks, attacks.size() / 2, "127.0.2.", over));
                CompletableFuture<?> broken = CompletableFuture.anyOf(sides.toArray(CompletableFuture[]::new));
                LongAccumulator peak = new LongAccumulator(Math::max, 0);
                long end = System.nanoTime() + TIME.toNanos();
                Awaitility.await().pollInterval(LOOK_EACH).atMost(TIME.plus(TURN)).until(() -> {
                    peak.accumulate(memory(service));
                    return broken.isDone() || System.nanoTime() > end;
                });
                assertThat(broken).isNotDone();
                over.set(true);
                int turns = sides.stream().mapToInt(CompletableFuture::join).sum();
                long lists = others.p99("list");
                long heartbeats = others.p99("heartbeat");
                others.assertServed("all of them");
                System.out.printf(
                        "SIEGE of %d s, %d attacks: others' lists p99 %d ms, heartbeats p99 %d ms, memory at most %d MiB%n",
                        TIME.toSeconds(), turns, lists, heartbeats, peak.get() / 1024);

                assertThat(lists).isLessThanOrEqualTo(LIST_MILLIS);
                assertThat(heartbeats).isLessThanOrEqualTo(HEARTBEAT_MILLIS);
                assertThat(peak.get()).isLessThanOrEqualTo(MOST_MEMORY);
            }
            assertThat(Api.health(service.replica, "live")).isEqualTo(200);
            service.assertNothingLoggedSince(logged);
        }
    }

    /** What the process holds now, in KiB. */
    private static long memory(AttackedService service) throws IOException {
        Matcher memory = MEMORY.matcher(Files.readString(Path.of("/proc/" + service.replica.pid() + "/status")));
        assertThat(memory.find()).isTrue();
        return Long.parseLong(memory.group(1));
    }

    /** @return how many attacks there were */
    private static CompletableFuture<Integer> besiege(List<Named> attacks, int first, String network,
            AtomicBoolean over) {
        return CompletableFuture.supplyAsync(() -> {
            int turns = 0;
            for (int next = first; !over.get(); next = (next + 1) % attacks.size()) {
                Named attack = attacks.get(next);
                try {
                    attack.attack.run(network);
                } catch (Exception failure) {
                    throw new IllegalStateException(attack.name, failure);
                }
                turns++;
            }
            return turns;
        }, task -> new Thread(task, "attack").start());
    }

    private static List<Named> attacks(AttackedService service) {
        String person = bearer(service.person.session);
        String machine = bearer(service.machine.token());
        LargeOwner owner = new LargeOwner(service.replica);
        return List.of(
                flood(service, 600, "POST /api/sessions" + JSON + "Content-Length: 100\r\n\r\n{"),
                flood(service, 1_500,
                        "POST /api/sessions" + JSON + "Transfer-Encoding: chunked\r\n\r\n" + StrangersIT.CHUNK),
                flood(service, 1_500, "POST /api/sess"),
                new Named("streams that come back at once", network -> forATurn(over -> owner.streams(4, over))),
                flood(service, 600, "POST /api/machines" + JSON + person + "Content-Length: 100\r\n\r\n{"),
                new Named("tokens that nobody has", network -> guess(service, network)),
                flood(service, 1_500, "POST /app" + JSON + "Transfer-Encoding: chunked\r\n\r\n" + StrangersIT.CHUNK),
                new Named("half heads that are reset", network -> reset(service, network)),
                flood(service, 600, "POST /api/agent/connect" + JSON + machine + "Content-Length: 100\r\n\r\n{"),
                new Named("eight lists at once", network -> forATurn(over -> owner.lists(8, over))),
                flood(service, 1_500, ""),
                new Named("sixty that never read", network -> neverRead(owner)),
                flood(service, 600, "PATCH /api/machines/0123456789" + JSON + person + "Content-Length: 100\r\n\r\n{"),
                flood(service, 1_500, "PRI * HTTP/2.0"));
    }

    private static Named flood(AttackedService service, int count, String beginning) {
        return new Named(beginning.lines().findFirst().orElse("silence"), network -> {
            Consumer<RawConnection> say = connection -> connection.say(beginning);
            try (Flood flood = new Flood(service, network, count, say)) {
                flood.awaitEnd();
            }
        });
    }

    private interface Asking {
        List<Integer> statusesUntil(AtomicBoolean over);
    }

    /** Asks for what is large: it comes, or the service says that it answers too many such questions now. */
    private static void forATurn(Asking asking) {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<Integer>> statuses = CompletableFuture.supplyAsync(() -> asking.statusesUntil(over),
                task -> new Thread(task, "asking").start());
        awaitTurn();
        over.set(true);
        assertThat(statuses.join()).contains(200).isSubsetOf(200, 503);
    }

    private static void neverRead(LargeOwner owner) throws IOException {
        List<Socket> readers = new ArrayList<>(owner.neverReading(60));
        try {
            awaitTurn();
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    private static void awaitTurn() {
        Awaitility.await().pollDelay(TURN).atMost(TURN.multipliedBy(2)).until(() -> true);
    }

    private static void guess(AttackedService service, String network) {
        for (int i = 0; i < 500; i++) {
            try (RawConnection connection = service.connect(network + (2 + i % 50))) {
                int status = connection
                        .say("POST /api/agent/heartbeat HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + "V1StGXR8_Z5jdHi6B-myT:mrs_0123456789ABCDEFGHIJKLMNOPQRSTUV3yv9b4\r\nConnection: close\r\n\r\n")
                        .readStatus();
                // Where there are too many strangers, an attacker's connection is ended without an answer.
                assertThat(status).isIn(401, 429, 0);
            }
        }
    }

    private static void reset(AttackedService service, String network) {
        for (int i = 0; i < 3_000; i++) {
            service.connect(network + (2 + i % 50)).say("POST /api/sess").reset();
        }
    }
}
