package org.machineregistry.socket;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;
import jakarta.validation.Validator;

import org.machineregistry.agent.Connect;
import org.machineregistry.agent.Connected;
import org.machineregistry.socket.SocketFrame.Type;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Reads and writes the JSON of a machine's socket. */
@Singleton
class SocketFrames {
    private static final Map<String, Type> TYPES = Map.of("connect", Type.CONNECT, "heartbeat", Type.HEARTBEAT,
            "assistants", Type.ASSISTANTS, "disconnect", Type.DISCONNECT);

    // Written as JSON by hand: nothing shows the native build that it is.
    @RegisterForReflection
    private record ConnectedFrame(String type, @JsonUnwrapped Connected connected) {}

    private final ObjectMapper mapper;
    private final Validator validator;

    SocketFrames(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    /** Reads a frame; gives nothing for what is not understood: no JSON object, another type, a field of the wrong kind or size. */
    Optional<SocketFrame> read(String text) {
        try {
            JsonNode json = mapper.readTree(text);
            Type type = TYPES.get(json.path("type").asText());
            if (type == null) {
                return Optional.empty();
            }
            Connect said = mapper.treeToValue(json, Connect.class);
            boolean isWhole = type != Type.ASSISTANTS || said.assistants() != null;
            return isWhole && validator.validate(said).isEmpty()
                    ? Optional.of(new SocketFrame(type, said))
                    : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    String connected(Connected connected) {
        try {
            return mapper.writeValueAsString(new ConnectedFrame("connected", connected));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record is always JSON", impossible);
        }
    }
}
