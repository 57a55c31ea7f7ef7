package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.machineregistry.TestDatabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

/** Each operation of the document, asked by each kind of caller about a team's machine: all that may be done, in one table. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PermissionsTest {
    // What a read token may, its person may as well, who is an admin of the team.
    private static final String TABLE = """
            operation                          | viewer | operator | admin | administrator | stranger | read token | manage token | machine | enrolment key
            startSession                       | 201    | 201      | 201   | 201           | 201      | 403        | 403          | 401 | 401
            endSessions                        | 204    | 204      | 204   | 204           | 204      | 403        | 403          | 401 | 401
            endSessions ?userId=somebody       | 403    | 403      | 403   | 204           | 403      | 403        | 403          | 401 | 401
            getSession                         | 200    | 200      | 200   | 200           | 200      | 200        | 200          | 401 | 401
            endSession                         | 204    | 204      | 204   | 204           | 204      | 403        | 403          | 401 | 401
            makeRecoveryLink                   | 403    | 403      | 403   | 403           | 403      | 403        | 403          | 401 | 401
            countEarlierMachines               | 200    | 200      | 200   | 200           | 200      | 403        | 403          | 401 | 401
            bringEarlierMachines               | 404    | 404      | 404   | 404           | 404      | 403        | 403          | 401 | 401
            leaveEarlierMachines               | 204    | 204      | 204   | 204           | 204      | 403        | 403          | 401 | 401
            listMachines ?owner={team}         | 200    | 200      | 200   | 200           | 404      | 200        | 200          | 401 | 401
            listMachines ?owner=all            | 200    | 200      | 200   | 200           | 200      | 200        | 200          | 401 | 401
            createMachine {"name":"a"}         | 201    | 201      | 201   | 201           | 201      | 403        | 201          | 401 | 401
            createMachine {"name":"a","owner":"{team}"} | 403 | 201 | 201   | 201           | 404      | 403        | 201          | 401 | 401
            summarizeMachines ?owner={team}    | 200    | 200      | 200   | 200           | 404      | 200        | 200          | 401 | 401
            readMachineMetrics ?owner={team}   | 200    | 200      | 200   | 200           | 404      | 200        | 200          | 401 | 401
            watchMachines ?owner={team}        | 200    | 200      | 200   | 200           | 404      | 200        | 200          | 401 | 401
            getMachine                         | 200    | 200      | 200   | 200           | 404      | 200        | 200          | 401 | 401
            getMachineHistory                  | 200    | 200      | 200   | 200           | 404      | 200        | 200          | 401 | 401
            changeMachine {"name":"a"}         | 403    | 200      | 200   | 200           | 404      | 403        | 200          | 401 | 401
            changeMachine {"owner":"me"}       | 403    | 403      | 200   | 200           | 404      | 403        | 200          | 401 | 401
            deleteMachine                      | 403    | 403      | 204   | 204           | 404      | 403        | 204          | 401 | 401
            changeMachines ?owner={team}&q={machineId}&expect=1 {"labels":{"a":"b"}} | 403 | 403 | 200 | 200 | 404 | 403 | 200 | 401 | 401
            deleteMachines ?owner={team}&q={machineId}&expect=1 | 403 | 403 | 200   | 200           | 404      | 403        | 200          | 401 | 401
            rotateToken                        | 403    | 201      | 201   | 201           | 404      | 403        | 201          | 401 | 401
            pingMachine                        | 409    | 409      | 409   | 409           | 404      | 409        | 409          | 401 | 401
            makeApiToken {"name":"a","scope":"read","expiresInSeconds":60} | 201 | 201 | 201 | 201 | 201 | 403 | 403       | 401 | 401
            revokeApiToken                     | 204    | 204      | 204   | 204           | 204      | 403        | 403          | 401 | 401
            makeEnrolmentKey {"name":"a","owner":"{team}"} | 403 | 201 | 201  | 201           | 404      | 403        | 403          | 401 | 401
            makeEnrolmentKey {"name":"a","expiresInSeconds":1} | 201 | 201 | 201 | 201        | 201      | 403        | 201          | 401 | 401
            revokeEnrolmentKey                 | 404    | 404      | 404   | 404           | 404      | 403        | 404          | 401 | 401
            leave                              | 401    | 401      | 401   | 401           | 401      | 401        | 401          | 204 | 401
            enrol                              | 401    | 401      | 401   | 401           | 401      | 401        | 401          | 401 | 400
            connect                            | 401    | 401      | 401   | 401           | 401      | 401        | 401          | 200 | 401
            heartbeat                          | 401    | 401      | 401   | 401           | 401      | 401        | 401          | 200 | 401
            listAssistants {"assistants":[]}   | 401    | 401      | 401   | 401           | 401      | 401        | 401          | 204 | 401
            disconnect                         | 401    | 401      | 401   | 401           | 401      | 401        | 401          | 204 | 401
            openSocket                         | 401    | 401      | 401   | 401           | 401      | 401        | 401          | 426 | 401
            signIn                             | 404    | 404      | 404   | 404           | 404      | 404        | 404          | 401 | 401
            getAddress                         | 200    | 200      | 200   | 200           | 200      | 200        | 200          | 401 | 401
            downloadAgent                      | 200    | 200      | 200   | 200           | 200      | 200        | 200          | 200 | 200
            downloadPowerShellAgent            | 200    | 200      | 200   | 200           | 200      | 200        | 200          | 200 | 200
            """;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** @param path with its parameters in braces */
    private record Operation(String method, String path) {}

    /** @param request what is asked: an operation, and its query or body */
    record Row(String request, List<Integer> expected) {
        String operation() {
            return request.split(" ", 2)[0];
        }

        private String details() {
            return request.contains(" ") ? request.split(" ", 2)[1] : "";
        }

        @Override
        public String toString() {
            return request;
        }
    }

    private static Map<String, Operation> operations;

    private final String name = Members.anyTeam();

    @BeforeAll
    static void read_the_document() throws Exception {
        operations = new TreeMap<>();
        JsonNode paths = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("src/main/resources/META-INF/openapi.yaml").toFile()).path("paths");
        paths.properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> operation.getValue().has("operationId"))
                .forEach(operation -> operations.put(operation.getValue().path("operationId").textValue(),
                        new Operation(operation.getKey().toUpperCase(Locale.ROOT), path.getKey()))));
    }

    static Stream<Row> rows() {
        return TABLE.lines().skip(1).map(PermissionsTest::cells)
                .map(cells -> new Row(cells.get(0), cells.stream().skip(1).map(Integer::valueOf).toList()));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }

    @Test
    void every_operation_is_in_the_table() {
        Set<String> asked = new TreeSet<>(rows().map(Row::operation).toList());

        assertThat(asked).isEqualTo(operations.keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_caller_may_what_the_table_says(Row row) throws Exception {
        List<String> callers = cells(TABLE.lines().findFirst().orElseThrow()).stream().skip(1).toList();
        List<String> answered = new ArrayList<>();
        for (String caller : callers) {
            answered.add(caller + ": " + ask(row, caller));
        }

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < callers.size(); i++) {
            expected.add(callers.get(i) + ": " + row.expected.get(i));
        }
        assertThat(answered).isEqualTo(expected);
    }

    /** A machine and a caller for each: what one does, the next does not find. */
    private int ask(Row row, String caller) throws Exception {
        Api.Registered machine = Api.Registered
                .of(Members.of(name).sends(Map.of("name", "box", "owner", "team:" + name))
                        .post(Api.MACHINES));
        Operation operation = operations.get(row.operation());
        String details = row.details().replace("{team}", "team:" + name).replace("{machineId}", machine.machineId());
        String path = operation.path().replace("{machineId}", machine.machineId())
                .replace("{tokenId}", Long.toString(System.currentTimeMillis() / 1000 + 60, 36) + "-" + "a".repeat(21))
                .replace("{keyId}", "1-" + "a".repeat(21) + "-" + "b".repeat(12));
        int brace = details.indexOf('{');
        String query = brace < 0 ? details : details.substring(0, brace).strip();
        String body = brace < 0 ? "" : details.substring(brace);
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://localhost:" + RestAssured.port + path + query))
                .header("Authorization", "Bearer " + credential(caller, machine))
                .method(operation.method(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        // A stream has no end: its head is enough.
        HttpResponse<InputStream> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private String credential(String caller, Api.Registered machine) {
        return switch (caller) {
            case "viewer", "operator", "admin" -> Members.of(name + ":" + caller).jwt();
            case "administrator" -> Members.of(Members.ADMINISTRATORS).jwt();
            case "stranger" -> Members.of("elsewhere:admin").jwt();
            case "read token" -> apiToken("read");
            case "manage token" -> apiToken("manage");
            case "machine" -> machine.token();
            case "enrolment key" -> enrolmentKey();
            default -> throw new IllegalArgumentException(caller);
        };
    }

    private String enrolmentKey() {
        return Members.of(name + ":operator").sends(Map.of("name", "a", "owner", "team:" + name))
                .post("/api/enrolment-keys").then().statusCode(201).extract().path("key");
    }

    private String apiToken(String scope) {
        return Members.of(name + ":admin").sends(Map.of("name", "a", "scope", scope, "expiresInSeconds", 60))
                .post(Api.TOKENS).then().statusCode(201).extract().path("token");
    }
}
