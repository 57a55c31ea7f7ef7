package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What a machine may send over its socket, and how it is told what it may not. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SocketTest {
    private static final int LARGEST = 64 * 1024;

    private Api.Person owner;
    private Api.Registered machine;
    private RawSocket socket;

    @BeforeEach
    void a_machine_opens_its_socket() throws IOException {
        owner = Api.Person.anyone();
        machine = owner.registers("build box");
        socket = new RawSocket(machine.token());
    }

    @AfterEach
    void it_leaves() throws IOException {
        socket.close();
    }

    @Test
    void an_open_socket_is_online_and_a_connect_is_answered() {
        assertThat(socket.send("{\"type\":\"connect\"}").nextText()).startsWith("{\"type\":\"connected\"");
        assertThat(owner.statusOf(machine)).isEqualTo("online");
    }

    @Test
    void a_socket_counts_once_its_machine_gave_a_sign() {
        await().during(1, SECONDS).atMost(3, SECONDS).until(() -> owner.statusOf(machine).equals("offline"));

        socket.answerPing();

        await().until(() -> owner.statusOf(machine).equals("online"));
    }

    @ParameterizedTest
    @CsvSource({"9, x, 10000", "1, {\"type\":\"heartbeat\"}, 10000", "1, {\"type\":\"connect\"}, 200"})
    void many_messages_at_once_are_all_heard(int kind, String text, int count) {
        for (int sent = 0; sent < count; sent++) {
            socket.send(kind, true, text.getBytes(StandardCharsets.UTF_8));
        }
        socket.send("{\"type\":\"connect\"}");

        int answers = text.contains("connect") ? count + 1 : 1;
        for (int read = 0; read < answers; read++) {
            assertThat(socket.nextText()).startsWith("{\"type\":\"connected\"");
        }
    }

    /** Each connect waits for the database: a goodbye that did not wait for the connects would be overridden by them. */
    @Test
    void a_goodbye_right_behind_connects_is_the_last_word() {
        for (int sent = 0; sent < 10; sent++) {
            socket.send("{\"type\":\"connect\",\"hostname\":\"build-" + sent + "\"}");
        }
        socket.send("{\"type\":\"disconnect\"}");
        for (int read = 0; read < 10; read++) {
            assertThat(socket.nextText()).startsWith("{\"type\":\"connected\"");
        }

        await().untilAsserted(() -> owner.details(machine).then()
                .body("offlineReason", equalTo("disconnected"))
                .body("hostname", equalTo("build-9")));
        await().during(1, SECONDS).atMost(3, SECONDS).until(() -> owner.statusOf(machine).equals("offline"));
    }

    @Test
    void a_message_may_begin_with_empty_parts() {
        byte[] heartbeat = "{\"type\":\"heartbeat\"}".getBytes(StandardCharsets.UTF_8);
        for (int sent = 0; sent < 100; sent++) {
            socket.send(RawSocket.TEXT, false, new byte[0])
                    .send(RawSocket.CONTINUATION, false, new byte[0])
                    .send(RawSocket.CONTINUATION, true, heartbeat);
        }
        socket.send(RawSocket.TEXT, false, new byte[0])
                .send(RawSocket.CONTINUATION, true, "{\"type\":\"connect\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(socket.nextText()).startsWith("{\"type\":\"connected\"");
    }

    @Test
    void who_does_not_answer_a_close_is_cut_off() {
        assertThat(socket.send("hello").awaitClose().code()).isEqualTo(1008);

        long closed = System.nanoTime();
        assertThat(socket.awaitClose()).isEqualTo(new RawSocket.Close(0, ""));
        assertThat(System.nanoTime() - closed).isLessThan(SECONDS.toNanos(6));
    }

    @Test
    void the_largest_message_is_heard_whole_or_in_parts() {
        String connect = "{\"type\":\"connect\"}";
        byte[] largest = (connect + " ".repeat(LARGEST - connect.length())).getBytes(StandardCharsets.UTF_8);

        assertThat(socket.send(RawSocket.TEXT, true, largest).nextText()).startsWith("{\"type\":\"connected\"");

        socket.send(RawSocket.TEXT, false, connect.getBytes(StandardCharsets.UTF_8))
                .send(RawSocket.PING, true, new byte[100])
                .send(RawSocket.CONTINUATION, false, spaces(LARGEST / 2))
                .send(RawSocket.CONTINUATION, true, spaces(LARGEST / 2 - connect.length()));

        assertThat(socket.nextText()).startsWith("{\"type\":\"connected\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {LARGEST + 1, 1024 * 1024 + 1, 5_000_000})
    void a_larger_message_is_told_so(int size) {
        assertThat(socket.send(RawSocket.TEXT, true, spaces(size)).awaitClose())
                .isEqualTo(new RawSocket.Close(1009, "The message is larger than 64 KiB"));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 100", "2, 2"})
    void so_is_one_in_parts(int kind, int parts) {
        socket.send(kind, false, spaces(LARGEST));
        for (int part = 1; part < parts; part++) {
            socket.send(RawSocket.CONTINUATION, part == parts - 1, spaces(60_000));
        }

        assertThat(socket.awaitClose()).isEqualTo(new RawSocket.Close(1009, "The message is larger than 64 KiB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "{}", "{\"type\":\"dance\"}",
            "{\"type\":\"heartbeat\",\"assistantCount\":-1}"})
    void what_is_not_understood_is_told_so(String text) {
        assertThat(socket.send(text).awaitClose())
                .isEqualTo(new RawSocket.Close(1008, "The message is not understood"));
    }

    @Test
    void bytes_are_not_understood() throws IOException {
        assertThat(socket.send(RawSocket.BINARY, true, new byte[10]).awaitClose().code()).isEqualTo(1008);

        try (RawSocket again = new RawSocket(machine.token())) {
            byte[] noText = {'"', (byte) 0xc3, '"'};
            assertThat(again.send(RawSocket.TEXT, true, noText).awaitClose().code()).isEqualTo(1008);
        }
    }

    @Test
    void what_is_no_frame_is_told_so() {
        assertThat(socket.sendUnmasked(spaces(3)).awaitClose().code()).isEqualTo(1002);
    }

    @Test
    void who_was_closed_for_its_message_goes_offline_and_may_come_back() throws IOException {
        socket.send(RawSocket.TEXT, true, spaces(LARGEST + 1)).awaitClose();

        await().atMost(15, SECONDS).until(() -> owner.statusOf(machine).equals("offline"));
        try (RawSocket again = new RawSocket(machine.token()).answerPing()) {
            await().atMost(5, SECONDS).until(() -> owner.statusOf(machine).equals("online"));
        }
    }

    private static byte[] spaces(int count) {
        return " ".repeat(count).getBytes(StandardCharsets.US_ASCII);
    }
}
