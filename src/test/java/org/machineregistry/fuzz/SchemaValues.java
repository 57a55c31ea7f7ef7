package org.machineregistry.fuzz;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Values that a schema of the document allows. */
final class SchemaValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    // The document's patterns have this form; of others its example is taken.
    private static final Pattern WORD = Pattern.compile("\\^\\[A-Za-z0-9_-\\]\\{(\\d+),(\\d+)\\}\\$");
    private static final int LONGEST = 1_024;

    private final ApiDocument document;
    private final Dice dice;

    SchemaValues(ApiDocument document, Dice dice) {
        this.document = document;
        this.dice = dice;
    }

    JsonNode of(JsonNode schema) {
        JsonNode found = document.resolve(schema);
        if (found.has("enum")) {
            return found.path("enum").get(dice.below(found.path("enum").size()));
        }
        if (found.path("nullable").asBoolean() && dice.oneIn(6)) {
            return JSON.nullNode();
        }
        return switch (found.path("type").asText()) {
            case "object" -> object(found);
            case "array" -> array(found);
            case "integer" -> JSON.numberNode(dice.between(found.path("minimum").asInt(0),
                    found.path("maximum").asInt(Integer.MAX_VALUE - 1)));
            case "boolean" -> JSON.booleanNode(dice.oneIn(2));
            default -> JSON.textNode(text(found));
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties").properties().forEach(property -> {
            boolean isRequired = false;
            for (JsonNode name : schema.path("required")) {
                isRequired |= name.asText().equals(property.getKey());
            }
            if (isRequired || dice.oneIn(2)) {
                object.set(property.getKey(), of(property.getValue()));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema) {
        ArrayNode array = JSON.arrayNode();
        for (int left = dice.below(4); left > 0; left--) {
            array.add(of(schema.path("items")));
        }
        return array;
    }

    private String text(JsonNode schema) {
        Matcher word = WORD.matcher(schema.path("pattern").asText());
        if (word.matches()) {
            return dice.word(dice.between(Integer.parseInt(word.group(1)), Integer.parseInt(word.group(2))));
        }
        if (dice.oneIn(3)) {
            return schema.path("example").asText("a");
        }
        int longest = Math.min(LONGEST, schema.path("maxLength").asInt(LONGEST));
        int least = Math.max(1, schema.path("minLength").asInt(1));
        int length = dice.oneIn(5) ? longest : dice.between(least, Math.max(least, Math.min(longest, 30)));
        return dice.of("a", "Ü", "語", "ع", "7", "🖥").repeat(length);
    }
}
