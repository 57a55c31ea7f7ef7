package org.machineregistry.contract;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Requests to the service, every answer held to the service's own OpenAPI document. */
final class Api {
    static final String SESSIONS = "/api/sessions";
    static final String CURRENT_SESSION = "/api/sessions/current";
    static final String RECOVERY = "/api/sessions/recovery";
    static final String TOKENS = "/api/tokens";
    static final String API_TOKEN = "/api/tokens/{tokenId}";
    static final String ADDRESS = "/api/address";
    static final String MACHINES = "/api/machines";
    static final String METRICS = "/api/machines/metrics";
    static final String SUMMARY = "/api/machines/summary";
    static final String MACHINE = "/api/machines/{machineId}";
    static final String TOKEN = "/api/machines/{machineId}/token";
    static final String PING = "/api/machines/{machineId}/ping";
    static final String CONNECT = "/api/agent/connect";
    static final String HEARTBEAT = "/api/agent/heartbeat";
    static final String ASSISTANTS = "/api/agent/assistants";
    static final String DISCONNECT = "/api/agent/disconnect";

    private static OpenApiValidationFilter wellFormed;
    private static OpenApiValidationFilter withCookie;
    private static OpenApiValidationFilter anyRequest;

    private Api() {}

    /** A request that the document allows; it is held to it as well. */
    static RequestSpecification request() {
        prepare();
        return given().filter(wellFormed);
    }

    /** A request that the document may not allow. */
    static RequestSpecification oddRequest() {
        prepare();
        return given().filter(anyRequest);
    }

    // Not by oauth2(): what that adds, the check of the request does not see.
    static RequestSpecification request(String bearer) {
        return request().header("Authorization", "Bearer " + bearer);
    }

    static RequestSpecification oddRequest(String bearer) {
        return oddRequest().header("Authorization", "Bearer " + bearer);
    }

    static RequestSpecification requestWithCookie(String session) {
        prepare();
        return given().filter(withCookie).header("Cookie", cookieName() + "=" + session);
    }

    /** Of the session, without TLS; it has the service's id in it, and each service has another. */
    static String cookieName() {
        return given().delete(CURRENT_SESSION).then().statusCode(204).extract().cookies().keySet().stream()
                .filter(name -> name.startsWith("machine_registry_")).findAny().orElseThrow();
    }

    /** An address that the document does not describe. */
    static RequestSpecification elsewhere() {
        return given();
    }

    static String anyMachineId() {
        return UUID.randomUUID().toString();
    }

    static String anySecret() {
        return UUID.randomUUID().toString();
    }

    private static synchronized void prepare() {
        if (wellFormed == null) {
            String document = RestAssured.get("/q/openapi").then().statusCode(200).extract().asString();
            // The client calls a body that is not there a form.
            wellFormed = filter(document, ignoring("validation.request.contentType.notAllowed"));
            // The document names the cookie as it is over TLS.
            withCookie = filter(document, ignoring("validation.request.contentType.notAllowed")
                    .withLevel("validation.request.security.missing", Level.IGNORE));
            anyRequest = filter(document, ignoring("validation.request"));
        }
    }

    private static LevelResolver.Builder ignoring(String key) {
        return LevelResolver.create().withLevel(key, Level.IGNORE);
    }

    private static OpenApiValidationFilter filter(String document, LevelResolver.Builder levels) {
        return new OpenApiValidationFilter(
                OpenApiInteractionValidator.createForInlineApiSpecification(document)
                        .withLevelResolver(levels.build())
                        .build());
    }

    /** A person with a session. */
    record Person(String userId, String jwt) {
        static Person anyone() {
            Response session = Api.request().post(SESSIONS).then().statusCode(201).extract().response();
            return new Person(session.path("userId"), session.path("token"));
        }

        RequestSpecification request() {
            return Api.request(jwt);
        }

        RequestSpecification oddRequest() {
            return Api.oddRequest(jwt);
        }

        RequestSpecification sends(Map<String, ?> body) {
            return request().contentType(ContentType.JSON).body(body);
        }

        /** Arrays are in the document's words, and not in its schemas, to which all other requests are held. */
        RequestSpecification sends(List<? extends Map<String, ?>> bodies) {
            return given().header("Authorization", "Bearer " + jwt).contentType(ContentType.JSON).body(bodies);
        }

        RequestSpecification sends(String body) {
            return oddRequest().contentType(ContentType.JSON).body(body);
        }

        Registered registers(String name) {
            return Registered.of(sends(Map.of("name", name)).post(MACHINES));
        }

        Registered registers(String name, String machineId) {
            return Registered.of(sends(Map.of("name", name, "machineId", machineId)).post(MACHINES));
        }

        Response list() {
            return request().get(MACHINES);
        }

        Response details(Registered machine) {
            return request().get(MACHINE, machine.machineId());
        }

        String statusOf(Registered machine) {
            return details(machine).then().statusCode(200).extract().path("status");
        }

        Registered rotates(Registered machine) {
            return Registered.of(request().post(TOKEN, machine.machineId()));
        }
    }

    /** A machine and its token. */
    record Registered(String machineId, String token) {
        static Registered of(Response answer) {
            answer.then().statusCode(201);
            return new Registered(answer.path("machineId"), answer.path("token"));
        }

        String secret() {
            return token.substring(token.indexOf(':') + 1);
        }

        RequestSpecification request() {
            return Api.request(token);
        }

        RequestSpecification sends(Map<String, ?> body) {
            return request().contentType(ContentType.JSON).body(body);
        }

        RequestSpecification sends(String body) {
            return Api.oddRequest(token).contentType(ContentType.JSON).body(body);
        }

        int beats() {
            return request().post(HEARTBEAT).statusCode();
        }
    }
}
