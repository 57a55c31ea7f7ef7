package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that answers as none should: it holds nothing up, and is told once it answers as it should. */
class AlertAnswersIT {
    private static final String TAKEN = "HTTP/1.1 204 No Content\r\n\r\n";
    private static final Pattern ID = Pattern.compile("(?im)^webhook-id: (\\S+)");
    /** Far more than buffers on the way hold. */
    private static final long UNREAD_BYTES = 64L * 1024 * 1024;

    private static StandIn receiver;
    private static AlertSite site;
    private long lines;
    private long failed;
    private long sent;
    private int asked;

    @BeforeAll
    static void start() throws IOException {
        receiver = StandIn.overHttp();
        site = new AlertSite(AlertSite.sendingTo(receiver.address() + "/alerts"));
        site.start(site.a);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        site.close();
        receiver.close();
    }

    @BeforeEach
    void remembers_what_was_before() {
        lines = site.logs("Alerts do not arrive at ");
        failed = site.messages("failed");
        sent = site.messages("sent");
        asked = receiver.requests().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"})
    void a_redirect_is_not_followed(String status) throws Exception {
        receiver.answer("HTTP/1.1 " + status + "\r\nLocation: " + receiver.address()
                + "/elsewhere\r\nContent-Length: 0\r\n\r\n");

        assertFails("it answered " + status.substring(0, 3) + ", and redirects are not followed");

        assertArrivesWhenItIsTaken();
        assertThat(receiver.requests()).allMatch(head -> head.startsWith("POST /alerts HTTP/1.1\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"400 Bad Request", "410 Gone", "500 Internal Server Error", "503 Service Unavailable"})
    void what_is_refused_is_tried_again(String status) throws Exception {
        receiver.answer("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");

        assertFails("it answered " + status.substring(0, 3));

        assertArrivesWhenItIsTaken();
    }

    @Test
    void who_never_answers_is_not_waited_for() throws Exception {
        receiver.sayNothing();

        assertFails("it did not answer in time");

        assertArrivesWhenItIsTaken();
    }

    @Test
    void an_answer_that_comes_byte_by_byte_is_not_waited_for() throws Exception {
        receiver.answerSlowly();

        assertFails("it did not answer in time");

        assertArrivesWhenItIsTaken();
    }

    @Test
    void what_is_no_http_is_no_answer() throws Exception {
        receiver.answer("220 mail.example.org ESMTP\r\n");

        assertFails("");

        assertArrivesWhenItIsTaken();
    }

    @Test
    void an_answer_without_end_is_taken_for_what_its_head_says_and_not_read() throws Exception {
        CompletableFuture<Long> written = receiver.answerWithoutEnd("HTTP/1.1 200 OK\r\n\r\n");

        site.goneOffline();

        assertThat(written.get(30, TimeUnit.SECONDS)).isLessThan(UNREAD_BYTES);
        await().until(() -> site.messages("sent") == sent + 1);
        Awaitility.await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4))
                .until(() -> receiver.requests().size() == asked + 1);
        assertThat(site.messages("failed")).isEqualTo(failed);
    }

    private void assertFails(String why) throws Exception {
        site.goneOffline();

        await().until(() -> site.messages("failed") > failed);

        // It is counted before it is said.
        await().untilAsserted(() -> assertThat(site.logs("Alerts do not arrive at " + receiver.address() + ": " + why))
                .as(site.a.output()).isPositive());
        assertThat(site.messages("sent")).isEqualTo(sent);
    }

    private void assertArrivesWhenItIsTaken() {
        receiver.answer(TAKEN);
        await().until(() -> site.messages("sent") == sent + 1);
        assertThat(ids()).as("the same message each time").hasSize(1);
        assertThat(site.logs("Alerts do not arrive at ")).isEqualTo(lines + 1);
        assertThat(site.logs(" ERROR ")).as(site.a.output()).isZero();
    }

    private Set<String> ids() {
        return receiver.requests().stream().skip(asked).map(head -> ID.matcher(head).results()
                .map(found -> found.group(1)).findFirst().orElseThrow()).collect(Collectors.toSet());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }
}
