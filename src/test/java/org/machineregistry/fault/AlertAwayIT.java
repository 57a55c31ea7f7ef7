package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.machineregistry.fault.User.Registered;

/** A receiver that is away for longer than a minute. It is a class of its own, so that others run while it waits. */
class AlertAwayIT {
    private static final long AWAY_MICROS = 60_000_000;
    // The seventh pause, of 64 s at most, does not end within the minute.
    private static final int TOLD_SECONDS = 64 + 20;

    private static AlertReceiver receiver;
    private static AlertSite site;

    @BeforeAll
    static void start() throws IOException {
        receiver = new AlertReceiver();
        site = new AlertSite(AlertSite.sendingTo(receiver.url()));
        site.start(site.a, site.b);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        site.close();
        receiver.close();
    }

    @Test
    void a_receiver_that_was_away_for_a_minute_is_told_once_when_it_is_back() throws Exception {
        receiver.goAway();
        Registered machine = site.goneOffline();
        await(AlertSite.AFTER_SECONDS + 20).until(() -> failures() > 0);
        long began = presenceClock();
        await(90).until(() -> presenceClock() - began >= AWAY_MICROS);
        long tries = failures();

        receiver.comeBack();
        await(TOLD_SECONDS).until(() -> !receiver.of(machine).isEmpty());

        assertThat(tries).isGreaterThanOrEqualTo(5);
        await(5).until(() -> logs("Alerts arrive at ") == 1);
        Awaitility.await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(6))
                .until(() -> receiver.told(machine), List.of("disconnected")::equals);
        assertThat(logs("Alerts do not arrive at ")).isEqualTo(1);
        assertThat(failures()).isZero();
    }

    private static long failures() {
        return site.database.count("select failures from alert_sender");
    }

    private static long presenceClock() {
        return site.database.count("select presence_clock_now()");
    }

    private static long logs(String text) {
        return List.of(site.a, site.b).stream().flatMap(replica -> replica.output().lines())
                .filter(line -> line.contains(text)).count();
    }

    private static ConditionFactory await(int seconds) {
        return Awaitility.await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(200));
    }
}
