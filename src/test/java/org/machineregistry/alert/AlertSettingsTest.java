package org.machineregistry.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.runtime.configuration.ConfigurationException;

class AlertSettingsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private record Config(Optional<String> url, AlertFormat format, Optional<String> secret,
            Optional<Set<String>> reasons)
            implements
                AlertsConfig {}

    private static Optional<AlertSettings> read(String url, AlertFormat format, String secret) {
        return AlertSettings
                .of(new Config(Optional.ofNullable(url), format, Optional.ofNullable(secret), Optional.empty()));
    }

    @Test
    void without_an_address_there_is_nothing_to_do() {
        assertThat(read(null, AlertFormat.STANDARD, null)).isEmpty();
    }

    @Test
    void a_goodbye_is_told_to_nobody_unless_it_is_asked_for() {
        assertThat(read("https://hooks.example/x", AlertFormat.SLACK, null).orElseThrow().untold())
                .containsExactly("disconnected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "ftp://a.example/", "https:///path", "https://user:pw@a.example/", "http://a b/",
            "https://a.example/#part", "//a.example/x"})
    void an_address_that_is_none_of_the_web_is_refused_without_being_shown(String url) {
        assertThatThrownBy(() -> read(url, AlertFormat.SLACK, null)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("alerts.url").hasMessageNotContaining(url);
    }

    @ParameterizedTest
    @CsvSource({",", "password,", "whsec_,", "whsec_c2hvcnQ=,", "whsec_not base64 at all not base64 at all,"})
    void a_standard_webhook_needs_a_key_of_its_form(String secret) {
        assertThatThrownBy(() -> read("https://a.example/", AlertFormat.STANDARD, secret))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("alerts.secret");
        assertThat(read("https://a.example/", AlertFormat.STANDARD, SECRET)).isPresent();
    }

    @Test
    void ntfy_needs_a_topic() {
        assertThatThrownBy(() -> read("https://ntfy.sh/", AlertFormat.NTFY, null))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("topic");
        assertThatThrownBy(() -> read("https://ntfy.sh", AlertFormat.NTFY, null))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("topic");
    }

    @Test
    void a_reason_that_does_not_exist_is_refused() {
        assertThatThrownBy(() -> AlertSettings.of(new Config(Optional.empty(), AlertFormat.SLACK, Optional.empty(),
                Optional.of(Set.of("missed_heartbeat")))))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("alerts.reasons: missed_heartbeat");
    }

    @Test
    void neither_address_nor_key_is_shown() {
        assertThat(read("https://hooks.slack.example/services/T0/secret", AlertFormat.STANDARD, SECRET).orElseThrow())
                .hasToString("AlertSettings[https://hooks.slack.example]");
    }
}
