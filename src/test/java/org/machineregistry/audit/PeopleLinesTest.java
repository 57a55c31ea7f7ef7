package org.machineregistry.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;

/** The lines that people leave who do something with machines that they have, or with sessions, tokens and keys; never a secret. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PeopleLinesTest {
    private static final String MACHINES = "/api/machines";
    private static final String MACHINE = "/api/machines/{machineId}";
    private static final String ADDRESS = " address=127.0.0.1";
    private static final Pattern IDS = Pattern.compile("\\w+ machines=(\\d+) ids=(\\S+) .*");

    private final LinesOfLog log = new LinesOfLog();
    /** What was shown to the person once, and the log must not know. */
    private final List<String> secrets = new ArrayList<>();

    @Inject
    Audit audit;

    private String person;
    private String session;

    @BeforeEach
    void somebody_is_there_and_the_log_is_read() {
        Response started = given().post("/api/sessions");
        person = started.path("userId");
        session = started.path("token");
        secrets.add(session);
        // What other tests did in this minute leaves no room for more lines.
        audit.summarise();
        Logger.getLogger(Audit.CATEGORY).addHandler(log);
    }

    @AfterEach
    void the_log_has_no_secret_and_is_left_as_it_was() {
        Logger.getLogger(Audit.CATEGORY).removeHandler(log);
        assertThat(log.lines.toString()).doesNotContain(secrets);
    }

    @Test
    void a_machine_that_is_deleted_leaves_a_line() {
        String machineId = registers();

        asks().delete(MACHINE, machineId).then().statusCode(204);

        assertThat(log.of(person)).containsExactly(line("machine_deleted machine=" + machineId));
    }

    @Test
    void each_of_very_many_machines_that_are_deleted_leaves_a_line() {
        List<String> ids = registers(Audit.MOST_LINES_OF_ONE + 2);

        ids.forEach(id -> asks().delete(MACHINE, id).then().statusCode(204));

        assertThat(log.of(person))
                .containsExactlyElementsOf(ids.stream().map(id -> line("machine_deleted machine=" + id)).toList());
    }

    @ParameterizedTest
    @CsvSource({"token_rotated, false", "token_revoked, true"})
    void a_token_that_is_rotated_leaves_a_line_that_says_whether_the_old_one_died(String event, boolean revokesOld) {
        String machineId = registers();

        Response rotated = sends(Map.of("revokeOld", revokesOld)).post(MACHINE + "/token", machineId);

        remember(rotated, 201, "token");
        assertThat(log.of(person)).containsExactly(line(event + " machine=" + machineId));
    }

    @Test
    void a_machine_that_is_handed_over_leaves_a_line() {
        String team = "team-" + UUID.randomUUID();
        signIn(team);
        String machineId = registers();

        sends(Map.of("owner", "team:" + team)).patch(MACHINE, machineId).then().statusCode(200);
        sends(Map.of("owner", "team:" + team)).patch(MACHINE, machineId).then().statusCode(200);

        assertThat(log.of(person)).containsExactly(line("machine_handed_over machine=" + machineId));
    }

    @Test
    void machines_that_come_along_where_somebody_signs_in_leave_a_line_with_their_ids() {
        String machineId = registers();
        String earlier = person;
        signIn();
        String known = Jwt.issuer("machine-registry").subject(earlier).audience("urn:machine-registry:earlier")
                .claim("jti", UUID.randomUUID().toString())
                .claim("session_started", Instant.now().getEpochSecond())
                .claim("signed_in_as", person)
                .expiresAt(Instant.now().plusSeconds(600)).sign();
        secrets.add(known);

        asks().header("Cookie", earlierCookie() + "=" + known).post("/api/sessions/earlier-machines").then()
                .statusCode(200);

        assertThat(log.of(person)).containsExactly(
                line("machines_brought_along machines=1 ids=" + machineId + " from=" + earlier));
    }

    @Test
    void labels_leave_a_line() {
        String machineId = registers();

        sends(Map.of("labels", Map.of("env", "secret value"))).patch(MACHINE, machineId).then().statusCode(200);

        secrets.add("secret value");
        assertThat(log.of(person)).containsExactly(line("machine_labelled machine=" + machineId));
    }

    @Test
    void changes_in_bulk_leave_a_line_with_the_ids() {
        String machineId = registers();

        sends(Map.of("alertAfterSeconds", 60)).patch(MACHINES + "?owner=me&expect=1").then().statusCode(200);

        assertThat(log.of(person)).containsExactly(line("machines_changed machines=1 ids=" + machineId));
    }

    @Test
    void very_many_machines_that_are_deleted_in_bulk_leave_their_ids_in_lines_of_a_hundred() {
        List<String> ids = registers(250);

        asks().delete(MACHINES + "?owner=me&expect=250").then().statusCode(200);

        List<MatchResult> lines = log.of(person).stream().flatMap(line -> IDS.matcher(line).results()).toList();
        assertThat(lines).extracting(line -> line.group(1)).containsExactly("100", "100", "50");
        assertThat(lines.stream().flatMap(line -> Stream.of(line.group(2).split(",")))).containsExactlyInAnyOrder(
                ids.toArray(String[]::new));
        assertThat(log.of(person)).allMatch(line -> line.startsWith("machines_deleted ") && line.endsWith(ADDRESS));
    }

    @Test
    void a_machine_that_leaves_for_good_leaves_a_line_of_its_own() {
        Response machine = sends(Map.of("name", "a")).post(MACHINES);
        remember(machine, 201, "token");
        String machineId = machine.path("machineId");

        given().auth().oauth2(machine.path("token")).delete("/api/agent").then().statusCode(204);

        assertThat(log.of(machineId))
                .containsExactly("machine_left machine=" + machineId + " person=" + machineId + ADDRESS);
    }

    @ParameterizedTest
    @CsvSource({"session_revoked, /api/sessions/current", "sessions_revoked, /api/sessions"})
    void signing_out_leaves_a_line_that_says_whether_it_was_everywhere(String event, String path) {
        asks().delete(path).then().statusCode(204);

        assertThat(log.of(person)).containsExactly(line(event));
    }

    @Test
    void an_api_token_leaves_lines_when_it_is_made_and_when_it_is_revoked() {
        Response made = sends(Map.of("name", "secret name", "scope", "read", "expiresInSeconds", 60))
                .post("/api/tokens");
        remember(made, 201, "token");
        String tokenId = made.path("tokenId");

        asks().delete("/api/tokens/{tokenId}", tokenId).then().statusCode(204);

        secrets.add("secret name");
        assertThat(log.of(person)).containsExactly(line("api_token_made token=" + tokenId),
                line("api_token_revoked token=" + tokenId));
    }

    @Test
    void an_enrolment_key_leaves_lines_when_it_is_made_and_when_it_is_revoked() {
        Response made = sends(Map.of("name", "secret name", "expiresInSeconds", 60)).post("/api/enrolment-keys");
        remember(made, 201, "key");
        String keyId = made.path("keyId");

        asks().delete("/api/enrolment-keys/{keyId}", keyId).then().statusCode(204);

        secrets.add("secret name");
        assertThat(log.of(person)).containsExactly(line("enrolment_key_made key=" + keyId),
                line("enrolment_key_revoked key=" + keyId));
    }

    @Test
    void a_recovery_link_leaves_lines_when_it_is_made_and_when_it_is_opened() {
        Response made = asks().post("/api/sessions/recovery");
        assertThat(made.statusCode()).isEqualTo(201);
        String link = made.<String>path("url").replaceFirst(".*#recover=", "");
        secrets.add(link);

        Response opened = given().contentType(ContentType.JSON).body(Map.of("recovery", link)).post("/api/sessions");

        remember(opened, 201, "token");
        assertThat(log.of(person)).containsExactly(line("recovery_link_made"), line("session_recovered"));
    }

    /** Machines are registered before anything is read. */
    private List<String> registers(int count) {
        List<String> ids = sends(Collections.nCopies(count, Map.of("name", "a"))).post(MACHINES).then().statusCode(201)
                .extract().path("machineId");
        log.lines.clear();
        return ids;
    }

    private String registers() {
        return registers(1).get(0);
    }

    /** The person is somebody with an account from now on. @param teams that they are an admin of */
    private void signIn(String... teams) {
        person = "person-" + UUID.randomUUID();
        session = Jwt.issuer("machine-registry").subject(person).audience("urn:machine-registry:session")
                .claim("jti", UUID.randomUUID().toString())
                .claim("teams", Arrays.stream(teams).map(team -> team + ":admin").toList())
                .expiresAt(Instant.now().plusSeconds(600)).sign();
        secrets.add(session);
    }

    private static String earlierCookie() {
        return given().delete("/api/sessions/current").then().statusCode(204).extract().cookies().keySet().stream()
                .filter(name -> name.startsWith("machine_registry_")).findAny().orElseThrow()
                .replace("machine_registry_", "machine_earlier_");
    }

    private void remember(Response answer, int status, String field) {
        assertThat(answer.statusCode()).isEqualTo(status);
        String shown = answer.path(field);
        secrets.add(shown.substring(shown.indexOf(':') + 1));
    }

    private RequestSpecification asks() {
        return given().auth().oauth2(session);
    }

    private RequestSpecification sends(Object body) {
        return asks().contentType(ContentType.JSON).body(body);
    }

    private String line(String what) {
        return what + " person=" + person + ADDRESS;
    }
}
