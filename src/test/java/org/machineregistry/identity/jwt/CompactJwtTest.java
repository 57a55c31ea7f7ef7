package org.machineregistry.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwtTest {
    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "AA.AA.AA", "AAA.AAA.AAA", "AAAA.AAAA.____", "AAE.AA.-Q"})
    void the_one_spelling_is_taken(String token) {
        assertThat(CompactJwt.isOne(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "AA.AA", "AA.AA.", "AA.AA.AA.", "AA.AA.AA.AA", ".AA.AA", "AA..AA",
            "AA.AA.AA=", "AA.AA.AA==", "AA.AA.A", "AA.AA.AAAAA", "AA.AA.AA\n", "AA.AA. AA", "AA.AA.A+", "AA.AA.A/",
            "AA.AA.AB", "AA.AA.AAB", "AP.AA.AA", "AA.AA.AA junk", "AA.AA.A\u00e4", "AA.AA.A\u0141"})
    void any_other_is_not(String token) {
        assertThat(CompactJwt.isOne(token)).isFalse();
    }

    @Test
    void of_all_last_characters_one_in_sixteen_is_canonical() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        assertThat(alphabet.chars().filter(c -> CompactJwt.isOne("AA.AA.A" + (char) c))).hasSize(4);
        assertThat(alphabet.chars().filter(c -> CompactJwt.isOne("AA.AA.AA" + (char) c))).hasSize(16);
    }
}
