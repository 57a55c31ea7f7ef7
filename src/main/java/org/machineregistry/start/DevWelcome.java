package org.machineregistry.start;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.machineregistry.embedded.EmbeddedSettings;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.Application;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.config.SmallRyeConfig;

/** Ends a start in dev mode with what a newcomer needs next, once page and API really answer. */
@Singleton
@IfBuildProfile("dev")
class DevWelcome {

    private static final Logger LOG = Logger.getLogger(DevWelcome.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final String PAGE_PORT = "quarkus.quinoa.dev-server.port";
    private static final String PAGE_TITLE = "<title>Machine registry</title>";

    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    private static final String DIRECTORY = "embedded.data-dir";

    // Vite takes no other version, and by itself the client would ask for one.
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final SmallRyeConfig config;
    private final String rootPath;

    DevWelcome(HttpServer server, SmallRyeConfig config,
            @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
        this.server = server;
        this.config = config;
        this.rootPath = rootPath;
    }

    void onStart(@ObservesAsync HttpServerStart start) {
        Thread thread = new Thread(this::welcome, "dev-welcome");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param address ends with a slash */
    static String text(String address, String data) {
        return """


                  The machine registry answers.

                    Page    %1$s
                            Add a machine there, and paste the line that the page shows into a terminal.
                    API     %1$sq/swagger-ui/
                    Data    %2$s
                    Stop    q, or Ctrl-C
                """.formatted(address, data);
    }

    static String data(ConfigValue url, String embeddedDirectory) {
        if (EmbeddedSettings.NAME.equals(url.getSourceName())) {
            return Path.of(embeddedDirectory).toAbsolutePath().normalize() + ", kept when you stop";
        }
        // The query may hold a password.
        return url.getValue().replaceFirst("[?].*", "");
    }

    // The page comes from Vite; and what Quarkus says of its own start would come after these lines.
    private void welcome() {
        String address = Welcome.address(server.getPort(), rootPath);
        String page = address + "app/";
        List<String> parts = List.of(page, address + "q/health/ready");
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!Application.currentApplication().isStarted() || !parts.stream().allMatch(this::answers)) {
                if (System.nanoTime() > end) {
                    LOG.warnf("The page or the API at %s does not answer; what is printed above may say why", address);
                    return;
                }
                Thread.sleep(PAUSE.toMillis());
            }
            if (!answer(page).contains(PAGE_TITLE)) {
                LOG.warnf(
                        "Another program has port %s, where the page should come from: end it, or choose another port,"
                                + " as in VITE_PORT=5174 ./mvnw quarkus:dev",
                        config.getValue(PAGE_PORT, String.class));
                return;
            }
            LOG.info(text(address, data(config.getConfigValue(DATABASE), config.getValue(DIRECTORY, String.class))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers(String url) {
        return !answer(url).isEmpty();
    }

    /** Empty where there is none, or another than 200. */
    private String answer(String url) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
