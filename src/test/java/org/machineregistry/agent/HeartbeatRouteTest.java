package org.machineregistry.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.runtime.filters.Filter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;

/** Which heartbeats the route answers, and which it leaves to those behind it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class HeartbeatRouteTest {
    private static final int PASSED_ON = 299;

    @Inject
    HeartbeatRoute route;
    @Inject
    Vertx vertx;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private String token;

    @BeforeEach
    void a_server_has_the_route_alone_and_knows_a_machine() {
        Filters filters = new Filters();
        route.register(filters);
        Router router = Router.router(vertx);
        filters.getFilters()
                .stream()
                .sorted(Comparator.comparing(Filter::getPriority).reversed())
                .forEach(filter -> router.route().handler(filter.getHandler()));
        router.route().handler(context -> context.response().setStatusCode(PASSED_ON).end());
        server = vertx.createHttpServer().requestHandler(router).listen(0).toCompletionStage().toCompletableFuture()
                .join();
        String jwt = given().post("/api/sessions").then().statusCode(201).extract().path("token");
        token = given().auth().oauth2(jwt).contentType("application/json").body(Map.of("name", "build box"))
                .post("/api/machines").then().statusCode(201).extract().path("token");
        given().auth().oauth2(token).post("/api/agent/connect").then().statusCode(200);
    }

    @AfterEach
    void it_ends() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void one_without_a_body_is_answered() throws Exception {
        assertThat(beat("", "Accept", "*/*")).isEqualTo(200);
    }

    @Test
    void a_token_by_basic_is_answered_too() throws Exception {
        token = Base64.getEncoder().encodeToString(token.getBytes());

        assertThat(beat("", "Authorization", "Basic " + token)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"2, 200", "99, 200", "100, 299"})
    void a_short_body_is_answered(int length, int status) throws Exception {
        assertThat(beat("{" + " ".repeat(length - 2) + "}", "Content-Type", "application/json")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"{\"assistantCount\":-1}, application/json", "{, application/json", "{}, text/plain"})
    void a_wrong_body_is_passed_on(String body, String mediaType) throws Exception {
        assertThat(beat(body, "Content-Type", mediaType)).isEqualTo(PASSED_ON);
    }

    @Test
    void what_is_asked_otherwise_is_passed_on() throws Exception {
        assertThat(beat("", "Accept", "text/html")).isEqualTo(PASSED_ON);
        assertThat(send("/api/agent/heartbeat?x=y", request -> request.POST(BodyPublishers.noBody())))
                .isEqualTo(PASSED_ON);
        assertThat(send("/api/agent/heartbeat", HttpRequest.Builder::GET)).isEqualTo(PASSED_ON);
        assertThat(send("/api/agent/connect", request -> request.POST(BodyPublishers.noBody()))).isEqualTo(PASSED_ON);
    }

    @Test
    void another_token_is_passed_on() throws Exception {
        token += "x";

        assertThat(beat("", "Accept", "*/*")).isEqualTo(PASSED_ON);
        assertThat(beat("{}", "Content-Type", "application/json")).isEqualTo(PASSED_ON);
    }

    private int beat(String body, String header, String value) throws Exception {
        return send("/api/agent/heartbeat",
                request -> request.POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .setHeader(header, value));
    }

    private interface Sending {
        HttpRequest.Builder to(HttpRequest.Builder request);
    }

    private int send(String path, Sending sending) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://localhost:" + server.actualPort() + path))
                .header("Authorization", "Bearer " + token);
        return client.send(sending.to(request).build(), BodyHandlers.discarding()).statusCode();
    }
}
