package org.machineregistry.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2, whose requests need not end: neither their streams nor what they hold stay. */
@ExtendWith(AttackedService.Extension.class)
class Http2IT {
    private static final Duration UNTIL_RESET = AttackedService.REQUEST_TIMEOUT.plusSeconds(3);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int END_HEADERS = 4;

    @Test
    void bodies_are_read_over_it(AttackedService service) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        String large = "{\"name\":\"a\",\"rest\":\"" + "x".repeat(60_000) + "\"}";

        for (String body : new String[]{"{\"name\":\"a\"}", large, large}) {
            HttpResponse<String> answer = client.send(request(service, "/api/machines")
                    .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        assertThat(client.send(request(service, "/api/sessions").POST(BodyPublishers.noBody()).build(),
                BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }

    private static HttpRequest.Builder request(AttackedService service, String path) {
        return HttpRequest.newBuilder(URI.create(service.replica.url() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + service.person.session);
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/agent/socket,", "GET,/api/agent/socket,machine", "GET,/api/machines,person",
            "POST,/api/sessions,",
            "POST,/api/machines,person", "PATCH,/api/machines/0123456789,person", "POST,/api/agent/connect,machine",
            "POST,/nothing,", "GET,/app/,"})
    void a_stream_that_does_not_end_is_reset(String method, String path, String who, AttackedService service) {
        int logged = service.logged();
        Map<String, String> headers = headers(method, path);
        headers.put("content-type", "application/json");
        headers.put("content-length", "100");
        if (who != null) {
            headers.put("authorization", "Bearer "
                    + ("person".equals(who) ? service.person.session : service.machine.token()));
        }
        try (RawConnection connection = service.connect("127.0.0.10")) {
            connection.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").say(Http2Frame.of(SETTINGS, 0, 0, new byte[0]))
                    .say(Http2Frame.of(HEADERS, END_HEADERS, 1, Http2Frame.literal(headers)))
                    .say(Http2Frame.of(DATA, 0, 1, "{".getBytes(StandardCharsets.US_ASCII)));

            assertThat(connection.readFrameOf(RESET, UNTIL_RESET)).isTrue();
        }
        service.assertNothingLoggedSince(logged);
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/agent/socket", "POST,/api/sessions", "POST,/api/machines"})
    void so_is_one_that_does_not_say_how_long_it_is(String method, String path, AttackedService service) {
        int logged = service.logged();
        try (RawConnection connection = service.connect("127.0.0.10")) {
            connection.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").say(Http2Frame.of(SETTINGS, 0, 0, new byte[0]))
                    .say(Http2Frame.of(HEADERS, END_HEADERS, 1, Http2Frame.literal(headers(method, path))));

            assertThat(connection.readFrameOf(HEADERS, UNTIL_RESET)).isTrue();
            assertThat(connection.readFrameOf(RESET, UNTIL_RESET)).isTrue();
        }
        service.assertNothingLoggedSince(logged);
    }

    @Test
    void what_is_said_on_a_stream_that_was_reset_is_not_in_the_log(AttackedService service) {
        int logged = service.logged();
        try (RawConnection connection = service.connect("127.0.0.10")) {
            connection.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").say(Http2Frame.of(SETTINGS, 0, 0, new byte[0]))
                    .say(Http2Frame.of(HEADERS, END_HEADERS, 1, Http2Frame.literal(headers("POST", "/api/sessions"))));
            assertThat(connection.readFrameOf(RESET, UNTIL_RESET)).isTrue();

            connection.say(Http2Frame.of(DATA, 0, 1, new byte[10]))
                    .say(Http2Frame.of(HEADERS, END_HEADERS, 1, new byte[0]))
                    .say(Http2Frame.of(PING, 0, 0, new byte[8]));

            connection.readFrameOf(PING, UNTIL_RESET);
        }
        service.assertNothingLoggedSince(logged);
    }

    private static Map<String, String> headers(String method, String path) {
        return Http2Frame.headers(method, path);
    }
}
