package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** What anonymous people may have together, and what one address may start. One test, because all that it starts counts. */
@QuarkusTest
@WithTestResource(StrictTestDatabase.class)
class StrangersTest {
    @Test
    void anonymous_people_have_a_bound_in_all_and_an_address_has_one_a_minute() {
        List<Api.Person> people = IntStream.range(0, StrictTestDatabase.SESSIONS_A_MINUTE)
                .mapToObj(i -> Api.Person.anyone()).toList();

        Response tooMany = Api.request().post(Api.SESSIONS);
        tooMany.then().statusCode(429).body("title", equalTo("Too Many Requests"));
        assertThat(Integer.parseInt(tooMany.header("Retry-After"))).isBetween(1, 60);
        Api.Person first = people.get(0);
        first.request().post(Api.SESSIONS).then().statusCode(201).body("userId", equalTo(first.userId()));

        Api.Registered machine = first.registers("1");
        for (int i = 1; i < StrictTestDatabase.MACHINES_TOGETHER; i++) {
            people.get(i % people.size()).registers("more");
        }
        for (Api.Person person : people) {
            person.sends(Map.of("name", "one too many")).post(Api.MACHINES).then().statusCode(403)
                    .body("title", equalTo("Forbidden"))
                    .body("detail", containsString("without an account"));
        }

        first.request().delete(Api.MACHINE, machine.machineId()).then().statusCode(204);
        await().atMost(Duration.ofSeconds(3))
                .until(() -> first.sends(Map.of("name", "now there is room")).post(Api.MACHINES).statusCode() == 201);
        first.sends(Map.of("name", "one too many")).post(Api.MACHINES).then().statusCode(403);
        assertThat(metric("session_limited")).isEqualTo(1);
        assertThat(metric("session_started")).isEqualTo(StrictTestDatabase.SESSIONS_A_MINUTE);
        assertThat(metric("quota_reached")).isGreaterThan(people.size());

        for (int i = 0; i < StrictTestDatabase.SESSIONS_A_MINUTE; i++) {
            first.request().post(Api.RECOVERY).then().statusCode(201);
        }
        first.request().post(Api.RECOVERY).then().statusCode(429)
                .body("detail", containsString("Too many recovery links"));
        Api.request().contentType(ContentType.JSON).body(Map.of("recovery", "x")).post(Api.SESSIONS).then()
                .statusCode(429);

        String key = first.sends(Map.of("name", "k")).post("/api/enrolment-keys").then().statusCode(201).extract()
                .path("keyId");
        for (int i = 0; i < StrictTestDatabase.SESSIONS_A_MINUTE; i++) {
            first.request().delete("/api/enrolment-keys/" + key).then().statusCode(204);
        }
        first.request().delete("/api/enrolment-keys/" + key).then().statusCode(429)
                .body("detail", containsString("Too many enrolment keys"));
    }

    private static double metric(String event) {
        return Api.elsewhere().get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("audit_events_total{event=\"" + event + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
