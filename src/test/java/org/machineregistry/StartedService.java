package org.machineregistry;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts the packaged service as an operator does. */
final class StartedService {

    private static final Duration READY_WITHIN = Duration.ofSeconds(10);

    private StartedService() {}

    static JavaProcess start(Path directory, List<String> settings) {
        List<String> options = new ArrayList<>(List.of("-Dquarkus.http.port=0"));
        options.addAll(settings);
        return JavaProcess.run(directory, PackagedService.command(options));
    }

    /** It says where it is before the first announcement came back to it from the database, and is ready when it did. */
    static void awaitReady(JavaProcess service) {
        String port = service.awaitOutput("is at http://localhost:(\\d+)/");
        await().atMost(READY_WITHIN).untilAsserted(() -> given().port(Integer.parseInt(port))
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP")));
    }

    /** @return all that it said */
    static String assertEndsWithOneLine(Path directory, String expected, List<String> settings) throws Exception {
        try (JavaProcess service = start(directory, settings)) {
            assertEquals(1, service.awaitExit());

            List<String> lines = service.output().lines().filter(line -> line.contains("did not start")).toList();
            assertEquals(1, lines.size(), service.output());
            assertTrue(lines.get(0).contains(expected), service.output());
            assertFalse(service.output().contains("\tat "), service.output());
            return service.output();
        }
    }
}
