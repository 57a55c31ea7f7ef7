package org.machineregistry.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import jakarta.enterprise.event.ObservesAsync;

import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.machineregistry.embedded.EmbeddedSettings;

import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What dev mode says last. */
class DevWelcomeTest {
    private static final String DATABASE = "quarkus.datasource.jdbc.url";

    @AfterEach
    void forget_the_embedded_database() {
        EmbeddedSettings.use(Map.of());
    }

    @Test
    void it_says_where_page_api_and_data_are_and_how_to_stop() {
        String text = DevWelcome.text("http://localhost:8080/", "/home/me/data");

        assertThat(text.lines().map(String::strip)).containsSubsequence("The machine registry answers.",
                "Page    http://localhost:8080/", "API     http://localhost:8080/q/swagger-ui/",
                "Data    /home/me/data", "Stop    q, or Ctrl-C");
    }

    /** Quarkus sends the event asynchronously: an observer that is synchronous never hears of it. */
    @Test
    void it_observes_that_the_server_has_started_as_that_is_sent() throws NoSuchMethodException {
        var start = DevWelcome.class.getDeclaredMethod("onStart", HttpServerStart.class).getParameters()[0];

        assertThat(start.isAnnotationPresent(ObservesAsync.class)).isTrue();
    }

    @Test
    void the_data_of_the_embedded_database_are_in_its_directory() {
        EmbeddedSettings.use(Map.of(DATABASE, "jdbc:postgresql://127.0.0.1:41627/postgres"));

        assertThat(DevWelcome.data(configured(new EmbeddedSettings()), "data"))
                .isEqualTo(Path.of("data").toAbsolutePath() + ", kept when you stop");
    }

    @Test
    void the_data_of_another_database_are_at_its_address_whose_password_is_not_shown() {
        ConfigSource source = new PropertiesConfigSource(
                Map.of(DATABASE, "jdbc:postgresql://db.example.org/registry?user=me&password=secret"), "file",
                300);

        assertThat(DevWelcome.data(configured(source), "data")).isEqualTo("jdbc:postgresql://db.example.org/registry");
    }

    @ParameterizedTest
    @CsvSource({"/, http://localhost:8080/", "/registry, http://localhost:8080/registry/",
            "registry/, http://localhost:8080/registry/"})
    void the_address_has_the_path_that_is_configured(String rootPath, String address) {
        assertThat(Welcome.address(8080, rootPath)).isEqualTo(address);
    }

    private static ConfigValue configured(ConfigSource source) {
        return new SmallRyeConfigBuilder().withSources(source).build().getConfigValue(DATABASE);
    }
}
