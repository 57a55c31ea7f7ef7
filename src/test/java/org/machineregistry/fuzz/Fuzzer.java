package org.machineregistry.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.machineregistry.attack.AttackedService;
import org.machineregistry.fault.Api;
import org.machineregistry.fault.User.Registered;
import org.machineregistry.fuzz.RawClient.Exchange;

/** Says, over many connections at once, what generators make up, and asks the oracle about each answer. */
final class Fuzzer {
    private static final int CALLERS = 24;
    // To wait takes seconds.
    private static final int WAIT_FOR_END = 400;
    private static final int SHOWN_FAULTS = 20;
    // What is no answer by the document, in one of thousands of odd requests, is printed to be mended, and stops no build.
    private static final int SHOTS_AN_ODDITY = 1_000;

    private final long seed;
    private final long from;
    private final AtomicLong next;
    private final Population population;
    private final RequestGenerator requests;
    private final RawGenerator raw;
    private final Http2Generator http2;
    private final SocketGenerator sockets;
    private final RawClient client;
    private final Map<String, AtomicLong> tally = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> oddities = new ConcurrentLinkedQueue<>();

    /** @param from the number of the first shot */
    Fuzzer(AttackedService service, long seed, long from) {
        this.seed = seed;
        this.from = from;
        next = new AtomicLong(from);
        ApiDocument document = new ApiDocument();
        population = new Population(service);
        requests = new RequestGenerator(document, population);
        raw = new RawGenerator(population);
        http2 = new Http2Generator(requests);
        sockets = new SocketGenerator(document, population);
        client = new RawClient(service.replica.port);
    }

    /** Goes on for so long, or for so many shots, whichever is first. */
    void run(Duration time, long count) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        long last = next.get() + count;
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            callers.execute(() -> {
                for (long number = next.getAndIncrement(); number < last
                        && System.nanoTime() < end; number = next.getAndIncrement()) {
                    fire(number);
                }
            });
        }
        callers.shutdown();
        if (!callers.awaitTermination(time.toSeconds() + 2 * RawClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            faults.add("not all exchanges came to an end");
            callers.shutdownNow();
        }
        // Callers have each taken a number that was one too many.
        next.set(Math.min(next.get(), last));
    }

    private void fire(long number) {
        Dice dice = new Dice(seed, number);
        Shot shot = null;
        try {
            shot = shot(number, dice);
            boolean isToEnd = !shot.mustBeAnswered() && dice.oneIn(WAIT_FOR_END);
            judge(client.exchange(shot, isToEnd), isToEnd);
        } catch (IOException | RuntimeException failure) {
            fault(failure.toString(), shot);
        }
    }

    Shot shot(long number, Dice dice) {
        return switch (dice.below(10)) {
            case 0 -> raw.shot(number, dice);
            case 1 -> http2.shot(number, dice);
            case 2 -> sockets.shot(number, dice);
            default -> requests.shot(number, dice);
        };
    }

    private void judge(Exchange exchange, boolean isToEnd) {
        List<Answer> answers = Oracle.answers(exchange);
        answers.forEach(answer -> count(exchange.shot().kind() + " " + answer.status()));
        if (answers.isEmpty()) {
            count(exchange.shot().kind() + " closed");
        }
        Oracle.judge(exchange).forEach(fault -> fault(fault, exchange.shot()));
        boolean mayStay = isToEnd && answers.stream()
                .anyMatch(answer -> answer.isStream() || answer.status() == Http1Answers.SWITCHED);
        if (!exchange.shot().mustBeAnswered() && !exchange.hasEnded() && !mayStay) {
            fault("not ended after " + exchange.took(), exchange.shot());
        }
        learn(exchange.shot(), answers);
    }

    private void learn(Shot shot, List<Answer> answers) {
        Optional<Answer> registered = answers.stream().filter(answer -> answer.status() == 201).findAny();
        if (shot.kind() == Shot.Kind.REQUEST && registered.isPresent()) {
            String body = new String(registered.get().body(), StandardCharsets.UTF_8);
            // A machine that brought the hash of its secret has no token here.
            if (body.contains("\"machineId\"") && body.contains("\"token\"")) {
                population.learn(shot.person(), Registered.of(body));
            } else if (body.contains("\"userId\"") && body.contains("\"token\"")) {
                // Where a cookie came, the new one is in a cookie, too.
                population.learn(Api.json(body).get("token").textValue());
            }
        }
    }

    private void count(String what) {
        tally.computeIfAbsent(what, key -> new AtomicLong()).incrementAndGet();
    }

    /** @param shot null where none could be made up */
    private void fault(String fault, Shot shot) {
        count("FAULT");
        Queue<String> kind = Oracle.isGrave(fault) ? faults : oddities;
        if (kind.size() < SHOWN_FAULTS) {
            kind.add(fault + "\n  of " + shot);
        }
    }

    /** What no single shot may bring about, and what too many do; each with the shot that found it. */
    List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        if (tally().getOrDefault("FAULT", 0L) > fired() / SHOTS_AN_ODDITY) {
            all.addAll(oddities);
        }
        return all;
    }

    /** What is not as the document says, each with the shot that found it. */
    List<String> oddities() {
        return List.copyOf(oddities);
    }

    long fired() {
        return next.get() - from;
    }

    /** How many answers of each kind there were. */
    Map<String, Long> tally() {
        Map<String, Long> sorted = new TreeMap<>();
        tally.forEach((what, count) -> sorted.put(what, count.get()));
        return sorted;
    }
}
