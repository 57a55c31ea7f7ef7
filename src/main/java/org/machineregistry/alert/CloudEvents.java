package org.machineregistry.alert;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A batch of CloudEvents 1.0: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#33-batched-content-mode. */
final class CloudEvents implements MessageWriter {
    private final ObjectMapper json;

    CloudEvents(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public AlertRequest write(AlertMessage message, Instant now) {
        ArrayNode events = json.createArrayNode();
        for (MachineAlert alert : message.alerts()) {
            ObjectNode event = events.addObject()
                    .put("specversion", "1.0")
                    .put("id", alert.id())
                    .put("source", "/api/machines/" + alert.machineId())
                    .put("type", "org.machineregistry.machine." + (alert.isRemoval() ? "removal" : alert.status()))
                    .put("time", alert.at().toString())
                    .put("datacontenttype", "application/json");
            event.set("data", AlertJson.of(alert, json));
        }
        return new AlertRequest(null, Map.of(AlertRequest.CONTENT_TYPE, "application/cloudevents-batch+json"),
                AlertJson.bytes(events, json));
    }
}
