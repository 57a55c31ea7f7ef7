package org.machineregistry.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTokenTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
    void a_token_comes_by_bearer(String scheme) {
        assertThat(MachineToken.parse(scheme + "0123456789:secret")).hasValueSatisfying(token -> {
            assertThat(token.machineId()).isEqualTo("0123456789");
            assertThat(token.secret()).isEqualTo("secret".getBytes(StandardCharsets.UTF_8));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC  "})
    void a_token_comes_by_basic(String scheme) {
        assertThat(MachineToken.parse(scheme + base64("0123456789:se:cret"))).hasValueSatisfying(token -> {
            assertThat(token.machineId()).isEqualTo("0123456789");
            assertThat(token.secret()).isEqualTo("se:cret".getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void the_longest_token_is_taken_and_a_longer_one_is_not() {
        String longest = "i".repeat(64) + ":" + "s".repeat(128);

        assertThat(MachineToken.parse("Bearer " + longest)).isPresent();
        assertThat(MachineToken.parse("Bearer " + longest + "s")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x", "Bearer :secret", "Basic", "Basic !!!", "Basic Og==",
            "Digest a:b", "0123456789:secret", "Bearer a:\0b"})
    void what_cannot_be_a_token_is_none(String authorization) {
        assertThat(MachineToken.parse(authorization)).isEmpty();
    }

    @Test
    void a_token_does_not_show_its_secret() {
        assertThat(MachineToken.parse("Bearer 0123456789:secret").orElseThrow().toString()).doesNotContain("secret");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
