package org.machineregistry.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LongSummaryStatistics;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a message that did not arrive waits for its next try. */
class LookPlanTest {
    private static final int TRIES = 2_000;
    private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(2);

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 2000", "2, 4000", "3, 8000", "4, 16000", "5, 32000", "6, 64000", "7, 120000",
            "8, 120000", "1000, 120000", "2147483647, 120000"})
    void a_pause_is_a_second_at_most_at_first_doubles_and_stays_below_two_minutes(int failures, long longestMillis) {
        LongSummaryStatistics millis = pauses(failures).summaryStatistics();

        assertThat(millis.getMin()).isGreaterThanOrEqualTo(longestMillis / 2);
        assertThat(millis.getMax()).isLessThanOrEqualTo(longestMillis).isLessThanOrEqualTo(LONGEST_MILLIS);
    }

    @Test
    void pauses_are_spread_over_all_of_their_time() {
        LongSummaryStatistics first = pauses(0).summaryStatistics();

        // By chance alone, a tenth at one end has none of so many once in 10^90 times.
        assertThat(first.getMin()).isLessThan(550);
        assertThat(first.getMax()).isGreaterThan(950);
    }

    private static LongStream pauses(int failures) {
        return LongStream.generate(() -> LookPlan.pauseMicros(failures)).limit(TRIES)
                .map(TimeUnit.MICROSECONDS::toMillis);
    }
}
