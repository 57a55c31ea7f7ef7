package org.machineregistry.label;

import java.util.Map;
import java.util.TreeMap;

import org.machineregistry.http.Problems;
import org.machineregistry.text.VisibleText;

import io.vertx.core.json.JsonObject;

/** Labels as the database has them: a JSON object of strings. */
public final class LabelJson {
    public static final String NONE = "{}";

    private LabelJson() {}

    /** The same with their values composed (NFC), as all text that people see. @param labels null for none */
    public static Map<String, String> compose(Map<String, String> labels) {
        if (labels == null) {
            return null;
        }
        Map<String, String> composed = new TreeMap<>();
        labels.forEach((key, value) -> composed.put(key, value == null ? null : VisibleText.compose(value)));
        return composed;
    }

    /** @param labels with null values where they are a merge patch; null for none */
    public static String of(Map<String, String> labels) {
        if (labels == null || labels.isEmpty()) {
            return NONE;
        }
        JsonObject json = new JsonObject();
        labels.forEach(json::put);
        return json.encode();
    }

    /**
     * Applies a JSON merge patch (RFC 7396) to labels: a null value takes one away.
     *
     * @param patch null to take away all
     */
    public static String merge(String labels, Map<String, String> patch) {
        if (patch == null) {
            return NONE;
        }
        JsonObject merged = new JsonObject(labels);
        patch.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        if (merged.size() > LabelRules.MOST_LABELS) {
            throw Problems.invalid("labels", LabelRules.TOO_MANY);
        }
        return merged.encode();
    }
}
