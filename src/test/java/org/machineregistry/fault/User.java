package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

/** A person with a session, which is good at every replica. */
public final class User {
    /** A machine and its token. */
    public record Registered(String machineId, String token) {
        public static Registered of(String body) {
            JsonNode json = Api.json(body);
            return new Registered(json.get("machineId").textValue(), json.get("token").textValue());
        }
    }

    public final String session;

    private User(String session) {
        this.session = session;
    }

    /** Somebody whose session was made elsewhere. */
    static User with(String session) {
        return new User(session);
    }

    public static User at(Endpoint replica) {
        HttpResponse<String> answer = Api.send(Api.post(replica, "/api/sessions", null, null));
        assertEquals(201, answer.statusCode(), answer.body());
        return new User(Api.json(answer.body()).get("token").textValue());
    }

    public Registered register(Endpoint replica) {
        HttpResponse<String> answer = Api.send(Api.post(replica, "/api/machines", session, "{\"name\":\"machine\"}"));
        assertEquals(201, answer.statusCode(), answer.body());
        return Registered.of(answer.body());
    }

    public List<Registered> register(Endpoint replica, int count) {
        List<Registered> machines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            machines.add(register(replica));
        }
        return machines;
    }

    void delete(Endpoint replica, Registered machine) {
        assertEquals(204, Api.send(
                Api.request(replica, "/api/machines/" + machine.machineId(), session).DELETE().build()).statusCode());
    }

    Registered revoke(Endpoint replica, Registered machine) {
        HttpResponse<String> answer = Api.send(Api.post(replica, "/api/machines/" + machine.machineId() + "/token",
                session, "{\"revokeOld\":true}"));
        assertEquals(201, answer.statusCode(), answer.body());
        return Registered.of(answer.body());
    }

    /** The status of each machine, with the reason where it is offline. */
    Map<String, String> list(Endpoint replica) {
        HttpResponse<String> answer = Api.send(Api.request(replica, "/api/machines", session).build());
        assertEquals(200, answer.statusCode(), answer.body());
        Map<String, String> states = new TreeMap<>();
        Api.json(answer.body()).forEach(entry -> states.put(entry.get("machineId").textValue(), state(entry)));
        return states;
    }

    public static String state(JsonNode entry) {
        JsonNode reason = entry.get("offlineReason");
        return reason.isNull() ? "online" : reason.textValue();
    }
}
