package org.machineregistry.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.runtime.configuration.ConfigurationException;

/** What counts as an address of the service. */
class ServiceAddressTest {
    @ParameterizedTest
    @CsvSource({"https://machines.example.org, https://machines.example.org",
            "http://localhost:8080/, http://localhost:8080",
            "https://Machines.Example.org:443/registry/, https://machines.example.org/registry",
            "http://[::1]:80/a/b-c.d, http://[::1]/a/b-c.d", "http://h:443, http://h:443"})
    void an_address_has_one_spelling(String text, String spelling) {
        assertThat(ServiceAddress.parse(text)).hasToString(spelling);
        assertThat(ServiceAddress.parse(spelling)).isEqualTo(ServiceAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere", "machines.example.org", "ftp://h", "https://", "https://h:99999",
            "https://h:x",
            "https://user@h", "https://h/a?b", "https://h/a#b", "https://h/../a", "https://h/a//b", "https://h/a b",
            "https://h/$(id)", "https://h/\";id;\"", "https://h\nx", "https://h/api", "https://h/app/", "https://h/q/x",
            "https://h/agent.sh"})
    void a_text_that_a_shell_or_a_browser_would_read_otherwise_is_no_address(String text) {
        assertThatThrownBy(() -> ServiceAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_wrong_address_names_its_setting() {
        assertThatThrownBy(() -> ConfiguredAddresses.read(Optional.of("nowhere"), Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("service.url: nowhere is no address");
        assertThatThrownBy(
                () -> ConfiguredAddresses.read(Optional.of("https://h"), Optional.of(List.of("http://a", " b"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("service.additional-urls: b is no address");
    }

    @Test
    void a_sign_in_page_may_be_named_relative_to_the_address() {
        ServiceAddress address = ServiceAddress.parse("https://h/registry");

        assertThat(address.resolve(URI.create("https://id.example.org/"))).hasToString("https://id.example.org/");
        assertThat(address.resolve(URI.create("/sign-in"))).hasToString("https://h/sign-in");
        assertThat(address.resolve(URI.create("sign-in"))).hasToString("https://h/registry/sign-in");
    }
}
