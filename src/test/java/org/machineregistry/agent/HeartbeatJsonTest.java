package org.machineregistry.agent;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;

import org.junit.jupiter.api.Test;
import org.machineregistry.http.StrictJson;
import org.machineregistry.presence.HeartbeatInterval;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.buffer.Buffer;

class HeartbeatJsonTest {
    private final HeartbeatJson json = new HeartbeatJson(strict(new ObjectMapper()),
            Validation.buildDefaultValidatorFactory().getValidator());

    @Test
    void a_pace_is_written_as_it_is_now() {
        HeartbeatInterval interval = new HeartbeatInterval(15, 45);

        assertThat(json.write(interval)).hasToString("{\"heartbeatSeconds\":15,\"ttlSeconds\":45}");
        assertThat(json.write(interval)).hasToString("{\"heartbeatSeconds\":15,\"ttlSeconds\":45}");
        assertThat(json.write(new HeartbeatInterval(20, 60)))
                .hasToString("{\"heartbeatSeconds\":20,\"ttlSeconds\":60}");
    }

    @Test
    void a_count_is_read_where_it_is_in_range() {
        assertThat(json.read(Buffer.buffer("{\"assistantCount\":7}"))).contains(new Heartbeat(null, 7));
        assertThat(json.read(Buffer.buffer("{}"))).contains(Heartbeat.NOTHING);
        assertThat(json.read(Buffer.buffer("{\"assistantCount\":-1}"))).isEmpty();
        assertThat(json.read(Buffer.buffer("{\"assistantCount\":\"7\"}"))).isEmpty();
        assertThat(json.read(Buffer.buffer("{"))).isEmpty();
    }

    private static ObjectMapper strict(ObjectMapper mapper) {
        new StrictJson().customize(mapper);
        return mapper;
    }
}
