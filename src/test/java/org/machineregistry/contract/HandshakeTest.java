package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A handshake that is refused is a problem like all others. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HandshakeTest {
    private static final String CONNECTION = "Connection: Upgrade\r\n";
    private static final String UPGRADE = "Upgrade: websocket\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @ParameterizedTest
    @CsvSource({"Connection: Upgrade, Connection: close, 426", "Connection: Upgrade, Connection: Upgraded, 426",
            "Upgrade: websocket, Upgrade: TLS/1.3, 426", "Upgrade: websocket, A: b, 426",
            "Sec-WebSocket-Version: 13, Sec-WebSocket-Version: 99, 426", "Sec-WebSocket-Version: 13, A: b, 426",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, A: b, 426",
            "dGhlIHNhbXBsZSBub25jZQ==, AAAA, 400", "dGhlIHNhbXBsZSBub25jZQ==, nonsense!, 400"})
    void one_that_is_none_is_a_problem(String right, String wrong, int status) {
        String token = Api.Person.anyone().registers("build box").token();
        String handshake = (CONNECTION + UPGRADE + VERSION + KEY).replace(right, wrong);

        RawHttp.Answer answer = send(RawHttp.bearer(token) + handshake);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.body()).contains("\"status\":" + status);
        assertThat(answer.header("Upgrade")).isEqualTo(status == 426 ? "websocket" : null);
    }

    @Test
    void another_version_is_told_which_one_there_is() {
        String token = Api.Person.anyone().registers("build box").token();

        RawHttp.Answer answer = send(RawHttp.bearer(token) + CONNECTION + UPGRADE + KEY + VERSION.replace("13", "8"));

        assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
    }

    @Test
    void one_of_a_stranger_is_a_problem() {
        RawHttp.Answer answer = send(CONNECTION + UPGRADE + VERSION + KEY);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void a_query_parameter_is_not_understood() {
        String token = Api.Person.anyone().registers("build box").token();

        RawHttp.Answer answer = RawHttp.send("GET /api/agent/socket?label=x",
                RawHttp.bearer(token) + CONNECTION + UPGRADE + VERSION + KEY);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.isProblem()).isTrue();
        assertThat(answer.body()).contains("\"field\":\"label\"");
    }

    @Test
    void a_stranger_is_told_nothing_of_a_query_parameter() {
        RawHttp.Answer answer = RawHttp.send("GET /api/agent/socket?label=x", CONNECTION + UPGRADE + VERSION + KEY);

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void a_connection_header_may_have_several_options() {
        String token = Api.Person.anyone().registers("build box").token();

        for (String connection : List.of("Connection: keep-alive, Upgrade\r\n",
                "Connection: keep-alive\r\n" + CONNECTION)) {
            assertThat(RawHttp.statusBeforeBody("GET /api/agent/socket", RawHttp.bearer(token) + connection + UPGRADE
                    + VERSION + KEY)).isEqualTo(101);
        }
    }

    private static RawHttp.Answer send(String headers) {
        return RawHttp.send("GET /api/agent/socket", headers);
    }
}
