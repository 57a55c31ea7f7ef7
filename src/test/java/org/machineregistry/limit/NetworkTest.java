package org.machineregistry.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff", "::ffff:192.0.2.1, 192.0.2.1",
            "fe80::1%eth0, fe80::2", "2001:DB8::1, 2001:0db8:0:0:0:0:0:2"})
    void one_network_is_one_number(String address, String other) {
        assertThat(Network.of(address)).isEqualTo(Network.of(other));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:1:2::1, 2001:db8:1:3::1", "192.0.2.1, 192.0.2.2", "::1, 127.0.0.1", "::1, ::ffff:0.0.0.0",
            "unknown, _hidden"})
    void another_network_is_another_number(String address, String other) {
        assertThat(Network.of(address)).isNotEqualTo(Network.of(other));
    }

    @Test
    void no_address_counts_as_one() {
        assertThat(Network.of((String) null)).isEqualTo(Network.of("null"));
    }
}
