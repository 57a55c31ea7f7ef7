package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.DocumentedBlock;
import org.machineregistry.JavaProcess;
import org.machineregistry.Ports;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** A real Prometheus with what the documents tell its operator, which counts as missing where it is not installed. */
@ExtendWith(Site.Extension.class)
class PrometheusIT {
    private static final String PAGE = "docs/metrics.md";
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
    private static final Path CHECKER = Path.of("/usr/bin/promtool");

    @TempDir
    Path directory;
    private final int port = Ports.free();

    @BeforeEach
    void is_installed() {
        assumeTrue(Files.isExecutable(PROGRAM) && Files.isExecutable(CHECKER), PROGRAM + " is not installed");
    }

    @Test
    void machines_are_scraped_with_a_token_that_only_reads_and_their_rules_hold(Site site) throws Exception {
        try (Load load = new Load(site.a)) {
            load.open(1, site.a).watch(site.a).awaitOnline();
            Registered online = load.machines.get(0);
            Registered offline = load.user.register(site.a);
            Path config = configure(site.a, tokenOf(load.user, site.a));
            check("config", config);
            JavaProcess prometheus = JavaProcess.run(directory, List.of(PROGRAM.toString(), "--config.file=" + config,
                    "--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port));
            try {
                await().untilAsserted(() -> assertThat(value("machine_online", online)).isEqualTo(1));
                assertThat(value("machine_online", offline)).isZero();
                assertThat(value("machine_status_changes_total", online)).isEqualTo(1);
                assertThat(value("time() - machine_last_seen_seconds", online)).isBetween(-1.0, 10.0);
                await().untilAsserted(() -> assertThat(alerts().toString()).contains(offline.machineId())
                        .doesNotContain(online.machineId()));
                assertThat(ask("/api/v1/targets").at("/data/activeTargets/0/lastError").textValue()).isEmpty();
            } finally {
                prometheus.kill();
            }
        }
    }

    /** As the documents say, but for where things are, and for how often. */
    private Path configure(Replica replica, String token) throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yml"), DocumentedBlock.in(PAGE, "rules"));
        Path file = Files.writeString(directory.resolve("token"), token);
        return Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 500ms, evaluation_interval: 500ms}
                rule_files: [%s]
                """.formatted(rules) + DocumentedBlock.in(PAGE, "scrape")
                .replace("scheme: https", "scheme: http")
                .replace("/etc/prometheus/machine-registry-token", file.toString())
                .replace("registry.example.org", "127.0.0.1:" + replica.port));
    }

    private static void check(String what, Path file) throws IOException, InterruptedException {
        Process checker = new ProcessBuilder(CHECKER.toString(), "check", what, file.toString())
                .redirectErrorStream(true).start();
        String said = new String(checker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(checker.waitFor()).as(said).isZero();
        assertThat(said).contains("SUCCESS: 2 rules found");
    }

    private static String tokenOf(User user, Replica replica) {
        return Api.json(Api.send(Api.post(replica, "/api/tokens", user.session,
                "{\"name\":\"prometheus\",\"scope\":\"read\",\"expiresInSeconds\":3600}")).body())
                .path("token").textValue();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }

    private double value(String expression, Registered machine) {
        JsonNode results = ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
        for (JsonNode result : results) {
            if (result.at("/metric/machine_id").textValue().equals(machine.machineId())) {
                return Double.parseDouble(result.at("/value/1").textValue());
            }
        }
        throw new IllegalStateException("no " + expression + " of " + machine.machineId() + " in " + results);
    }

    private JsonNode alerts() {
        return ask("/api/v1/alerts").at("/data/alerts");
    }

    private JsonNode ask(String path) {
        return Api.json(Api.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build()).body());
    }
}
