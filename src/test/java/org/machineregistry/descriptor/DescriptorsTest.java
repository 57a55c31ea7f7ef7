package org.machineregistry.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             90000                90000                processes
            Max open files            %-20s 1048576              files
            """;

    @Test
    void the_soft_limit_is_the_one_that_counts() {
        assertThat(Descriptors.limit(LIMITS.formatted("1024"))).hasValue(1024);
        assertThat(Descriptors.limit(LIMITS.formatted("unlimited"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"49, 240, UP", "176, 240, UP", "177, 240, DOWN", "240, 240, DOWN", "18000, 20000, UP",
            "19001, 20000, DOWN"})
    void a_replica_is_ready_while_enough_are_free(long open, long limit, Status expected) {
        assertThat(DescriptorCheck.response(open, limit).getStatus()).isEqualTo(expected);
    }
}
