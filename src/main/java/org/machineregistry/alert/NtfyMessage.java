package org.machineregistry.alert;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A message for ntfy, as JSON: https://docs.ntfy.sh/publish/#publish-as-json. It goes to the root, with the topic in the body. */
final class NtfyMessage implements MessageWriter {
    private static final int HIGH = 4;
    private static final int DEFAULT = 3;

    private final URI root;
    private final String topic;
    private final ObjectMapper json;

    NtfyMessage(URI url, ObjectMapper json) {
        topic = topicOf(url);
        root = url.resolve(".");
        this.json = json;
    }

    /** The last part of the path. */
    static String topicOf(URI url) {
        return url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
    }

    @Override
    public AlertRequest write(AlertMessage message, Instant now) {
        boolean isUrgent = !message.isOfRemovals() && message.alerts().stream().anyMatch(MachineAlert::down);
        ObjectNode body = json.createObjectNode()
                .put("topic", topic)
                .put("title", AlertText.title(message.alerts()))
                .put("message", AlertText.lines(message.alerts(), UnaryOperator.identity()))
                .put("priority", isUrgent ? HIGH : DEFAULT);
        body.putArray("tags")
                .add(message.isOfRemovals() ? "hourglass" : isUrgent ? "rotating_light" : "white_check_mark");
        return new AlertRequest(root, Map.of(AlertRequest.CONTENT_TYPE, "application/json"),
                AlertJson.bytes(body, json));
    }
}
