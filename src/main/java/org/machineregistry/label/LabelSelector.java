package org.machineregistry.label;

import java.util.List;
import java.util.Map;

import org.machineregistry.http.Problems;
import org.machineregistry.text.VisibleText;

/**
 * Which machines are meant by one label: {@code env} for those that have it, {@code !gpu} for those that do not,
 * {@code env=prod} for those with that value, and {@code zone!=eu} for all others, also those without such a label. What the
 * machine says of itself is selected in the same way, as {@code machine.os}.
 *
 * @param value null where any will do
 */
public record LabelSelector(String key, String value, boolean negated) {
    static final String PARAMETER = "label";
    private static final char NOT = '!';
    // What a machine says of itself may be that long.
    private static final int LONGEST_FACT = 1_024;
    private static final Map<String, String> FACTS = Map.of(
            "machine.os", "os",
            "machine.arch", "arch",
            "machine.hostname", "hostname",
            "machine.agentVersion", "agent_version");

    static LabelSelector parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            boolean negated = text.charAt(0) == NOT;
            return of(negated ? text.substring(1) : text, null, negated);
        }
        boolean negated = equals > 0 && text.charAt(equals - 1) == NOT;
        return of(text.substring(0, negated ? equals - 1 : equals), text.substring(equals + 1), negated);
    }

    private static LabelSelector of(String key, String value, boolean negated) {
        if (FACTS.containsKey(key)) {
            if (value != null && value.codePointCount(0, value.length()) > LONGEST_FACT) {
                throw Problems.invalid(PARAMETER, "must have a value of at most " + LONGEST_FACT + " characters");
            }
            return new LabelSelector(key, value, negated);
        }
        if (key.startsWith(LabelRules.RESERVED)) {
            throw Problems.invalid(PARAMETER,
                    "must be a label, or machine.os, machine.arch, machine.hostname or machine.agentVersion");
        }
        String composed = value == null ? null : VisibleText.compose(value);
        String fault = LabelRules.faultOfKey(key);
        if (fault == null && composed != null) {
            fault = LabelRules.faultOfValue(composed);
        }
        if (fault != null) {
            throw Problems.invalid(PARAMETER, fault);
        }
        return new LabelSelector(key, composed, negated);
    }

    /** Adds which of the machines, with an "and" before it. */
    void addCondition(StringBuilder where, List<Object> parameters) {
        String column = FACTS.get(key);
        where.append(" and ").append(column == null ? ofLabel(parameters) : ofFact(column, parameters));
    }

    private String ofLabel(List<Object> parameters) {
        parameters.add(value == null ? key : LabelJson.of(Map.of(key, value)));
        // The driver makes one question mark of two.
        String holds = value == null ? "labels ?? ?" : "labels @> ?::jsonb";
        // The index is of labelled machines alone.
        return negated ? "not " + holds : "labels <> '{}'::jsonb and " + holds;
    }

    private String ofFact(String column, List<Object> parameters) {
        if (value == null) {
            return column + (negated ? " is null" : " is not null");
        }
        parameters.add(value);
        return column + (negated ? " is distinct from ?" : " = ?");
    }

    /** Writes the selector as it was asked for. */
    @Override
    public String toString() {
        return value == null ? (negated ? NOT + key : key) : key + (negated ? "!=" : "=") + value;
    }
}
