package org.machineregistry.contract;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Behind a proxy that says who is calling. */
@QuarkusTest
@WithTestResource(NetworkShareTest.SmallQuota.class)
class NetworkShareTest {
    private static final int SHARE = 100;

    @Test
    void one_address_does_not_use_up_what_all_anonymous_people_may_have() {
        for (int i = 0; i < SHARE; i++) {
            register("192.0.2.1").then().statusCode(201);
        }

        register("192.0.2.1").then().statusCode(403).body("title", equalTo("Forbidden"))
                .body("detail", containsString("your network"));
        register("192.0.2.2").then().statusCode(201);
    }

    /** Each by a person of their own, whose own quota is not reached. */
    private static Response register(String address) {
        return Api.Person.anyone().sends(Map.of("name", "build box")).header("X-Forwarded-For", address)
                .post(Api.MACHINES);
    }

    /** A database of its own, because all that other tests have registered counts. */
    public static class SmallQuota extends TestDatabase {
        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new HashMap<>(super.start());
            // A fifth of it is no more than what each network may take.
            settings.put("machines.anonymous-quota", String.valueOf(SHARE * 5));
            settings.put("sessions.anonymous-rate", "1000");
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            return settings;
        }
    }
}
