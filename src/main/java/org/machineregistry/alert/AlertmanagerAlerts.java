package org.machineregistry.alert;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Alerts for the v2 API of Alertmanager: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml. By its labels it
 * knows that what is resolved is what fired, so that only what never changes is among them.
 */
final class AlertmanagerAlerts implements MessageWriter {
    // It would resolve by itself what has no end and is not sent again and again.
    private static final Duration FIRES_FOR = Duration.ofDays(365);

    private final ObjectMapper json;

    AlertmanagerAlerts(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public AlertRequest write(AlertMessage message, Instant now) {
        ArrayNode alerts = json.createArrayNode();
        for (MachineAlert alert : message.alerts()) {
            ObjectNode node = alerts.addObject();
            node.putObject("labels").put("alertname",
                    alert.isRemoval() ? "MachineRemoval" : "MachineOffline").put("machine_id", alert.machineId());
            node.putObject("annotations").put("summary", AlertText.line(alert)).put("name", alert.name())
                    .put("owner", alert.owner()).put("id", alert.id());
            if (alert.down()) {
                node.withObject("/annotations").put("reason", alert.reason());
            }
            // An alert that ends in the future would fire until then, and the database's clock may be ahead.
            Instant end = end(alert, now);
            node.put("startsAt", earlier(alert.downAt(), end).toString());
            node.put("endsAt", end.toString());
        }
        return AlertRequest.json(AlertJson.bytes(alerts, json));
    }

    /** A machine that is to be removed fires until then: what comes back in time resolves no earlier. */
    private static Instant end(MachineAlert alert, Instant now) {
        if (alert.isRemoval()) {
            return now.plus(alert.removal().left());
        }
        return alert.down() ? now.plus(FIRES_FOR) : earlier(alert.at(), now);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
