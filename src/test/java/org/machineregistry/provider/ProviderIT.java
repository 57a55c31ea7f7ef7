package org.machineregistry.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.JavaProcess;
import org.machineregistry.PackagedService;
import org.machineregistry.Ports;
import org.machineregistry.embedded.EmbeddedDatabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** People and programs of a real OpenID provider, and what its troubles do to the packaged service. */
class ProviderIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIGN_IN = "/api/sessions/sign-in";
    private static final String CURRENT = "/api/sessions/current";
    private static final Map<String, String> LOGIN = Map.of("username", Keycloak.USER, "password", Keycloak.PASSWORD);
    // A connection each: those of HTTP/2 would share one, with a limit of its own.
    private static final HttpClient PROGRAM = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path directory;
    private static EmbeddedDatabase database;
    private static Keycloak keycloak;
    private static int port;
    private static int otherPort;
    private static JavaProcess service;
    private final Browser browser = new Browser();
    private final List<JavaProcess> others = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        port = Ports.free();
        otherPort = Ports.free();
        keycloak = new Keycloak(directory, List.of(at(port), at(otherPort)));
        database = EmbeddedDatabase.start(directory.resolve("data"));
        keycloak.awaitStart();
        service = startService(port, Map.of());
        awaitProvider(port);
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            service.kill();
        }
        if (keycloak != null) {
            keycloak.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @AfterEach
    void mend() throws InterruptedException {
        keycloak.proxy.heal();
        for (JavaProcess other : others) {
            other.kill();
        }
    }

    @Test
    void whoever_signs_in_comes_back_to_the_page_with_a_session_of_the_services_own() throws Exception {
        HttpResponse<String> back = signIn("/app/?status=offline");

        assertThat(Browser.location(back)).isEqualTo(at(port) + "/app/?status=offline");
        JsonNode session = json(browser.get(at(port) + CURRENT));
        assertThat(session.get("name").textValue()).isEqualTo("Ada Lovelace");
        assertThat(session.get("anonymous").booleanValue()).isFalse();
        assertThat(Duration.ofMillis(session.get("expiresAt").longValue() - System.currentTimeMillis()))
                .isBetween(Duration.ofHours(11), Duration.ofHours(12));
        assertThat(JSON.convertValue(sessionClaims().get("teams"), String[].class)).containsExactly("ops", "other");
        assertThat(browser.cookies.keySet()).noneMatch(name -> name.startsWith("q_"));
        HttpResponse<String> machine = browser.send(HttpRequest.newBuilder(URI.create(at(port) + "/api/machines"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"name\":\"build box\"}")));
        assertThat(machine.statusCode()).as(machine.body()).isEqualTo(201);
    }

    @Test
    void a_session_is_renewed_with_its_name_and_teams() throws Exception {
        signIn("/app");

        HttpResponse<String> renewed = browser.send(HttpRequest.newBuilder(URI.create(at(port) + "/api/sessions"))
                .POST(BodyPublishers.noBody()));

        assertThat(renewed.statusCode()).as(renewed.body()).isEqualTo(201);
        assertThat(json(renewed).get("name").textValue()).isEqualTo("Ada Lovelace");
        assertThat(sessionClaims().get("teams")).hasSize(2);
    }

    @Test
    void who_was_here_without_an_account_brings_the_machines_along() throws Exception {
        startOther(Map.of("sessions.anonymous", "true"));
        awaitProvider(otherPort);
        String earlier = at(otherPort) + "/api/sessions/earlier-machines";
        browser.send(HttpRequest.newBuilder(URI.create(at(otherPort) + "/api/sessions"))
                .POST(BodyPublishers.noBody()));
        String before = json(browser.get(at(otherPort) + CURRENT)).get("userId").textValue();
        HttpResponse<String> machine = browser.send(HttpRequest.newBuilder(URI.create(at(otherPort) + "/api/machines"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"name\":\"laptop\"}")));
        String path = "/api/machines/" + json(machine).get("machineId").textValue();

        signIn(otherPort, "/app");

        assertThat(json(browser.get(earlier)).get("machines").intValue()).isEqualTo(1);
        assertThat(browser.get(at(otherPort) + path).statusCode()).isEqualTo(404);
        HttpResponse<String> moved = browser.send(HttpRequest.newBuilder(URI.create(earlier))
                .POST(BodyPublishers.noBody()));
        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
        JsonNode mine = json(browser.get(at(otherPort) + path));
        assertThat(mine.get("name").textValue()).isEqualTo("laptop");
        assertThat(mine.get("owner").textValue()).isNotEqualTo(before);
        assertThat(json(browser.get(earlier)).get("machines").intValue()).isZero();
        assertThat(browser.send(HttpRequest.newBuilder(URI.create(earlier)).POST(BodyPublishers.noBody()))
                .statusCode()).isEqualTo(404);
        assertThat(browser.cookies.keySet()).noneMatch(name -> name.startsWith("machine_earlier_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "manage"})
    void a_token_of_somebody_without_an_account_takes_no_machines_of_theirs_along(String scope) throws Exception {
        startOther(Map.of("sessions.anonymous", "true"));
        awaitProvider(otherPort);
        Browser victim = new Browser();
        victim.send(HttpRequest.newBuilder(URI.create(at(otherPort) + "/api/sessions")).POST(BodyPublishers.noBody()));
        HttpResponse<String> token = victim.send(HttpRequest.newBuilder(URI.create(at(otherPort) + "/api/tokens"))
                .header("Content-Type", "application/json").POST(BodyPublishers
                        .ofString("{\"name\":\"scrape\",\"scope\":\"" + scope + "\",\"expiresInSeconds\":600}")));

        browser.bears(json(token).get("token").textValue());
        signIn(otherPort, "/app");

        assertThat(browser.cookies.keySet()).noneMatch(name -> name.startsWith("machine_earlier_"));
    }

    @Test
    void who_signs_in_where_nobody_was_is_asked_nothing() throws Exception {
        signIn("/app");

        assertThat(browser.cookies.keySet()).noneMatch(name -> name.startsWith("machine_earlier_"));
        assertThat(json(browser.get(at(port) + "/api/sessions/earlier-machines")).get("machines").intValue()).isZero();
    }

    @Test
    void who_signs_out_is_led_to_sign_out_at_the_provider_and_can_sign_in_again() throws Exception {
        signIn("/app");

        HttpResponse<String> end = browser.send(HttpRequest.newBuilder(URI.create(at(port) + CURRENT)).DELETE());

        assertThat(end.statusCode()).as(end.body()).isEqualTo(200);
        assertThat(browser.get(at(port) + CURRENT).statusCode()).isEqualTo(401);
        HttpResponse<String> question = browser.get(json(end).get("signOutUrl").textValue());
        HttpResponse<String> gone = browser.submit(question, Map.of("confirmLogout", "yes"));
        assertThat(Browser.location(gone)).startsWith(at(port) + "/app");
        // The form shows that the provider has forgotten them, too.
        signIn("/app");
        assertThat(browser.get(at(port) + CURRENT).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/app", "/\\evil.example", "/app/../api/sessions",
            "/app%2f..%2fapi", "/application", "/app\n/x", "/app/%0d%0aX: y", "app", "/"})
    void nobody_is_led_anywhere_but_to_the_page(String next) throws Exception {
        HttpResponse<String> answer = program(
                request(port, SIGN_IN + "?" + Keycloak.form(Map.of("next", next))).GET());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).at("/violations/0/field").textValue()).isEqualTo("next");
    }

    @Test
    void who_comes_back_with_an_unknown_state_is_told_so_and_not_sent_to_and_fro() {
        HttpResponse<String> unknown = browser.get(at(port) + SIGN_IN + "?code=made-up&state=made-up");

        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("was not begun in this browser").contains("href=\"../../app\"");
    }

    @Test
    void an_address_that_signed_somebody_in_does_so_once() {
        HttpResponse<String> form = browser.follow(browser.get(at(port) + SIGN_IN));
        Map<String, java.net.HttpCookie> before = new HashMap<>(browser.cookies);
        String callback = Browser.location(browser.submit(form, LOGIN));
        assertThat(browser.get(callback).statusCode()).isEqualTo(303);

        HttpResponse<String> again = browser.get(callback);
        browser.cookies.putAll(before);
        HttpResponse<String> withItsState = browser.get(callback);

        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(withItsState.statusCode()).isEqualTo(401);
        assertThat(withItsState.body()).contains("used already");
    }

    @Test
    void who_refuses_at_the_provider_is_told_so() {
        String provider = Browser.location(browser.get(at(port) + SIGN_IN));
        String state = provider.replaceFirst(".*[?&]state=([^&]+).*", "$1");

        HttpResponse<String> refused = browser.get(at(port) + SIGN_IN + "?error=access_denied&state=" + state);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("access_denied");
        assertThat(provider).contains("code_challenge_method=S256").contains("nonce=");
    }

    @Test
    void a_wrong_client_secret_is_told_to_people_in_general_and_to_the_operator_in_full() throws Exception {
        JavaProcess wrong = startOther(Map.of("quarkus.oidc.credentials.secret", "not the secret"));
        awaitProvider(otherPort);

        HttpResponse<String> answer = signIn(otherPort, "/app");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("does not accept this service");
        assertThat(wrong.output()).contains("quarkus.oidc.credentials.secret").doesNotContain("not the secret");
    }

    @Test
    void a_provider_that_goes_away_stops_new_sign_ins_and_nothing_else() throws Exception {
        signIn("/app");
        String token = keycloak.tokens().get("access_token").textValue();

        keycloak.proxy.refuse();
        try {
            Browser somebody = new Browser();
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                HttpResponse<String> answer = somebody.get(at(port) + SIGN_IN);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("cannot be reached");
            });
            assertThat(browser.get(at(port) + CURRENT).statusCode()).isEqualTo(200);
            assertThat(bearer(token, port).statusCode()).isEqualTo(200);
            assertThat(browser.get(at(port) + "/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(metric("provider_failures_total")).isPositive();
        } finally {
            keycloak.proxy.heal();
        }
        awaitProvider(port);
    }

    @Test
    void a_provider_that_is_away_at_the_start_is_waited_for_without_holding_up_anything() throws Exception {
        String token = keycloak.tokens().get("access_token").textValue();
        keycloak.proxy.refuse();

        startOther(Map.of());

        // Ready is who has heard its own announcement.
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(
                () -> assertThat(program(request(otherPort, "/q/health/ready").GET()).statusCode()).isEqualTo(200));
        assertThat(program(request(otherPort, SIGN_IN).GET()).statusCode()).isEqualTo(503);
        assertThat(bearer(token, otherPort).statusCode()).isEqualTo(503);
        keycloak.proxy.heal();
        Awaitility.await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(bearer(token, otherPort).statusCode()).isEqualTo(200));
    }

    @Test
    void strangers_with_unknown_keys_hold_nobody_up_while_the_provider_says_nothing() throws Exception {
        signIn("/app");
        String token = keycloak.tokens().get("access_token").textValue();
        keycloak.proxy.stall();

        List<CompletableFuture<HttpResponse<String>>> strangers = IntStream.range(0, 250)
                .mapToObj(number -> PROGRAM.sendAsync(
                        authorized(request(port, "/api/machines"), withKeyId(token, "unknown-" + number)).build(),
                        BodyHandlers.ofString()))
                .toList();

        assertThat(bearer(token, port).statusCode()).isEqualTo(200);
        assertThat(browser.get(at(port) + CURRENT).statusCode()).isEqualTo(200);
        assertThat(browser.get(at(port) + "/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(strangers).allSatisfy(stranger -> assertThat(stranger.join().statusCode()).isIn(401, 503));
    }

    @Test
    void an_access_token_is_a_credential_and_makes_no_session() throws Exception {
        String token = keycloak.tokens().get("access_token").textValue();

        assertThat(bearer(token, port).statusCode()).isEqualTo(200);
        assertThat(bearer(keycloak.serviceAccountToken(), port).statusCode()).isEqualTo(200);
        HttpResponse<String> session = program(authorized(request(port, "/api/sessions"), token)
                .POST(BodyPublishers.noBody()));
        assertThat(session.statusCode()).as(session.body()).isEqualTo(403);
        assertThat(session.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void an_id_token_and_a_token_for_another_service_are_none() throws Exception {
        JsonNode tokens = keycloak.tokens();

        assertThat(bearer(tokens.get("id_token").textValue(), port).statusCode()).isEqualTo(401);
        assertThat(bearer(tokens.get("refresh_token").textValue(), port).statusCode()).isEqualTo(401);
        assertThat(bearer(keycloak.tokenForAnother(), port).statusCode()).isEqualTo(401);
        assertThat(bearer(withHeader(tokens.get("access_token").textValue(), "{\"alg\":\"none\"}"), port).statusCode())
                .isEqualTo(401);
        assertThat(bearer(withHeader(tokens.get("access_token").textValue(), "{\"alg\":\"HS256\"}"), port).statusCode())
                .isEqualTo(401);
    }

    @Test
    void two_rotations_of_the_providers_keys_within_a_minute_are_followed() throws Exception {
        String before = keycloak.tokens().get("access_token").textValue();

        for (int priority : new int[]{200, 300}) {
            keycloak.rotateKeys(priority);
            String token = keycloak.tokens().get("access_token").textValue();
            assertThat(keyId(token)).isNotEqualTo(keyId(before));

            HttpResponse<String> answer = bearer(token, port);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(Browser.location(signIn("/app"))).isEqualTo(at(port) + "/app");
            before = token;
            browser.cookies.clear();
        }
    }

    private HttpResponse<String> signIn(String next) {
        return signIn(port, next);
    }

    /** The last answer of the service, after the provider's form. */
    private HttpResponse<String> signIn(int service, String next) {
        HttpResponse<String> form = browser
                .follow(browser.get(at(service) + SIGN_IN + "?" + Keycloak.form(Map.of("next", next))));
        return browser.follow(browser.submit(form, LOGIN));
    }

    private JsonNode sessionClaims() {
        String session = browser.cookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith("machine_registry_"))
                .map(cookie -> cookie.getValue().getValue())
                .findFirst().orElseThrow();
        return part(session, 1);
    }

    private static JsonNode part(String jwt, int index) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[index]));
        } catch (java.io.IOException none) {
            throw new IllegalStateException(jwt, none);
        }
    }

    private static String keyId(String jwt) {
        return part(jwt, 0).get("kid").textValue();
    }

    private static String withKeyId(String jwt, String keyId) {
        return withHeader(jwt, "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}");
    }

    private static String withHeader(String jwt, String header) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + jwt.substring(jwt.indexOf('.'));
    }

    private static double metric(String name) throws Exception {
        return program(request(port, "/q/metrics").GET()).body().lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst().orElseThrow();
    }

    private static HttpResponse<String> bearer(String token, int service) throws Exception {
        return program(authorized(request(service, "/api/machines"), token).GET());
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request, String token) {
        return request.header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder request(int service, String path) {
        return HttpRequest.newBuilder(URI.create(at(service) + path)).timeout(Duration.ofMinutes(1));
    }

    private static HttpResponse<String> program(HttpRequest.Builder request) throws Exception {
        return PROGRAM.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private static void awaitProvider(int service) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(
                () -> assertThat(program(request(service, SIGN_IN).GET()).statusCode()).isEqualTo(303));
    }

    private static String at(int port) {
        return "http://127.0.0.1:" + port;
    }

    private JavaProcess startOther(Map<String, String> settings) {
        JavaProcess other = startService(otherPort, settings);
        others.add(other);
        return other;
    }

    private static JavaProcess startService(int port, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(database.settings());
        all.remove("sessions.anonymous");
        all.putAll(keycloak.settings());
        all.put("teams.prefix", "/");
        all.putAll(settings);
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.port=" + port));
        all.forEach((name, value) -> options.add("-D" + name + "=" + value));
        JavaProcess started = JavaProcess.run(directory, PackagedService.command(options));
        started.awaitOutput("is at http://localhost:(\\d+)/");
        return started;
    }
}
