package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

/** Machines as metrics. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class MetricsTest {
    private static final String NO_MACHINES = """
            # TYPE machine_online gauge
            # HELP machine_online Whether the machine is online.
            # TYPE machine_last_seen_seconds gauge
            # UNIT machine_last_seen_seconds seconds
            # HELP machine_last_seen_seconds When the machine was last heard, in seconds since the epoch.
            # TYPE machine_status_changes counter
            # HELP machine_status_changes How often the machine went online or offline.
            # EOF
            """;

    private Api.Person owner;

    @BeforeEach
    void signs_in() {
        owner = Api.Person.anyone();
    }

    @Test
    void nobody_and_who_has_no_machines_see_none() {
        assertThat(Api.request().get(Api.METRICS).asString()).isEqualTo(NO_MACHINES);
        assertThat(metrics("")).isEqualTo(NO_MACHINES);
    }

    @Test
    void each_metric_has_all_machines() {
        Api.Registered online = owner.registers("a");
        Api.Registered offline = owner.registers("b");
        online.request().post(Api.CONNECT).then().statusCode(200);
        online.request().post(Api.DISCONNECT).then().statusCode(204);
        online.request().post(Api.CONNECT).then().statusCode(200);

        String lastSeen = String.valueOf(owner.details(online).<Long>path("lastSeen") / 1_000.0);
        assertThat(metrics("").lines().filter(line -> !line.startsWith("#"))).satisfiesExactly(
                line -> assertThat(line).isEqualTo("machine_online" + labels(online, "a") + " 1"),
                line -> assertThat(line).isEqualTo("machine_online" + labels(offline, "b") + " 0"),
                line -> assertThat(Double.valueOf(line.substring(line.lastIndexOf(' '))))
                        .isGreaterThanOrEqualTo(Double.parseDouble(lastSeen)),
                line -> assertThat(line).startsWith("machine_last_seen_seconds" + labels(offline, "b") + " "),
                line -> assertThat(line).isEqualTo("machine_status_changes_total" + labels(online, "a") + " 3"),
                line -> assertThat(line).isEqualTo("machine_status_changes_total" + labels(offline, "b") + " 0"));
    }

    private String labels(Api.Registered machine, String name) {
        return "{machine_id=\"" + machine.machineId() + "\",name=\"" + name + "\",owner=\"" + owner.userId() + "\"}";
    }

    @Test
    void a_name_cannot_end_its_label() {
        owner.registers("a\\\"} 1 \u00fc");

        assertThat(metrics("")).contains("name=\"a\\\\\\\"} 1 \u00fc\"");
    }

    @Test
    void they_are_those_that_were_asked_for() {
        Api.Registered online = Api.Registered.of(
                owner.sends(Map.of("name", "alpha", "machineId", Api.anyMachineId(), "labels", Map.of("env", "prod")))
                        .post(Api.MACHINES));
        owner.registers("beta");
        online.request().post(Api.CONNECT).then().statusCode(200);
        String keyId = enrols("gamma");

        assertThat(metrics("?label=env=prod")).contains("alpha").doesNotContain("beta", "gamma");
        assertThat(metrics("?label=!env")).contains("beta", "gamma").doesNotContain("alpha");
        assertThat(metrics("?enrolledWith=" + keyId)).contains("gamma").doesNotContain("alpha", "beta");
        assertThat(metrics("?status=online")).contains("alpha").doesNotContain("beta");
        assertThat(metrics("?q=bet")).contains("beta").doesNotContain("alpha");
        assertThat(metrics("?owner=all")).contains("alpha").contains("beta");
        assertThat(metrics("?flapping=true")).isEqualTo(NO_MACHINES);
        assertThat(Api.Person.anyone().request().get(Api.METRICS).asString()).isEqualTo(NO_MACHINES);
    }

    /** @return the id of the key that a machine of this name came with */
    private String enrols(String name) {
        Map<String, String> made = owner.sends(Map.of("name", "k")).post("/api/enrolment-keys").then().statusCode(201)
                .extract().path("");
        Api.elsewhere().header("Authorization", "Bearer " + made.get("key")).contentType(ContentType.JSON)
                .body(Map.of("machineId", Api.anyMachineId(), "secret", Api.anySecret(), "name", name))
                .post("/api/agent/enrol").then().statusCode(201);
        return made.get("keyId");
    }

    @Test
    void a_token_that_only_reads_reads_them() {
        owner.registers("alpha");
        String token = owner.sends(Map.of("name", "prometheus", "scope", "read", "expiresInSeconds", 60))
                .post(Api.TOKENS).then().statusCode(201).extract().path("token");

        assertThat(Api.request(token).get(Api.METRICS).asString()).contains("alpha");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "*/* | application/openmetrics-text; version=1.0.0; charset=utf-8",
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 "
                    + "| application/openmetrics-text; version=1.0.0; charset=utf-8",
            "text/plain | text/plain; version=0.0.4; charset=utf-8",
            "text/plain;version=0.0.4;q=0.9,application/openmetrics-text;q=0.5 | text/plain; version=0.0.4; charset=utf-8"})
    void the_format_is_the_one_that_the_caller_takes_rather(String accept, String type) {
        String answered = owner.request().header("Accept", accept).get(Api.METRICS).then().statusCode(200).extract()
                .header("Content-Type");

        assertThat(parts(answered)).isEqualTo(parts(type));
    }

    private static List<String> parts(String type) {
        return List.of(type.toLowerCase().split("; ?"));
    }

    @Test
    void who_takes_neither_is_told_so() {
        Api.elsewhere().header("Accept", "application/json").get(Api.METRICS).then().statusCode(406);
    }

    @Test
    void an_order_or_a_page_of_them_means_nothing() {
        Api.oddRequest(owner.jwt()).get(Api.METRICS + "?limit=10").then().statusCode(400)
                .body("violations.field", hasItem("limit"));
    }

    private String metrics(String query) {
        return owner.request().urlEncodingEnabled(false).get(Api.METRICS + query).then().statusCode(200).extract()
                .asString();
    }
}
