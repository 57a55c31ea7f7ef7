package org.machineregistry.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What receivers are sent, as their documents say it. */
class MessageWritersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final long SINCE = NOW.minusSeconds(900).toEpochMilli();
    private static final MachineAlert DOWN = MachineAlert.parse("V1StGXR8_Z5jdHi6B-myT", "build box", "owner",
            "down " + SINCE + " missed_heartbeats");
    private static final MachineAlert BACK = MachineAlert.parse("0123456789", "<!channel> & co", "owner",
            "back " + (SINCE + 840_000) + " " + SINCE);

    private static final MachineAlert REMOVAL = MachineAlert.parseWarning("V1StGXR8_Z5jdHi6B-myT", "build-7", "owner",
            SINCE + " missed_heartbeats " + NOW.plusSeconds(86_400).toEpochMilli() + " 86399");

    private static AlertMessage message(MachineAlert... alerts) {
        return new AlertMessage("msg_1", List.of(alerts));
    }

    private static JsonNode body(AlertRequest request) throws IOException {
        return JSON.readTree(request.body());
    }

    /** The example of the libraries of Standard Webhooks. */
    @Test
    void a_standard_webhook_is_signed_as_its_libraries_check_it() {
        StandardWebhook writer = new StandardWebhook(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                JSON);

        assertThat(writer.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
                "{\"test\": 2432232314}".getBytes(UTF_8))).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_standard_webhook_has_the_headers_of_its_specification_and_names_each_machine() throws IOException {
        AlertRequest request = new StandardWebhook(new byte[32], JSON).write(message(DOWN, BACK), NOW);

        assertThat(request.headers()).containsEntry("webhook-id", "msg_1")
                .containsEntry("webhook-timestamp", String.valueOf(NOW.getEpochSecond()))
                .containsKeys("webhook-signature", "Content-Type");
        JsonNode machines = body(request).at("/data/machines");
        assertThat(body(request).get("timestamp").textValue()).isEqualTo("2026-11-28T10:00:00Z");
        assertThat(machines.at("/0")).isEqualTo(JSON.readTree("""
                {"id": "V1StGXR8_Z5jdHi6B-myT.down.%1$d", "machineId": "V1StGXR8_Z5jdHi6B-myT", "name": "build box",
                 "owner": "owner", "status": "offline", "statusSince": %1$d, "offlineReason": "missed_heartbeats"}"""
                .formatted(SINCE)));
        assertThat(machines.at("/1/status").textValue()).isEqualTo("online");
        assertThat(machines.at("/1/offlineSeconds").intValue()).isEqualTo(840);
    }

    @Test
    void slack_is_told_in_words_and_a_name_calls_nobody() throws IOException {
        SlackMessage writer = new SlackMessage(JSON);

        assertThat(body(writer.write(message(DOWN), NOW)).get("text").textValue())
                .isEqualTo("build box is offline since 2026-11-28T09:45:00Z: it went silent");
        assertThat(body(writer.write(message(BACK), NOW)).get("text").textValue())
                .isEqualTo("&lt;!channel&gt; &amp; co is back after 14 minutes");
        assertThat(body(writer.write(message(DOWN, BACK), NOW)).get("text").textValue())
                .startsWith("*1 machine is offline, 1 is back*\n");
    }

    @Test
    void what_people_read_of_many_machines_is_short() throws IOException {
        MachineAlert[] many = IntStream.range(0, 500)
                .mapToObj(i -> MachineAlert.parse("machine-" + i, "büro ".repeat(20), "owner", DOWN.pending()))
                .toArray(MachineAlert[]::new);

        JsonNode body = body(new NtfyMessage(URI.create("https://ntfy.sh/topic"), JSON).write(message(many), NOW));

        assertThat(body.get("title").textValue()).isEqualTo("500 machines are offline");
        assertThat(body.get("message").textValue()).endsWith(" more");
        assertThat(body.get("message").textValue().getBytes(UTF_8).length).isLessThan(4_096);
    }

    @Test
    void ntfy_is_told_at_its_root_with_the_topic_in_the_body() throws IOException {
        AlertRequest request = new NtfyMessage(URI.create("https://push.example/ntfy/ops"), JSON).write(message(DOWN),
                NOW);

        assertThat(request.url()).hasToString("https://push.example/ntfy/");
        assertThat(body(request).get("topic").textValue()).isEqualTo("ops");
        assertThat(body(request).get("title").textValue()).isEqualTo("build box is offline");
        assertThat(body(request).get("priority").intValue()).isEqualTo(4);
        assertThat(body(request).get("tags").isArray()).isTrue();
        assertThat(new NtfyMessage(URI.create("https://ntfy.sh/ops"), JSON).write(message(DOWN), NOW).url())
                .hasToString("https://ntfy.sh/");
    }

    @Test
    void alertmanager_knows_by_the_labels_that_what_ends_is_what_fired() throws IOException {
        AlertmanagerAlerts writer = new AlertmanagerAlerts(JSON);
        MachineAlert end = MachineAlert.parse(DOWN.machineId(), "other name", "owner",
                "back " + (SINCE + 840_000) + " " + SINCE);

        JsonNode fires = body(writer.write(message(DOWN), NOW)).get(0);
        JsonNode ends = body(writer.write(message(end), NOW)).get(0);

        assertThat(ends.get("labels")).isEqualTo(fires.get("labels"));
        assertThat(fires.at("/annotations/reason").textValue()).isEqualTo("missed_heartbeats");
        assertThat(Instant.parse(fires.get("endsAt").textValue())).isAfter(NOW);
        assertThat(ends.get("endsAt").textValue()).isEqualTo("2026-11-28T09:59:00Z");
        assertThat(ends.get("startsAt")).isEqualTo(fires.get("startsAt"));
    }

    @Test
    void an_end_is_never_before_its_start_whatever_the_clocks_say() throws IOException {
        MachineAlert setBack = MachineAlert.parse("0123456789", "a", "owner", "back " + (SINCE - 5_000) + " " + SINCE);

        JsonNode ends = body(new AlertmanagerAlerts(JSON).write(message(setBack), NOW)).get(0);

        assertThat(Instant.parse(ends.get("endsAt").textValue()))
                .isAfterOrEqualTo(Instant.parse(ends.get("startsAt").textValue()));
        assertThat(setBack.outage()).isZero();
    }

    @Test
    void cloud_events_go_as_a_batch_with_an_id_each() throws IOException {
        AlertRequest request = new CloudEvents(JSON).write(message(DOWN, BACK), NOW);

        assertThat(request.headers()).containsEntry("Content-Type", "application/cloudevents-batch+json");
        JsonNode event = body(request).get(0);
        assertThat(event.get("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.get("id").textValue()).isEqualTo(DOWN.id());
        assertThat(event.get("source").textValue()).isEqualTo("/api/machines/V1StGXR8_Z5jdHi6B-myT");
        assertThat(event.get("type").textValue()).isEqualTo("org.machineregistry.machine.offline");
        assertThat(event.at("/data/offlineReason").textValue()).isEqualTo("missed_heartbeats");
        assertThat(body(request).get(1).get("type").textValue()).isEqualTo("org.machineregistry.machine.online");
    }

    @Test
    void each_receiver_is_told_before_a_machine_is_removed() throws IOException {
        String words = "build-7 is removed in 1 day unless it comes back";
        long removedAt = NOW.plusSeconds(86_400).toEpochMilli();

        JsonNode standard = body(new StandardWebhook(new byte[32], JSON).write(message(REMOVAL), NOW));
        assertThat(standard.get("type").textValue()).isEqualTo("machines.removal");
        assertThat(standard.at("/data/machines/0")).isEqualTo(JSON.readTree("""
                {"id": "V1StGXR8_Z5jdHi6B-myT.removal.%2$d", "machineId": "V1StGXR8_Z5jdHi6B-myT", "name": "build-7",
                 "owner": "owner", "status": "offline", "statusSince": %1$d, "offlineReason": "missed_heartbeats",
                 "removedAt": %2$d}""".formatted(SINCE, removedAt)));
        assertThat(body(new SlackMessage(JSON).write(message(REMOVAL), NOW)).get("text").textValue()).isEqualTo(words);
        JsonNode ntfy = body(new NtfyMessage(URI.create("https://ntfy.example.com/t"), JSON).write(message(REMOVAL),
                NOW));
        assertThat(ntfy.get("title").textValue()).isEqualTo(words);
        assertThat(ntfy.get("tags").get(0).textValue()).isEqualTo("hourglass");
        JsonNode alertmanager = body(new AlertmanagerAlerts(JSON).write(message(REMOVAL), NOW)).get(0);
        assertThat(alertmanager.at("/labels/alertname").textValue()).isEqualTo("MachineRemoval");
        assertThat(alertmanager.at("/annotations/summary").textValue()).isEqualTo(words);
        assertThat(Instant.parse(alertmanager.get("endsAt").textValue())).isBetween(NOW.plusSeconds(86_000),
                NOW.plusSeconds(86_400));
        assertThat(body(new CloudEvents(JSON).write(message(REMOVAL), NOW)).at("/0/type").textValue())
                .isEqualTo("org.machineregistry.machine.removal");
    }
}
