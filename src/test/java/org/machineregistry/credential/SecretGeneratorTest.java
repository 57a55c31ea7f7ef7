package org.machineregistry.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class SecretGeneratorTest {
    private final SecretGenerator random = new SecretGenerator();

    @Test
    void ids_are_nanoids() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> random.machineId()).collect(Collectors.toSet()))
                .hasSize(1_000)
                .allMatch(id -> id.matches("[A-Za-z0-9_-]{21}"));
    }

    @Test
    void secrets_say_what_they_are_and_prove_it() {
        for (int i = 0; i < 1_000; i++) {
            String secret = random.secret().tokenOf("").substring(1);

            assertThat(secret).matches("mrs_[0-9A-Za-z]{38}");
            assertThat(secret).endsWith(SecretGenerator.checksum(secret.substring(0, 36)));
        }
    }

    @Test
    void a_checksum_is_the_crc_32_in_six_digits_of_base_62() {
        // CRC-32 of "123456789" is 0xCBF43926, its check value.
        assertThat(SecretGenerator.checksum("123456789")).isEqualTo(base62(0xCBF43926L));
        assertThat(SecretGenerator.checksum("")).isEqualTo("000000");
    }

    @Test
    void a_secret_is_not_shown_by_accident() {
        assertThat(random.secret().toString()).doesNotContain("mrs_");
    }

    private static String base62(long number) {
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        StringBuilder text = new StringBuilder();
        for (long rest = number; text.length() < 6; rest /= 62) {
            text.insert(0, digits.charAt((int) (rest % 62)));
        }
        return text.toString();
    }
}
