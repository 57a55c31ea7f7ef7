package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.JavaProcess;
import org.machineregistry.Ports;
import org.machineregistry.fault.User.Registered;

import com.fasterxml.jackson.databind.JsonNode;

/** A real Alertmanager, which counts as missing where it is not installed. */
class AlertmanagerIT {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus-alertmanager");

    @Test
    void an_alert_fires_when_a_machine_goes_silent_and_ends_when_it_is_back(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), PROGRAM + " is not installed");
        int port = Ports.free();
        Path config = Files.writeString(directory.resolve("alertmanager.yml"),
                "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        JavaProcess alertmanager = JavaProcess.run(directory, List.of(PROGRAM.toString(),
                "--config.file=" + config, "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port, "--cluster.listen-address="));
        try (AlertSite site = new AlertSite(Map.of("alerts.format", "alertmanager",
                "alerts.url", "http://127.0.0.1:" + port + "/api/v2/alerts"))) {
            site.start(site.a);
            Registered machine = User.at(site.a).register(site.a);
            site.askForAlerts(List.of(machine));
            assertEquals(200, Api.agent(site.a, "heartbeat", machine.token()).statusCode());

            await(20).until(() -> firing(port).size() == 1);
            JsonNode alert = firing(port).get(0);
            assertEquals(machine.machineId(), alert.at("/labels/machine_id").textValue());
            assertEquals("MachineOffline", alert.at("/labels/alertname").textValue());
            assertEquals("missed_heartbeats", alert.at("/annotations/reason").textValue());

            assertEquals(200, Api.agent(site.a, "heartbeat", machine.token()).statusCode());
            await(10).until(() -> firing(port).isEmpty());
        } finally {
            alertmanager.kill();
        }
    }

    private static ConditionFactory await(int seconds) {
        return Awaitility.await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }

    private static JsonNode firing(int port) {
        return Api.json(Api.send(HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v2/alerts?active=true")).build()).body());
    }
}
