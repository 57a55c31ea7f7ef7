package org.machineregistry.agent;

import java.io.IOException;
import java.util.Optional;

import jakarta.inject.Singleton;
import jakarta.validation.Validator;

import org.machineregistry.presence.HeartbeatInterval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

import io.vertx.core.buffer.Buffer;

/** Reads and writes the JSON of a heartbeat. */
@Singleton
class HeartbeatJson {
    private record Written(HeartbeatInterval interval, Buffer json) {}

    private final ObjectMapper mapper;
    private final ObjectReader reader;
    private final Validator validator;
    private volatile Written latest = new Written(null, null);

    HeartbeatJson(ObjectMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.reader = mapper.readerFor(Heartbeat.class);
        this.validator = validator;
    }

    /** Empty for what is none: no JSON object, a count of the wrong kind or size. */
    Optional<Heartbeat> read(Buffer body) {
        try {
            Heartbeat heartbeat = reader.readValue(body.getBytes());
            return Optional.ofNullable(heartbeat).filter(said -> validator.validate(said).isEmpty());
        } catch (IOException malformed) {
            // The REST layer reads it again, and says what is wrong with it.
            return Optional.empty();
        }
    }

    /** The whole fleet is told the same, for hours. */
    Buffer write(HeartbeatInterval interval) {
        Written written = latest;
        // The fleet's pace stays the same object until it changes.
        if (written.interval() != interval) {
            written = new Written(interval, json(interval));
            latest = written;
        }
        return written.json();
    }

    private Buffer json(HeartbeatInterval interval) {
        try {
            return Buffer.buffer(mapper.writeValueAsBytes(interval));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record is always JSON", impossible);
        }
    }
}
