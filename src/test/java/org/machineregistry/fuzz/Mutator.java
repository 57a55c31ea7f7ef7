package org.machineregistry.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes of what is valid something that nearly is. */
final class Mutator {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FOREIGN = List.of("", " ", "\t", "null", "-1", "0", "1e400",
            "99999999999999999999",
            "NaN", "true", "[]", "{}", "a".repeat(101), "x".repeat(1_025), "\u0000", "a\u0000b", "\ud800", "\udc00a",
            "\u200b", "a\u200db", "\u202egnp", "\u2066\u2069", "\ufeff", "\uffff", "e\u0301\u0301\u0301\u0301\u0301",
            "\ud83d\udda5".repeat(60), "'; drop table machine; --", "' or '1'='1", "%00", "%s%n%x",
            "${jndi:ldap://x/a}",
            "{{7*7}}", "../../../etc/passwd", "..\\..\\", "<script>alert(1)</script>", "\r\nSet-Cookie: a=b", "\"",
            "\\",
            "a,b", ";", "\u00e9", "\u0130", "\u00df", "=cmd|'/c'!A1", "*", "%", "_", "\\u0000");

    private final Dice dice;

    Mutator(Dice dice) {
        this.dice = dice;
    }

    String foreign() {
        return dice.of(FOREIGN);
    }

    /** Another text that has much of this one. */
    String text(String text) {
        int at = text.isEmpty() ? 0 : dice.below(text.length());
        return switch (dice.below(7)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + foreign() + text.substring(at);
            case 2 -> text + foreign();
            case 3 -> foreign();
            case 4 -> text + text;
            case 5 -> text.isEmpty()
                    ? "x"
                    : text.substring(0, at) + (char) (text.charAt(at) ^ 1 << dice.below(7))
                            + text.substring(at + 1);
            default -> dice.word(text.length() + 1);
        };
    }

    /** The body of a valid one: with another field, or as another text, or as other bytes. */
    byte[] body(JsonNode valid) {
        return switch (dice.below(4)) {
            case 0, 1 -> valid.isObject() ? utf8(otherField((ObjectNode) valid).toString()) : foreignBody();
            case 2 -> utf8(spoiled(valid.toString()));
            default -> bytes(utf8(valid.toString()));
        };
    }

    private ObjectNode otherField(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() || dice.oneIn(6) ? text("name") : dice.of(names);
        if (dice.oneIn(6)) {
            object.remove(name);
        } else {
            object.set(name, value(object.path(name)));
        }
        return object;
    }

    private JsonNode value(JsonNode before) {
        return switch (dice.below(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(dice.of(-1L, 0L, 1L << 31, Long.MIN_VALUE, 100_001L));
            case 2 -> JSON.numberNode(dice.of(0.5, -0.0, 1e300));
            case 3 -> JSON.booleanNode(dice.oneIn(2));
            case 4 -> JSON.arrayNode().add(before.deepCopy());
            case 5 -> JSON.objectNode().set(foreign(), before.deepCopy());
            default -> JSON.textNode(text(before.asText()));
        };
    }

    private String spoiled(String json) {
        return switch (dice.below(9)) {
            case 0 -> json.substring(0, dice.below(json.length()));
            case 1 -> json + json;
            case 2 -> behind(":", ",", json);
            case 3 -> behind("{", "\"name\":1,\"name\":\"b\",", json);
            case 4 -> json.replace('"', '\'');
            case 5 -> behind(":", "[".repeat(dice.of(3, 999, 1_001, 30_000)), json);
            case 6 -> behind(":\"", dice.of("\\ud800", "\\u0000", "\\x", "\\udfff\\ud800", "\u0001"), json);
            case 7 -> behind("{", "\"" + dice.word(dice.of(1, 70_000)) + "\":\"" + foreign() + "\",", json);
            default -> behind(":", "9".repeat(dice.of(20, 999, 1_001, 60_000)), json);
        };
    }

    private static String behind(String mark, String more, String text) {
        int at = text.indexOf(mark);
        return at < 0 ? text + more : text.substring(0, at + mark.length()) + more + text.substring(at + mark.length());
    }

    /** No JSON, or nothing that anybody asked for. */
    byte[] foreignBody() {
        return switch (dice.below(8)) {
            case 0 -> new byte[0];
            case 1 -> dice.bytes(dice.of(1, 100, 5_000));
            case 2 -> utf8("[".repeat(dice.of(1, 2_000, 60_000)));
            case 3 -> utf8("{\"a\":".repeat(dice.of(1, 999, 10_000)));
            case 4 -> utf8("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>");
            case 5 -> "{\"name\":\"a\"}".getBytes(dice.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE));
            case 6 -> utf8("\ufeff{\"name\":\"a\"}");
            default -> utf8(dice.of("null", "true", "1", "\"a\"", "[]", "{}", " ", "name=a&b=c", "{\"name\":\"a\"}//",
                    "--a\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nc\r\n--a--", "x".repeat(70_000)));
        };
    }

    /** Some of these bytes changed, left out, or said twice. */
    byte[] bytes(byte[] bytes) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        byte[] from = bytes;
        for (int times = dice.between(1, 3); times > 0 && from.length > 0; times--) {
            int at = dice.below(from.length);
            int end = Math.min(from.length, at + dice.between(1, 8));
            changed.reset();
            changed.write(from, 0, at);
            switch (dice.below(4)) {
                case 0 -> changed.writeBytes(dice.bytes(end - at));
                case 1 -> changed.writeBytes(Arrays.copyOf(Arrays.copyOfRange(from, at, end), 2 * (end - at)));
                case 2 -> changed.write(from[at] ^ 1 << dice.below(8));
                default -> end = Math.min(end, at + 1);
            }
            changed.write(from, end, from.length - end);
            from = changed.toByteArray();
        }
        return from;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
