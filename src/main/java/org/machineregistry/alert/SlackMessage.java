package org.machineregistry.alert;

import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A message for an incoming webhook of Slack, or of what speaks its format: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
final class SlackMessage implements MessageWriter {
    private final ObjectMapper json;

    SlackMessage(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public AlertRequest write(AlertMessage message, Instant now) {
        String lines = AlertText.lines(message.alerts(), SlackMessage::escape);
        String text = message.alerts().size() == 1 ? lines : "*" + AlertText.title(message.alerts()) + "*\n" + lines;
        return AlertRequest.json(AlertJson.bytes(json.createObjectNode().put("text", text), json));
    }

    /** Keeps a machine's name from calling everybody: https://docs.slack.dev/messaging/formatting-message-text#escaping. */
    private static String escape(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
