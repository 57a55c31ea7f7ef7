package org.machineregistry.provider;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.machineregistry.JavaProcess;
import org.machineregistry.Ports;
import org.machineregistry.fault.DatabaseProxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A real Keycloak with the realm of {@code src/test/provider}, behind a proxy that can take it away. */
final class Keycloak implements AutoCloseable {
    static final String CLIENT = "machine-registry";
    static final String SECRET = "a-secret-of-the-test";
    static final String USER = "ada";
    static final String PASSWORD = "ada's password";

    private static final String ADMIN = "admin";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path UNPACKED = Path.of("target/keycloak").toAbsolutePath();
    private static final Path REALM = Path.of("src/test/provider/realm.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    final DatabaseProxy proxy;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private final JavaProcess process;

    /** @param services where those are that people sign in to */
    Keycloak(Path directory, List<String> services) throws IOException {
        Path home = home();
        Path imports = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(imports.resolve("realm.json"), realm(services));
        proxy = new DatabaseProxy(port);
        process = JavaProcess.run(directory,
                List.of("sh", home.resolve("bin/kc.sh").toString(),
                        "start-dev", "--db=dev-mem", "--import-realm", "--http-host=127.0.0.1", "--http-port=" + port,
                        "--bootstrap-admin-username=" + ADMIN, "--bootstrap-admin-password=" + ADMIN));
    }

    void awaitStart() {
        // The first one is built before it starts, and so takes twice as long.
        Awaitility.await().atMost(Duration.ofMinutes(6)).pollInterval(Duration.ofMillis(200))
                .failFast(() -> !process.isAlive())
                .until(() -> process.output().contains("Listening on: "));
    }

    /** Of the realm, as the service knows it. */
    String url() {
        return "http://127.0.0.1:" + proxy.port + "/realms/machines";
    }

    Map<String, String> settings() {
        return Map.of("quarkus.oidc.auth-server-url", url(), "quarkus.oidc.client-id", CLIENT,
                "quarkus.oidc.credentials.secret", SECRET);
    }

    /** Tokens of a person's program: {@code access_token} and {@code id_token}. */
    JsonNode tokens() {
        return token(url(),
                Map.of("grant_type", "password", "client_id", CLIENT, "client_secret", SECRET, "scope", "openid",
                        "username", USER, "password", PASSWORD));
    }

    String serviceAccountToken() {
        return token(url(), Map.of("grant_type", "client_credentials", "client_id", CLIENT, "client_secret", SECRET))
                .get("access_token").textValue();
    }

    /** A token of the same person for another service. */
    String tokenForAnother() {
        return token(url(),
                Map.of("grant_type", "password", "client_id", "elsewhere", "client_secret", "a-secret-of-another",
                        "username", USER, "password", PASSWORD))
                .get("access_token").textValue();
    }

    /** Signs with a new key from now on. */
    void rotateKeys(int priority) {
        String admin = token("http://127.0.0.1:" + port + "/realms/master",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", ADMIN))
                .get("access_token").textValue();
        String key = """
                {"name": "key-%1$d", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["%1$d"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"]}}
                """.formatted(priority);
        HttpResponse<String> made = send(HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/realms/machines/components"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(key)));
        if (made.statusCode() != 201) {
            throw new IllegalStateException(made.statusCode() + " " + made.body());
        }
    }

    private JsonNode token(String realm, Map<String, String> form) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(form))));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException none) {
            throw new IllegalStateException(answer.body(), none);
        }
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String realm(List<String> services) throws IOException {
        return Files.readString(REALM)
                .replace("\"SIGN-IN\"", quoted(services, "/api/sessions/sign-in", ", "))
                .replace("\"SIGN-OUT\"",
                        "\"" + services.stream().map(at -> at + "/app").collect(Collectors.joining("##"))
                                + "\"");
    }

    private static String quoted(List<String> services, String path, String delimiter) {
        return services.stream().map(at -> "\"" + at + path + "\"").collect(Collectors.joining(delimiter));
    }

    private static Path home() throws IOException {
        try (Stream<Path> folders = Files.list(UNPACKED)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("keycloak-")).findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no Keycloak in " + UNPACKED));
        }
    }

    @Override
    public void close() throws InterruptedException {
        // Its script passes that on; killed, it would leave Keycloak behind.
        process.terminate();
        proxy.close();
    }
}
