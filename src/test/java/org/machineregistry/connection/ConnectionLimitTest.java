package org.machineregistry.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalLong;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitTest {
    @ParameterizedTest
    @CsvSource({"780, 1024, 706", "64, 1024, 1", "1048000, 128, 5461", ", 128, 5461", "1048000, 2048, 87381"})
    void connections_leave_descriptors_and_heap_free(Long freeDescriptors, long heapMegabytes, String most) {
        OptionalLong free = freeDescriptors == null ? OptionalLong.empty() : OptionalLong.of(freeDescriptors);

        assertThat(ConnectionLimit.settings(free, heapMegabytes << 20)).isEqualTo(Map.of(ConnectionLimit.NAME, most));
    }
}
