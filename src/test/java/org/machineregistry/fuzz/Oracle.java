package org.machineregistry.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.machineregistry.fuzz.RawClient.Exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.netty.handler.codec.http2.Http2Exception;

/** Tells whether the service may say what it said. */
final class Oracle {
    private static final String FAILURE = "a failure of the service: ";
    private static final String INSIDE = "insides: ";
    private static final String SMUGGLED = "what a length hides is answered: ";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBLEM = "application/problem+json";
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final Pattern INSIDES = Pattern.compile(
            "(?i)exception|\\bat [a-z]+\\.|\\b(org|java|javax|jakarta|com)\\.[a-z]|io\\.(quarkus|vertx|netty)|jackson|hibernate"
                    + "|postgres|sqlstate|select |insert into|update .* set|relation |column |stack ?trace");
    // In the version of HTTP that the caller made up.
    private static final Pattern REFUSED = Pattern.compile("^\\S+ 4\\d\\d [ \\w]+\r\n");
    // The web server's, which reads no more of what it refuses.
    private static final Set<Integer> BEFORE_HTTP = Set.of(400, 414, 431);
    // What the document says of all operations.
    private static final Set<Integer> OF_ALL = Set.of(405, 406, 413, UNAVAILABLE);
    // Those of the document, and of RFC 6455: a goodbye that is answered, and text that is not UTF-8.
    private static final Set<Integer> CLOSES = Set.of(0, 1000, 1001, 1002, 1007, 1008, 1009, 4401, 4409);
    private static final int LONG_HEAD = 4_000;

    private Oracle() {}

    /** @return what is wrong with it; empty for nothing */
    static List<String> judge(Exchange exchange) {
        return (switch (exchange.shot().kind()) {
            case REQUEST, HEAD -> request(exchange);
            case RAW -> raw(exchange);
            case SMUGGLED -> Stream.concat(raw(exchange), smuggled(exchange));
            case HTTP2 -> http2(exchange);
            case SOCKET -> socket(exchange);
        }).toList();
    }

    /** Whether one of these is too many. */
    static boolean isGrave(String fault) {
        return Stream.of(FAILURE, INSIDE, SMUGGLED).anyMatch(fault::startsWith);
    }

    static List<Answer> answers(Exchange exchange) {
        if (exchange.shot().kind() != Shot.Kind.HTTP2 || exchange.isOfHttp1()) {
            return exchange.http1().answers;
        }
        try {
            return new Http2Answers(exchange.received(), exchange.shot().headsAlone()).answers();
        } catch (Http2Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static Stream<String> request(Exchange exchange) {
        Http1Answers found = exchange.http1();
        if (!found.isAnswered()) {
            return Stream.of("no answer after " + exchange.took());
        }
        if (!found.garbage.isEmpty()) {
            return Stream.of("no HTTP: " + found.garbage);
        }
        Answer answer = found.answers.get(0);
        Stream<String> faults = answer(answer, exchange.shot());
        return exchange.shot().operation() == null || isOfAnotherLayer(answer, exchange.shot())
                ? faults
                : Stream.concat(faults, document(answer, exchange.shot().operation()));
    }

    private static Stream<String> document(Answer answer, Operation operation) {
        Set<String> types = operation.answers().get(answer.status());
        if (types == null) {
            return OF_ALL.contains(answer.status())
                    ? Stream.empty()
                    : Stream.of("a status that is not documented: " + answer.status() + " " + body(answer));
        }
        return types.isEmpty() && answer.body().length == 0 || types.contains(answer.mediaType())
                ? Stream.empty()
                : Stream.of("a media type that is not documented: " + answer.mediaType());
    }

    /** Another protocol was asked for; or a head is too long for the web server. */
    private static boolean isOfAnotherLayer(Answer answer, Shot shot) {
        return answer.status() == Http1Answers.SWITCHED || isFromWebServer(answer) && isOfWebServer(shot);
    }

    /** Whether it is so long, or asks for HTTP/2 in such a way, that the web server itself may refuse it. */
    private static boolean isOfWebServer(Shot shot) {
        return shot.first().length > LONG_HEAD
                || new String(shot.first(), StandardCharsets.ISO_8859_1).contains("Upgrade: h2c");
    }

    private static boolean isFromWebServer(Answer answer) {
        return BEFORE_HTTP.contains(answer.status()) && answer.body().length == 0;
    }

    /** Where another one may be at fault than the service: a machine that does not answer. */
    private static boolean isDocumented(Answer answer, Shot shot) {
        return shot.operation() != null && shot.operation().answers().containsKey(answer.status());
    }

    private static Stream<String> answer(Answer answer, Shot shot) {
        if (answer.status() >= 500 && answer.status() != UNAVAILABLE && !isDocumented(answer, shot)) {
            return Stream.of(FAILURE + answer.status() + " " + body(answer));
        }
        if (answer.status() < 400 || answer.isHeadAlone() || !answer.isWhole()) {
            return Stream.empty();
        }
        boolean mayBeEmpty = !shot.mustBeAnswered() || isOfWebServer(shot);
        return mayBeEmpty && isFromWebServer(answer) ? Stream.empty() : problem(answer);
    }

    private static Stream<String> problem(Answer answer) {
        try {
            JsonNode problem = JSON.readTree(answer.body());
            boolean isOne = answer.mediaType().equals(PROBLEM) && problem.path("status").asInt() == answer.status()
                    && Stream.of("type", "title", "detail").noneMatch(field -> problem.path(field).asText().isEmpty());
            if (!isOne) {
                return Stream.of("no problem: " + answer.status() + " " + answer.mediaType() + " " + body(answer));
            }
            // The names of fields may be the caller's own.
            problem.path("violations").forEach(violation -> ((ObjectNode) violation)
                    .remove("field"));
            if (answer.status() == METHOD_NOT_ALLOWED && !answer.headers().containsKey("allow")) {
                return Stream.of("no method that is allowed");
            }
            return INSIDES.matcher(problem.toString()).find() ? Stream.of(INSIDE + problem) : Stream.empty();
        } catch (IOException noJson) {
            return Stream.of("no JSON: " + answer.status() + " " + body(answer));
        }
    }

    private static Stream<String> raw(Exchange exchange) {
        Http1Answers found = exchange.http1();
        Stream<String> faults = found.answers.stream().flatMap(answer -> answer(answer, exchange.shot()));
        return found.garbage.isEmpty() || REFUSED.matcher(found.garbage).find()
                ? faults
                : Stream.concat(faults, Stream.of("no HTTP: " + found.garbage));
    }

    private static Stream<String> smuggled(Exchange exchange) {
        return exchange.http1().answers.size() > 1
                ? Stream.of(SMUGGLED
                        + exchange.http1().answers.stream().map(answer -> answer.status() + " " + body(answer))
                                .toList())
                : Stream.empty();
    }

    private static Stream<String> http2(Exchange exchange) {
        return answers(exchange).stream().flatMap(answer -> answer(answer, exchange.shot()));
    }

    private static Stream<String> socket(Exchange exchange) {
        SocketAnswers found = new SocketAnswers(exchange.http1().switched);
        Stream<String> closed = CLOSES.contains(found.closedWith)
                ? Stream.empty()
                : Stream.of("closed with a code that is not documented: " + found.closedWith);
        Stream<String> texts = found.texts.stream().filter(text -> !text.startsWith("{\"type\":\"connected\",")
                || INSIDES.matcher(text).find());
        return Stream.of(raw(exchange), closed, texts).flatMap(faults -> faults);
    }

    private static String body(Answer answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        return body.substring(0, Math.min(300, body.length()));
    }
}
