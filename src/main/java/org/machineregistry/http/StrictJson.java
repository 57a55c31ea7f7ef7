package org.machineregistry.http;

import java.io.IOException;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;

import io.quarkus.jackson.ObjectMapperCustomizer;

/** Reads JSON as it is written: no number for a string, no name twice, nothing behind the value, no text that no database can hold. */
@Singleton
public class StrictJson implements ObjectMapperCustomizer {
    /** The complaint about a text that is not {@link #isWellFormed}. */
    public static final String ILL_FORMED = "must not contain U+0000 or an unpaired surrogate";

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule()
                .addDeserializer(String.class, new WellFormedString())
                .addDeserializer(Integer.class, new WholeNumber()));
        mapper.addHandler(new UnreadText());
        mapper.configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false);
        mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        // Which of two is meant nobody knows, and a record of one component could not take the second.
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    /** Whether PostgreSQL can hold it and UTF-8 express it: no U+0000, no half of a surrogate pair. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c) && (++i == text.length() || !Character.isLowSurrogate(text.charAt(i)))) {
                return false;
            }
        }
        return true;
    }

    static final class IllFormedTextException extends MismatchedInputException {
        IllFormedTextException(JsonParser parser) {
            super(parser, ILL_FORMED, String.class);
        }
    }

    private static final class WellFormedString extends StdScalarDeserializer<String> {
        WellFormedString() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            String text = parser.getText();
            requireWellFormed(text, parser);
            return text;
        }
    }

    /** A number that is no int is the fault of its field; Jackson's own reader says so of fractions alone. */
    private static final class WholeNumber extends StdScalarDeserializer<Integer> {
        WholeNumber() {
            super(Integer.class);
        }

        @Override
        public Integer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT) || parser.getNumberType() != JsonParser.NumberType.INT) {
                return (Integer) context.handleUnexpectedToken(Integer.class, parser);
            }
            return parser.getIntValue();
        }
    }

    /** Ignores properties that nobody reads, but refuses text that nobody could keep, wherever it stands. */
    private static final class UnreadText extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(DeserializationContext context, JsonParser parser,
                JsonDeserializer<?> deserializer, Object bean, String property) throws IOException {
            requireWellFormed(property, parser);
            int depth = 0;
            for (JsonToken token = parser.currentToken();; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    requireWellFormed(parser.getText(), parser);
                }
                if (depth == 0) {
                    return true;
                }
            }
        }
    }

    private static void requireWellFormed(String text, JsonParser parser) throws IllFormedTextException {
        if (!isWellFormed(text)) {
            throw new IllFormedTextException(parser);
        }
    }
}
