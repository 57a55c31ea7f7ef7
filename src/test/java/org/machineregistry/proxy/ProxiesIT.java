package org.machineregistry.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.JavaProcess;
import org.machineregistry.PackagedService;
import org.machineregistry.Ports;
import org.machineregistry.embedded.EmbeddedDatabase;

/** The packaged service behind real proxies with TLS, each with its configuration of {@code docs/proxies.md}. */
class ProxiesIT {
    private static final List<String> NAMES = List.of("nginx-bare", "nginx-host-only", "nginx-host", "nginx-stripped",
            "nginx-kept", "haproxy-host", "haproxy-stripped");
    // They pass on nothing that a WebSocket could be opened with.
    private static final List<String> WITHOUT_SOCKETS = List.of("nginx-bare", "nginx-host-only");

    @TempDir
    static Path directory;
    private static final Map<String, FrontProxy> PROXIES = new LinkedHashMap<>();
    private static final List<AutoCloseable> STARTED = new ArrayList<>();
    private static TestAuthority authority;
    private static EmbeddedDatabase database;
    private static JavaProcess service;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(FrontProxy.canStart(), "nginx, haproxy or openssl is not installed");
        authority = new TestAuthority(directory);
        database = EmbeddedDatabase.start(directory.resolve("data"));
        NAMES.forEach(name -> PROXIES.put(name, new FrontProxy(name)));
        List<String> addresses = NAMES.stream().map(ProxiesIT::addressOf).toList();
        int port = Ports.free();
        service = startService(port, Map.of("service.url", addresses.get(0), "service.additional-urls",
                addresses.stream().skip(1).collect(Collectors.joining(", "))));
        for (FrontProxy proxy : PROXIES.values()) {
            STARTED.add(proxy);
            proxy.start(directory, authority, port);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable started : STARTED) {
            started.close();
        }
        if (database != null) {
            database.close();
        }
    }

    static Stream<String> names() {
        return NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_person_and_a_machine_are_served_at_the_address_that_they_came_to(String name) throws Exception {
        Visitor visitor = visitor(name);
        String path = URI.create(visitor.address).getPath();

        HttpResponse<String> session = visitor.startSession();
        HttpResponse<String> machine = visitor.post("/api/machines", "{\"name\":\"build box\"}");
        visitor.post("/api/machines", "{\"name\":\"another\"}");

        assertThat(session.statusCode()).as(session.body()).isEqualTo(201);
        assertThat(session.headers().firstValue("Set-Cookie").orElseThrow()).contains(";Secure")
                .contains(";Path=" + (path.isEmpty() ? "/" : path) + ";")
                .startsWith(path.isEmpty() ? "__Host-machine_registry=" : "machine_registry_");
        assertThat(machine.statusCode()).as(machine.body()).isEqualTo(201);
        assertThat(machine.headers().firstValue("Location").orElseThrow()).startsWith(path + "/api/machines/");
        assertThat(visitor.get("/api/machines?limit=1").headers().firstValue("Link").orElseThrow())
                .startsWith("<" + path + "/api/machines?");
        assertThat(visitor.get("/agent.sh").body()).contains("SERVICE='" + visitor.address + "'");
        assertThat(visitor.asMachine("connect", Visitor.json(machine).get("token").asText()).statusCode())
                .isEqualTo(200);
        assertThat(visitor.beginningOfEvents()).startsWith("event:");
    }

    @ParameterizedTest
    @MethodSource("names")
    void who_comes_without_a_page_is_led_to_it(String name) {
        Visitor visitor = visitor(name);

        HttpResponse<String> answer = visitor.get("/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(URI.create(visitor.address + "/").resolve(answer.headers().firstValue("Location").orElseThrow()))
                .hasToString(visitor.address + "/app/");
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_page_is_told_the_address_that_it_is_at(String name) {
        Visitor visitor = visitor(name);

        HttpResponse<String> answer = visitor.get("/api/address?at=" + visitor.address);

        assertThat(Visitor.json(answer).get("url").asText()).isEqualTo(visitor.address);
        assertThat(Visitor.json(answer).has("detail")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_page_is_told_what_the_service_can(String name) {
        assertThat(visitor(name).get("/q/info").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx-host", "haproxy-host"})
    void health_and_metrics_are_kept_back(String name) {
        Visitor visitor = visitor(name);

        assertThat(Stream.of("/q/health", "/q/health/ready", "/q/metrics").map(visitor::get))
                .allMatch(answer -> answer.statusCode() == 404);
    }

    @ParameterizedTest
    @MethodSource("names")
    void it_is_http_2_in_front(String name) {
        assertThat(visitor(name).get("/api/machines").version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @ParameterizedTest
    @MethodSource("namesWithSockets")
    void a_machine_may_connect_with_a_socket(String name) throws Exception {
        Visitor visitor = visitor(name);
        visitor.startSession();
        String token = Visitor.json(visitor.post("/api/machines", "{\"name\":\"with a socket\"}")).get("token")
                .asText();

        assertThat(visitor.firstWordOnSocket(token)).contains("\"connected\"");
    }

    static Stream<String> namesWithSockets() {
        return NAMES.stream().filter(name -> !WITHOUT_SOCKETS.contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx-bare", "nginx-kept", "haproxy-stripped"})
    void an_agent_that_was_fetched_over_tls_connects_over_tls(String name) throws Exception {
        Visitor visitor = visitor(name);
        visitor.startSession();
        String token = Visitor.json(visitor.post("/api/machines", "{\"name\":\"" + name + "\"}")).get("token").asText();
        Path script = Files.writeString(directory.resolve(name + ".sh"), visitor.get("/agent.sh").body());

        JavaProcess agent = JavaProcess.run(directory, List.of("env", "MACHINE_TOKEN=" + token, "CURL_CA_BUNDLE="
                + authority.root, "sh", script.toString()));
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200))
                    .until(() -> visitor.get("/api/machines?status=online").body().contains("\"" + name + "\""));
        } finally {
            agent.kill();
        }
    }

    @Test
    void without_a_setting_the_address_is_what_a_trusted_proxy_says_of_it() throws Exception {
        try (FrontProxy proxy = new FrontProxy("nginx-host")) {
            int port = Ports.free();
            proxy.start(directory, authority, port);
            Visitor visitor = new Visitor(proxy.origin(), authority);
            try (JavaProcess trusting = startService(port, Map.of("quarkus.http.proxy.proxy-address-forwarding", "true",
                    "quarkus.http.proxy.trusted-proxies", "127.0.0.1"))) {
                HttpResponse<String> session = visitor.startSession();

                assertThat(session.statusCode()).as(session.body()).isEqualTo(201);
                assertThat(session.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("__Host-");
                assertThat(visitor.get("/agent.sh").body()).contains("SERVICE='" + visitor.address + "'");
                assertThat(trusting.isAlive()).isTrue();
            }
        }
    }

    @Test
    void without_a_setting_whoever_comes_through_a_proxy_is_told_what_to_set() throws Exception {
        try (FrontProxy bare = new FrontProxy("nginx-bare"); FrontProxy host = new FrontProxy("nginx-host")) {
            int port = Ports.free();
            bare.start(directory, authority, port);
            host.start(directory, authority, port);
            Visitor throughBare = new Visitor(bare.origin(), authority);
            Visitor throughHost = new Visitor(host.origin(), authority);
            try (JavaProcess unset = startService(port, Map.of())) {
                HttpResponse<String> refused = throughBare.startSession();

                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(Visitor.json(refused).get("detail").asText()).startsWith("You came to " + throughBare.address
                        + ", and the service saw http://127.0.0.1:" + port + ".");
                assertThat(Visitor.json(refused).get("setting").asText())
                        .isEqualTo("service.url=" + throughBare.address);
                assertThat(throughHost.get("/agent.sh").statusCode()).isEqualTo(400);
                unset.terminate();
                assertThat(unset.output()).containsOnlyOnce("addresses that are none of this service's, the first to "
                        + throughBare.address);
            }
        }
    }

    private static Visitor visitor(String name) {
        return new Visitor(addressOf(name), authority);
    }

    private static String addressOf(String name) {
        String path = name.endsWith("-stripped") || name.endsWith("-kept") ? "/registry" : "";
        return PROXIES.get(name).origin() + path;
    }

    private static JavaProcess startService(int port, Map<String, String> settings) throws IOException {
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.port=" + port, "-Dsessions.anonymous=true",
                "-Dsessions.anonymous-rate=1000000"));
        database.settings().forEach((name, value) -> options.add("-D" + name + "=" + value));
        settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
        JavaProcess started = JavaProcess.run(directory, PackagedService.command(options));
        STARTED.add(started::kill);
        started.awaitOutput("is at http://localhost:(\\d+)/");
        return started;
    }
}
