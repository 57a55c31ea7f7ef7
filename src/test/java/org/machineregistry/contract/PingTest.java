package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Whether a machine is really there, as the machine answers. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PingTest {
    private Api.Person owner;
    private Api.Registered machine;

    @BeforeEach
    void registers() {
        owner = Api.Person.anyone();
        machine = owner.registers("build box");
    }

    @Test
    void a_machine_with_a_socket_answers() throws Exception {
        try (RawSocket socket = new RawSocket(machine.token())) {
            socket.send("{\"type\":\"connect\"}").nextText();

            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> owner.request()
                    .post(Api.PING, machine.machineId()).then()
                    .body("roundTripMillis", greaterThanOrEqualTo(0)).extract().statusCode());
            socket.send(RawSocket.PONG, true, socket.nextPing());

            assertThat(status.get(5, SECONDS)).isEqualTo(200);
        }
    }

    @Test
    void a_machine_that_does_not_answer_is_told_of_after_5_seconds() throws Exception {
        try (RawSocket socket = new RawSocket(machine.token())) {
            socket.send("{\"type\":\"connect\"}").nextText();

            long asked = System.nanoTime();
            owner.request().post(Api.PING, machine.machineId()).then().statusCode(504)
                    .body("detail", equalTo("The machine did not answer within 5 s."));

            assertThat(System.nanoTime() - asked).isBetween(SECONDS.toNanos(5), SECONDS.toNanos(8));
        }
    }

    @Test
    void an_answer_that_another_machine_makes_up_is_none() throws Exception {
        Api.Registered other = owner.registers("other");
        try (RawSocket socket = new RawSocket(machine.token()); RawSocket liar = new RawSocket(other.token())) {
            socket.send("{\"type\":\"connect\"}").nextText();
            liar.send("{\"type\":\"connect\"}").nextText();

            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> owner.request()
                    .post(Api.PING, machine.machineId()).statusCode());
            liar.send(RawSocket.PONG, true, socket.nextPing());

            assertThat(status.get(8, SECONDS)).isEqualTo(504);
        }
    }

    @Test
    void a_machine_without_a_socket_cannot_be_pinged() {
        owner.request().post(Api.PING, machine.machineId()).then().statusCode(409)
                .body("detail", equalTo("The machine is offline."));

        machine.request().post(Api.CONNECT).then().statusCode(200);
        owner.request().post(Api.PING, machine.machineId()).then().statusCode(409)
                .body("detail", startsWith("The machine has no open socket"));
    }

    @Test
    void who_asks_on_and_on_is_told_to_wait() throws Exception {
        machine.request().post(Api.CONNECT).then().statusCode(200);

        ExecutorService threads = Executors.newCachedThreadPool();
        List<CompletableFuture<Integer>> asked = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> owner.request().post(Api.PING, machine.machineId()).statusCode(), threads))
                .toList();

        assertThat(asked.stream().map(CompletableFuture::join)).containsOnly(409, 429).contains(429);
        threads.shutdown();
        // Those that were answered leave room for the next.
        assertThat(owner.request().post(Api.PING, machine.machineId()).statusCode()).isEqualTo(409);
    }

    @Test
    void a_machine_that_one_does_not_see_does_not_exist() {
        Stream.of(machine.machineId(), Api.anyMachineId()).forEach(id -> Api.Person.anyone().request()
                .post(Api.PING, id).then().statusCode(404));
    }
}
