package org.machineregistry.machine.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.machine.OfflineReason;
import org.machineregistry.machine.history.StatusHistory.Uptime;

class StatusHistoryTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long NOW = 1_000_000 * HOUR;

    @Test
    void uptime_is_the_part_of_the_time_in_which_it_was_online() {
        Uptime uptime = uptime(online(6), offline(18), online(100));

        assertThat(uptime).isEqualTo(new Uptime(0.25 + 0.25, null, null));
    }

    @Test
    void a_status_that_is_older_than_the_time_fills_it() {
        assertThat(uptime(online(24 * 31))).isEqualTo(new Uptime(1.0, 1.0, 1.0));
        assertThat(uptime(offline(24 * 31))).isEqualTo(new Uptime(0.0, 0.0, 0.0));
    }

    @Test
    void nothing_is_said_of_a_time_that_the_changes_do_not_reach() {
        assertThat(uptime(online(23), offline(23))).isEqualTo(new Uptime(null, null, null));
        assertThat(uptime()).isEqualTo(new Uptime(null, null, null));
        assertThat(uptime(online(84), offline(168))).isEqualTo(new Uptime(1.0, 0.5, null));
    }

    @Test
    void a_clock_that_was_set_back_makes_no_uptime_of_more_than_all_of_the_time() {
        Uptime uptime = uptime(offline(12), online(-50), offline(20), online(400));

        assertThat(uptime.day()).isEqualTo((24 - 20) / 24.0);
        assertThat(uptime.week()).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1795450000000 online", "1795450000000 offline disconnected"})
    void a_change_is_read_as_it_stands_in_the_row(String text) {
        StatusChange change = StatusChange.parse(text);

        assertThat(change.at()).isEqualTo(1795450000000L);
        assertThat(change.offlineReason() == null).isEqualTo(change.status() == MachineStatus.ONLINE);
    }

    @Test
    void what_only_a_newer_version_knows_is_offline_without_a_reason() {
        assertThat(StatusChange.parse("1 asleep tired")).isEqualTo(new StatusChange(1, MachineStatus.OFFLINE, null));
    }

    private static Uptime uptime(StatusChange... changes) {
        return StatusHistory.of(Stream.of(changes).toList(), NOW).uptime();
    }

    private static StatusChange online(long hoursAgo) {
        return new StatusChange(NOW - hoursAgo * HOUR, MachineStatus.ONLINE, null);
    }

    private static StatusChange offline(long hoursAgo) {
        return new StatusChange(NOW - hoursAgo * HOUR, MachineStatus.OFFLINE, OfflineReason.MISSED_HEARTBEATS);
    }
}
