package org.machineregistry.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Settings of an OpenID provider, of which some are missing; ServiceStartIT shows that the start ends with the message. */
class StartSettingsTest {
    private static final String URL = "quarkus.oidc.auth-server-url";
    private static final String CLIENT = "quarkus.oidc.client-id";
    private static final String SECRET = "quarkus.oidc.credentials.secret";

    @ParameterizedTest
    @ValueSource(strings = {CLIENT, SECRET})
    void what_belongs_to_a_provider_is_refused_where_no_provider_is_named(String name) {
        StartSettings settings = settings(Map.of(name, "not to be shown"));

        assertThatThrownBy(settings::requireProvider).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(URL + " (QUARKUS_OIDC_AUTH_SERVER_URL)")
                .message().doesNotContain("not to be shown").doesNotContain("\n");
    }

    @Test
    void a_client_and_its_secret_without_a_provider_are_refused() {
        StartSettings settings = settings(Map.of(CLIENT, "machine-registry", SECRET, "secret"));

        assertThatThrownBy(settings::requireProvider).hasMessageContaining(CLIENT).hasMessageContaining(URL);
    }

    @Test
    void a_provider_without_a_client_is_refused() {
        StartSettings settings = settings(Map.of(URL, "https://id.example.org/realms/main", SECRET, "secret"));

        assertThatThrownBy(settings::requireProvider).hasMessageContaining(CLIENT + " (QUARKUS_OIDC_CLIENT_ID)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quarkus.oidc.auth-server-url=https://id.example.org/realms/main",
            "quarkus.oidc.provider=google"})
    void a_public_client_has_no_secret(String provider) {
        String[] named = provider.split("=");
        StartSettings settings = settings(Map.of(named[0], named[1], CLIENT, "machine-registry"));

        assertThatCode(settings::requireProvider).doesNotThrowAnyException();
    }

    /** Compose passes a variable that is not set as an empty one. */
    @Test
    void settings_that_are_empty_are_none() {
        StartSettings settings = settings(Map.of(URL, "", CLIENT, "", SECRET, ""));

        assertThatCode(settings::requireProvider).doesNotThrowAnyException();
    }

    private static StartSettings settings(Map<String, String> values) {
        return new StartSettings(new SmallRyeConfigBuilder().withDefaultValues(values).build());
    }
}
