package org.machineregistry.presence.loop;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTest {
    private long now = 1_000_000;
    private final Answers answers = new Answers(now);

    @Test
    void a_question_that_fails_quickly_is_followed_by_one_that_judges_nobody() {
        judges(5);

        assertThat(fails(5)).isFalse();

        assertThat(answers.mayJudge()).isFalse();
        assertThat(looks(5)).isFalse();
        assertThat(answers.mayJudge()).isTrue();
        assertThat(answers.hasFailed()).isTrue();
        judges(5);
        assertThat(answers.hasFailed()).isFalse();
    }

    @Test
    void two_questions_that_fail_one_after_the_other_are_an_outage() {
        judges(5);

        assertThat(fails(5)).isFalse();
        assertThat(fails(5)).isTrue();
    }

    @Test
    void so_is_one_that_takes_long_to_fail() {
        judges(5);

        assertThat(fails(1_100)).isTrue();
    }

    @Test
    void judging_that_fails_three_times_is_an_outage_although_looking_does_not_fail() {
        judges(5);

        assertThat(fails(5)).isFalse();
        looks(5);
        assertThat(fails(5)).isFalse();
        looks(5);
        assertThat(fails(5)).isTrue();
    }

    @Test
    void judging_that_fails_now_and_then_is_none() {
        for (int time = 1; time <= 10; time++) {
            assertThat(fails(5)).isFalse();
            looks(5);
            assertThat(fails(5)).isFalse();
            looks(5);
            judges(5);
        }
    }

    @Test
    void a_connection_that_broke_and_was_made_anew_is_no_outage() {
        judges(5);

        passes(1_000);
        fails(5);
        passes(20);
        assertThat(looks(300)).isFalse();
    }

    @Test
    void where_answers_take_long_a_new_connection_may_take_long() {
        judges(100);

        passes(1_000);
        fails(100);
        passes(20);
        assertThat(looks(1_000)).isFalse();
    }

    @Test
    void where_the_answer_after_a_failure_comes_late_machines_were_not_heard() {
        judges(5);

        passes(1_000);
        fails(5);
        passes(20);
        assertThat(looks(700)).isTrue();
    }

    @Test
    void so_they_were_not_where_answers_had_taken_long_before_that() {
        judges(5);
        judges(1_500);

        passes(500);
        fails(5);
        passes(20);
        assertThat(looks(2_400)).isTrue();
    }

    @Test
    void without_a_failure_a_late_answer_is_no_outage() {
        judges(5);

        assertThat(judges(5_000)).isFalse();
    }

    @Test
    void a_database_that_was_lost_and_answers_is_trusted_again() {
        judges(5);
        fails(5);
        fails(5);

        answers.answered(now, now, true);

        assertThat(answers.mayJudge()).isTrue();
        assertThat(answers.hasFailed()).isFalse();
    }

    private void passes(long millis) {
        now += MILLISECONDS.toNanos(millis);
    }

    private boolean fails(long millis) {
        long askedAt = now;
        passes(millis);
        return answers.failed(askedAt, now);
    }

    private boolean looks(long millis) {
        return answer(millis, false);
    }

    private boolean judges(long millis) {
        return answer(millis, true);
    }

    private boolean answer(long millis, boolean settles) {
        long askedAt = now;
        passes(millis);
        return answers.answered(askedAt, now, settles);
    }
}
