package org.machineregistry.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.machineregistry.text.VisibleText;

/** The limits of labels: their form, and how many a machine may have. */
public final class LabelRules {
    public static final int MOST_LABELS = 32;
    public static final String TOO_MANY = "must be at most " + MOST_LABELS + " labels";
    /** A key that begins so selects by facts that the machine tells of itself, and is no label. */
    static final String RESERVED = "machine.";
    private static final int LONGEST_VALUE = 63;
    private static final Pattern KEY = Pattern.compile("[a-z0-9._/-]{1,63}");

    /** @param key of the label whose value is at fault; null where it is a key, or the number of them */
    public record Fault(String key, String message) {}

    private LabelRules() {}

    /** All that is wrong with labels that somebody wants; a null value is not. */
    static List<Fault> faultsOf(Map<String, String> labels) {
        if (labels.values().stream().filter(Objects::nonNull).count() > MOST_LABELS) {
            return List.of(new Fault(null, TOO_MANY));
        }
        List<Fault> faults = new ArrayList<>();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            String faultOfKey = faultOfKey(label.getKey());
            if (faultOfKey != null) {
                // The fault does not name the key, which may be of any length. One such fault says it all.
                return List.of(new Fault(null, faultOfKey));
            }
            String faultOfValue = label.getValue() == null ? null : faultOfValue(label.getValue());
            if (faultOfValue != null) {
                faults.add(new Fault(label.getKey(), faultOfValue));
            }
        }
        return faults;
    }

    /** Null where there is none. */
    static String faultOfKey(String key) {
        if (!KEY.matcher(key).matches()) {
            return "must have keys of 1 to 63 of a-z 0-9 . _ / -";
        }
        return key.startsWith(RESERVED)
                ? "must have no key that begins with " + RESERVED + ", which is what the machine says of itself"
                : null;
    }

    /** Null where there is none. */
    static String faultOfValue(String value) {
        if (value.codePointCount(0, value.length()) > LONGEST_VALUE) {
            return "must be at most " + LONGEST_VALUE + " characters";
        }
        int invisible = VisibleText.findInvisible(value);
        return invisible == VisibleText.NONE ? null : VisibleText.mustNotContain(invisible);
    }
}
