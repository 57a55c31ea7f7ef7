package org.machineregistry.label;

import java.util.List;

import org.machineregistry.http.Problems;

/** Which machines are meant by their labels: those that all selectors mean. */
public record LabelSelection(List<LabelSelector> selectors) {
    public static final LabelSelection ALL = new LabelSelection(List.of());

    /** @param texts as the parameter {@code label} has them; null where it is not there */
    public static LabelSelection parse(List<String> texts) {
        if (texts == null || texts.isEmpty()) {
            return ALL;
        }
        if (texts.size() > LabelRules.MOST_LABELS) {
            throw Problems.invalid(LabelSelector.PARAMETER,
                    "must be given at most " + LabelRules.MOST_LABELS + " times");
        }
        return new LabelSelection(texts.stream().map(LabelSelector::parse).distinct().toList());
    }

    /** Adds which of the machines, each with an "and" before it. */
    public void addConditions(StringBuilder where, List<Object> parameters) {
        selectors.forEach(selector -> selector.addCondition(where, parameters));
    }
}
