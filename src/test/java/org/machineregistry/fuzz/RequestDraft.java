package org.machineregistry.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.machineregistry.fuzz.Operation.Parameter;

/** A request for an operation of the document, each part of which is valid, nearly valid or foreign. */
final class RequestDraft {
    private static final int LONG_HEADER = 3_000;

    final List<String[]> headers = new ArrayList<>();
    String method;
    String target;
    String from;
    byte[] body = new byte[0];
    final Operation operation;
    final int person;
    /** Whether the document says what may be answered to it. */
    boolean isHeld = true;
    private final Dice dice;
    private final Population population;
    private final Mutator mutator;
    private final SchemaValues values;

    RequestDraft(ApiDocument document, Population population, Dice dice) {
        this.dice = dice;
        this.population = population;
        operation = dice.of(document.operations);
        mutator = new Mutator(dice);
        values = new SchemaValues(document, dice);
        person = population.person(dice);
        from = "127.1." + dice.below(8) + "." + dice.between(1, 200);
        method = operation.method();
        if (dice.oneIn(30)) {
            method = dice.oneIn(3) ? "HEAD" : dice.of(HttpWords.METHODS);
            isHeld = false;
        }
        setTarget();
        setCredential();
        setBody();
        setHeaders();
    }

    private void setTarget() {
        target = operation.path();
        List<String> query = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            String value = value(parameter);
            switch (parameter.in()) {
                case "path" -> target = target.replace("{" + parameter.name() + "}", encode(value));
                case "query" -> query.add(parameter.name() + "=" + encode(value));
                default -> headers.add(new String[]{parameter.name(), inHeader(value)});
            }
        }
        query.removeIf(parameter -> dice.oneIn(2));
        if (dice.oneIn(15)) {
            query.add(encode(mutator.foreign()) + dice.of("", "=", "=" + encode(mutator.foreign())));
        }
        target += query.isEmpty() ? "" : "?" + String.join("&", query);
        if (dice.oneIn(40)) {
            target = oddTarget();
            isHeld = false;
        }
    }

    private String value(Parameter parameter) {
        if (parameter.in().equals("path") && !dice.oneIn(6)) {
            return population.machine(person, dice).machineId();
        }
        String value = values.of(parameter.schema()).asText();
        if (!dice.oneIn(5)) {
            return value;
        }
        // Whatever it is, it may be another address.
        isHeld &= !parameter.in().equals("path");
        return mutator.text(value);
    }

    private String encode(String value) {
        return URLEncoder.encode(value, dice.oneIn(8) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** No white space: that would be another request line. */
    private String oddTarget() {
        return switch (dice.below(9)) {
            case 0 -> target + "/";
            case 1 -> target.replace("/", "//");
            case 2 ->
                target + dice.of(";a=b", "%3b", "%2f", "%5c..", "%00", "%zz", "%", "#a", "?", "&&", "\\", "%c0%af");
            case 3 -> target.replaceFirst("/api", dice.of("/api/../api", "/API", "/./api", "/app", "/q", "/%61pi"));
            case 4 -> "http://" + dice.of("a.example", "127.0.0.1:1", "[::", "") + target;
            case 5 -> dice.of("*", "/", "/app/", "/app/assets/a.js", "/q/metrics", "/q/health/ready", "/q/openapi",
                    "//", "a");
            case 6 -> target + (target.contains("?") ? "&" : "?") + "q=" + "x".repeat(dice.of(101, 3_000, 5_000));
            case 7 -> "/" + dice.word(dice.of(1, 30, 4_500));
            default -> new String(mutator.bytes(target.getBytes(StandardCharsets.ISO_8859_1)),
                    StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x20\\x7f-\\xff]", "~");
        };
    }

    private void setCredential() {
        boolean isForMachines = operation.isForMachines();
        String right = isForMachines ? population.machine(person, dice).token() : session();
        String other = isForMachines ? population.session(person) : population.machine(person, dice).token();
        switch (dice.below(12)) {
            case 0 -> wrong("Authorization", "Bearer " + text(right));
            case 1 -> wrong("Authorization", "Bearer " + other);
            case 2 -> from = dice.oneIn(2) ? "127.2.0.1" : from;
            case 3 -> wrong("Authorization", dice.of(HttpWords.VALUES));
            case 4 -> wrong("Cookie", population.cookie + "=" + text(right) + dice.of("", "; a=b", "; "
                    + population.cookie + "=a"));
            case 5 -> wrong("Authorization", basic(text(right)));
            case 6, 7 -> headers.add(isForMachines
                    ? new String[]{"Authorization", basic(right)}
                    : new String[]{"Cookie", population.cookie + "=" + right});
            default -> headers.add(new String[]{"Authorization", "Bearer " + right});
        }
    }

    private String session() {
        return operation.isAboutSessions() ? population.spareSession(dice) : population.session(person);
    }

    /** From an address of its own: those that say too many wrong ones are refused whatever they say. */
    private void wrong(String header, String value) {
        from = "127.3." + dice.below(256) + "." + dice.between(1, 250);
        headers.add(new String[]{header, value});
    }

    private String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As a header can say it. */
    private String text(String right) {
        return inHeader(mutator.text(right));
    }

    private void setBody() {
        if (operation.body() == null && !dice.oneIn(10) || operation.body() != null && dice.oneIn(12)) {
            return;
        }
        byte[] valid = operation.body() == null
                ? "{}".getBytes(StandardCharsets.UTF_8)
                : values.of(operation.body()).toString().getBytes(StandardCharsets.UTF_8);
        body = switch (dice.below(10)) {
            case 0, 1, 2, 3 -> operation.body() == null ? valid : mutator.body(values.of(operation.body()));
            case 4 -> mutator.foreignBody();
            default -> valid;
        };
        headers.add(new String[]{"Content-Type", dice.oneIn(12) ? dice.of(HttpWords.MEDIA_TYPES) : "application/json"});
    }

    private void setHeaders() {
        for (int left = dice.oneIn(3) ? dice.between(1, 3) : 0; left > 0; left--) {
            String value = switch (dice.below(5)) {
                case 0 -> inHeader(mutator.foreign());
                case 1 -> dice.of(HttpWords.VALUES) + "," + dice.of(HttpWords.VALUES);
                case 2 -> dice.oneIn(3)
                        ? dice.of(HttpWords.VALUES).repeat(1 + dice.below(LONG_HEADER) / 4)
                        : dice.of(HttpWords.VALUES);
                default -> dice.of(HttpWords.VALUES);
            };
            headers.add(new String[]{dice.of(HttpWords.HEADERS), value});
        }
    }

    private String inHeader(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", "?").strip();
    }
}
