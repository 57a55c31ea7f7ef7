package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;

/** A list that is too large to be written at once is the same in every other way. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LargeListTest {
    private static final int MACHINES = 200;
    private static final String NAME = "\uD83D\uDE80".repeat(99);

    @Test
    void its_tag_and_length_are_those_of_its_bytes() throws Exception {
        Api.Person owner = ownerOfMany();

        Response list = owner.list();

        byte[] bytes = list.asByteArray();
        assertThat(bytes.length).isGreaterThan(64 * 1024);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        list.then().statusCode(200).header("Content-Length", String.valueOf(bytes.length))
                .header("Cache-Control", "private, no-cache")
                .header("ETag", '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"');
        assertThat(list.jsonPath().getList("machineId")).hasSize(MACHINES);
        owner.request().header("If-None-Match", list.header("ETag")).get(Api.MACHINES).then().statusCode(304);
        assertThat(owner.list().asByteArray()).isEqualTo(bytes);
        assertNothingIsHeld();
    }

    @Test
    void who_asks_for_its_head_alone_is_told_its_tag() {
        Api.Person owner = ownerOfMany();
        String tag = owner.list().header("ETag");

        for (int i = 0; i < 3; i++) {
            Api.oddRequest(owner.jwt()).head(Api.MACHINES).then().statusCode(200).header("ETag", tag);
        }

        assertNothingIsHeld();
    }

    @Test
    void large_pages_together_are_the_list() {
        Api.Person owner = ownerOfMany();
        List<String> all = owner.list().jsonPath().getList("machineId");

        Response first = Api.oddRequest(owner.jwt()).get(Api.MACHINES + "?limit=150");
        String next = first.header("Link").replaceFirst("<(.*)>; rel=\"next\"", "$1");
        Response second = Api.oddRequest(owner.jwt()).urlEncodingEnabled(false).get(next);

        List<String> both = new ArrayList<>(first.jsonPath().getList("machineId"));
        assertThat(both).hasSize(150);
        both.addAll(second.jsonPath().getList("machineId"));
        assertThat(both).isEqualTo(all);
        assertThat(second.header("Link")).isNull();
    }

    @Test
    void a_stream_begins_with_the_whole_list_and_shows_what_changes_then() throws Exception {
        Api.Person owner = ownerOfMany();
        String list = owner.list().asString();
        HttpResponse<InputStream> stream = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/machines/events"))
                .header("Authorization", "Bearer " + owner.jwt()).build(), BodyHandlers.ofInputStream());

        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.headers().firstValue("Content-Type")).hasValueSatisfying(
                    type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(stream.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(next(lines)).isEqualTo("event:snapshot\ndata:" + list);
            assertThat(next(lines)).startsWith("event:alive\ndata:{\"now\":");

            Api.Registered machine = owner.registers("one more");

            String event = next(lines);
            while (event.startsWith("event:alive")) {
                event = next(lines);
            }
            assertThat(event).startsWith("event:machine\ndata:{\"machineId\":\"" + machine.machineId());
        }
        assertNothingIsHeld();
    }

    private static String next(BufferedReader lines) throws IOException {
        String event = lines.readLine() + '\n' + lines.readLine();
        assertThat(lines.readLine()).isEmpty();
        return event;
    }

    private static Api.Person ownerOfMany() {
        Api.Person owner = Api.Person.anyone();
        for (int i = 0; i < MACHINES; i++) {
            Api.oddRequest(owner.jwt()).contentType("application/json").body("{\"name\":\"" + NAME + i % 10 + "\"}")
                    .post(Api.MACHINES).then().statusCode(201);
        }
        return owner;
    }

    /** The bytes of a list are let go when they were sent. */
    private static void assertNothingIsHeld() {
        Awaitility.await().untilAsserted(() -> assertThat(RestAssured.get("/q/metrics").asString())
                .containsPattern("(?m)^lists_large_bytes\\S* 0.0$"));
    }
}
