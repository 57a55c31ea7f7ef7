package org.machineregistry.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A signed message: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md. */
final class StandardWebhook implements MessageWriter {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final ObjectMapper json;

    StandardWebhook(byte[] key, ObjectMapper json) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.json = json;
    }

    @Override
    public AlertRequest write(AlertMessage message, Instant now) {
        ObjectNode root = json.createObjectNode();
        root.put("type", message.isOfRemovals() ? "machines.removal" : "machines.alert");
        root.put("timestamp", now.toString());
        var machines = root.putObject("data").putArray("machines");
        message.alerts().forEach(alert -> machines.add(AlertJson.of(alert, json)));
        byte[] body = AlertJson.bytes(root, json);
        String timestamp = String.valueOf(now.getEpochSecond());
        return new AlertRequest(null, Map.of(AlertRequest.CONTENT_TYPE, "application/json", "webhook-id", message.id(),
                "webhook-timestamp", timestamp, "webhook-signature", sign(message.id(), timestamp, body)), body);
    }

    String sign(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, impossible);
        }
    }
}
