package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.machineregistry.fault.User.Registered;

/** A user whose machines beat over HTTP and sockets, who creates more all the time, and who watches the live list. */
final class Load implements AutoCloseable {
    private static final int SHORT_PAUSE_MILLIS = 20;

    final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    final Tally tally = new Tally();
    final User user;
    final List<Registered> machines = new ArrayList<>();
    final List<LiveList> lists = new ArrayList<>();
    final List<SocketMachine> sockets = new ArrayList<>();
    private final List<HttpMachine> beating = new ArrayList<>();
    private final Queue<String> created = new ConcurrentLinkedQueue<>();
    private volatile boolean creating;
    private volatile boolean reading;
    private volatile CompletableFuture<?> creation = CompletableFuture.completedFuture(null);

    Load(Endpoint replica) {
        user = User.at(replica);
    }

    /** @param replicas where they beat: the first one first */
    Load beat(int count, Endpoint... replicas) {
        for (Registered machine : user.register(replicas[0], count)) {
            machines.add(machine);
            beating.add(new HttpMachine(machine, clock, tally, replicas).start());
        }
        return this;
    }

    /** Far more often than a machine has to, so that requests are under way at each moment. */
    Load beatAllTheTime(int count, Endpoint endpoint) {
        for (Registered machine : user.register(endpoint, count)) {
            machines.add(machine);
            beating.add(new HttpMachine(machine, clock, tally, endpoint).every(SHORT_PAUSE_MILLIS).start());
        }
        return this;
    }

    Load open(int count, Endpoint... replicas) {
        for (Registered machine : user.register(replicas[0], count)) {
            machines.add(machine);
            sockets.add(new SocketMachine(machine, clock, replicas).open());
        }
        return this;
    }

    Load watch(Endpoint... replicas) {
        for (Endpoint replica : replicas) {
            lists.add(new LiveList(replica, user));
        }
        return this;
    }

    /** Reads the list all the time, too. */
    Load read(Endpoint endpoint) {
        reading = true;
        readNext(endpoint);
        return this;
    }

    private void readNext(Endpoint endpoint) {
        if (reading) {
            Api.HTTP.sendAsync(Api.request(endpoint, "/api/machines?limit=10", user.session).build(),
                    BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> {
                        tally.count(answer, failure);
                        clock.schedule(() -> readNext(endpoint), SHORT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                    });
        }
    }

    Load create(Endpoint replica) {
        creating = true;
        createNext(replica);
        return this;
    }

    private void createNext(Endpoint replica) {
        if (creating) {
            creation = Api.HTTP.sendAsync(Api.post(replica, "/api/machines", user.session, "{\"name\":\"created\"}"),
                    BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                        created(answer, failure);
                        clock.schedule(() -> createNext(replica), SHORT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                    });
        }
    }

    private void created(HttpResponse<String> answer, Throwable failure) {
        tally.count(answer, failure);
        if (failure == null && answer.statusCode() == 201) {
            created.add(Registered.of(answer.body()).machineId());
        }
    }

    void awaitOnline() {
        lists.forEach(list -> list.awaitState("online", Api.PATIENCE, machines));
    }

    /** Whether one of those that it created was registered by this replica since that was started. */
    boolean isRegisteringAt(Replica replica) {
        String log = replica.output();
        return created.stream().anyMatch(machineId -> log.contains("machine_registered machine=" + machineId));
    }

    int createdSoFar() {
        return created.size();
    }

    /** Waits until creations go on, which shows that requests that change something get through again. */
    void awaitCreations() {
        int before = createdSoFar();
        Awaitility.await().atMost(Api.PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> createdSoFar() > before);
    }

    void stopCreating() {
        creating = false;
        Awaitility.await().atMost(Api.PATIENCE).until(() -> creation.isDone());
    }

    List<LiveList.Seen> wentOffline() {
        return lists.stream().flatMap(list -> list.wentOffline().stream()).toList();
    }

    /** Watches the live lists for as long as a socket has to come back, and longer. */
    void assertNobodyElseGoesOffline(Registered known) {
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .until(() -> wentOffline().stream().allMatch(seen -> seen.machineId().equals(known.machineId())));
    }

    /** Watches the live lists for as long as it takes to take silence for absence, and longer. */
    void assertNobodyGoesOffline() {
        Awaitility.await()
                .during(Duration.ofSeconds(Site.TTL_SECONDS + 2))
                .atMost(Duration.ofSeconds(Site.TTL_SECONDS + 4))
                .pollInterval(Duration.ofMillis(100))
                .until(this::wentOffline, List::isEmpty);
    }

    /** @return how many were created */
    int assertNothingLost(Endpoint replica) {
        Map<String, String> states = user.list(replica);
        List<String> lost = created.stream().filter(machineId -> !states.containsKey(machineId)).toList();
        assertEquals(List.of(), lost, "answered with 201, and gone");
        machines.forEach(machine -> assertEquals("online", states.get(machine.machineId())));
        return created.size();
    }

    @Override
    public void close() {
        creating = false;
        reading = false;
        beating.forEach(HttpMachine::close);
        sockets.forEach(SocketMachine::close);
        lists.forEach(LiveList::close);
        clock.shutdownNow();
    }
}
