package org.machineregistry.http;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.inject.Singleton;
import jakarta.validation.Validator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;

/** Reads and answers JSON on routes of Vert.x, by the rules that hold for the resources of Quarkus REST. */
@Singleton
public class JsonExchange {
    private static final String JSON = "application/json";
    private static final Set<String> RANGES_WITH_JSON = Set.of(JSON, "application/*", "*/*");
    private static final CharSequence JSON_IN_UTF8 = HttpHeaders.createOptimized(JSON + ";charset=UTF-8");

    private final ObjectMapper mapper;
    private final Validator validator;

    JsonExchange(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    /** Reads what {@link #read} is to give. */
    public ObjectReader readerOf(Class<?> type) {
        return mapper.readerFor(type);
    }

    /** Gives what the body says, once it was collected; null for none. What is wrong with it is a problem. */
    public <T> T read(RoutingContext context, ObjectReader reader) {
        QueryGuard.refuseAll(context);
        Buffer body = context.body().buffer();
        if (body == null || body.length() == 0) {
            return null;
        }
        String mediaType = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (mediaType != null && !JSON.equalsIgnoreCase(mediaType) && !saysJson(context)) {
            throw Problems.of(415);
        }
        return valid(parse(body, reader));
    }

    private static boolean saysJson(RoutingContext context) {
        try {
            return isJson(context.parsedHeaders().contentType());
        } catch (RuntimeException unreadable) {
            // Vert.x fails over half a quotation.
            return false;
        }
    }

    private static <T> T parse(Buffer body, ObjectReader reader) {
        try {
            return reader.readValue(body.getBytes());
        } catch (MismatchedInputException wrongShape) {
            throw JsonProblems.problem(wrongShape);
        } catch (IOException malformed) {
            throw Problems.of(400);
        }
    }

    private <T> T valid(T said) {
        List<Problems.Violation> violations = said == null
                ? List.of()
                : validator.validate(said).stream()
                        .map(found -> new Problems.Violation(found.getPropertyPath().toString(), found.getMessage()))
                        .toList();
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
        return said;
    }

    /** Refuses, with a 406, who takes no JSON. */
    public static void requireAccepted(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && !accept.equals("*/*") && !accept.equals(JSON)
                && context.parsedHeaders().accept().stream().noneMatch(JsonExchange::isJson)) {
            throw Problems.of(406);
        }
    }

    private static boolean isJson(MIMEHeader range) {
        return RANGES_WITH_JSON.contains(range.value().toLowerCase(Locale.ROOT));
    }

    public Buffer write(Object answer) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(answer));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record is always JSON", impossible);
        }
    }

    public static void answer(RoutingContext context, Buffer json) {
        NoStore.put(context.response())
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON_IN_UTF8)
                // Else it would be compressed.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .end(json);
    }
}
