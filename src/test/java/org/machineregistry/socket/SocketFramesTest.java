package org.machineregistry.socket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.http.StrictJson;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

class SocketFramesTest {
    private final SocketFrames frames = new SocketFrames(strict(new ObjectMapper()),
            Validation.buildDefaultValidatorFactory().getValidator());

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "null", "1", "\"heartbeat\"", "[]", "[{\"type\":\"heartbeat\"}]", "{}",
            "{\"type\":null}", "{\"type\":1}", "{\"type\":\"other\"}", "{\"type\":{\"type\":\"heartbeat\"}}",
            "{\"type\":\"heartbeat\"} x", "{\"type\":\"heartbeat\",\"type\":\"disconnect\"}",
            "{\"type\":\"heartbeat\",\"assistantCount\":-1}", "{\"type\":\"heartbeat\",\"assistantCount\":\"1\"}",
            "{\"type\":\"connect\",\"hostname\":\"\\u0000\"}", "{\"type\":\"connect\",\"x\":\"\\ud800\"}"})
    void what_is_no_message_of_the_contract_is_not_understood(String text) {
        assertThat(frames.read(text)).isEmpty();
    }

    @Test
    void a_message_may_say_more_than_is_understood() {
        SocketFrame frame = frames.read("{\"type\":\"connect\",\"os\":\"Linux\",\"x\":[{}]}").orElseThrow();

        assertThat(frame.type()).isEqualTo(SocketFrame.Type.CONNECT);
        assertThat(frame.said().os()).isEqualTo("Linux");
    }

    private static ObjectMapper strict(ObjectMapper mapper) {
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        new StrictJson().customize(mapper);
        return mapper;
    }
}
