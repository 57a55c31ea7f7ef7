package org.machineregistry.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An alert as JSON of the service's own, in the words of its API. */
final class AlertJson {
    private AlertJson() {}

    static ObjectNode of(MachineAlert alert, ObjectMapper json) {
        ObjectNode node = json.createObjectNode();
        node.put("id", alert.id());
        node.put("machineId", alert.machineId());
        node.put("name", alert.name());
        node.put("owner", alert.owner());
        node.put("status", alert.status());
        node.put("statusSince", alert.since());
        node.put("offlineReason", alert.reason());
        if (!alert.down()) {
            node.put("offlineSeconds", alert.outage().toSeconds());
        }
        if (alert.isRemoval()) {
            node.put("removedAt", alert.removal().at());
        }
        return node;
    }

    static byte[] bytes(JsonNode node, ObjectMapper json) {
        try {
            return json.writeValueAsBytes(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree is always JSON", impossible);
        }
    }
}
