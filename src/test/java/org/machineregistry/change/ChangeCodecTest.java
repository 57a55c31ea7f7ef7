package org.machineregistry.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.change.Change.Kind;

class ChangeCodecTest {
    private static final long SAID_AT = 1_795_450_000_000L;
    // PostgreSQL refuses a payload of 8,000 bytes.
    private static final int TOO_LONG = 8_000;

    @Test
    void changes_of_every_kind_come_back_as_they_were_told() {
        List<Change> changes = Stream.of(Kind.values())
                .map(kind -> new Change(kind, "owner \"of\" \uD83D\uDDA5", "0123456789",
                        kind == Kind.CONNECTED ? 7 : 0))
                .toList();

        List<String> payloads = ChangeCodec.encode(changes, SAID_AT);

        assertThat(payloads).hasSize(1);
        assertThat(ChangeCodec.decode(payloads.get(0))).contains(new ChangeCodec.Said(SAID_AT, changes));
    }

    @Test
    void many_changes_are_told_in_as_few_payloads_as_fit() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            changes.add(new Change(Kind.ONLINE, "\u00e4".repeat(21), "machine-" + i));
        }

        List<String> payloads = ChangeCodec.encode(changes, SAID_AT);

        assertThat(payloads).allMatch(payload -> payload.getBytes(StandardCharsets.UTF_8).length < TOO_LONG);
        assertThat(payloads.stream().flatMap(payload -> ChangeCodec.decode(payload).orElseThrow().changes().stream()))
                .isEqualTo(changes);
        int bytes = payloads.stream().mapToInt(payload -> payload.getBytes(StandardCharsets.UTF_8).length).sum();
        assertThat(payloads).hasSizeLessThanOrEqualTo(bytes / 7_700 + 1);
    }

    @Test
    void the_longest_change_fits() {
        Change longest = new Change(Kind.CONNECTED, "\u0001".repeat(255), "i".repeat(64), Long.MAX_VALUE);

        List<String> payloads = ChangeCodec.encode(List.of(longest, longest, longest, longest, longest), SAID_AT);

        assertThat(payloads).allMatch(payload -> payload.length() < TOO_LONG);
        assertThat(payloads.stream().flatMap(payload -> ChangeCodec.decode(payload).orElseThrow().changes().stream()))
                .hasSize(5)
                .allMatch(longest::equals);
    }

    @Test
    void nothing_is_told_with_no_payload() {
        assertThat(ChangeCodec.encode(List.of(), SAID_AT)).isEmpty();
        assertThat(ChangeCodec.decode(ChangeCodec.resync(SAID_AT)).orElseThrow().changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "{}", "[]", "[null]", "[\"at\"]", "[1,2]", "[1,null]", "[1,[]]",
            "[1,[\"online\",\"o\"]]",
            "[1,[\"online\",null,\"m\"]]", "[1,[3,\"o\",\"m\"]]", "[1,[\"moved\",\"o\",\"m\"]]",
            "[1,[\"online\",\"o\",\"m\"],[\"moved\",\"o\",\"m\"]]",
            "[1,[\"connected\",\"o\",\"m\",\"7\"]]", "[1,[\"connected\",\"o\",\"m\",null]]"})
    void what_another_version_may_say_is_not_understood_and_no_failure(String payload) {
        assertThat(ChangeCodec.decode(payload)).isEmpty();
    }
}
