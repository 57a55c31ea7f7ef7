package org.machineregistry.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ListeningProofTest {
    private final ListeningProof proof = new ListeningProof();

    @Test
    void a_proof_that_comes_back_is_enough_at_the_start() throws InterruptedException {
        proof.begin();
        String payload = proof.next();

        assertThat(proof.isProven()).isFalse();
        proof.sent(payload);
        proof.hear(payload);

        assertThat(proof.isProven()).isTrue();
    }

    @Test
    void a_proof_may_come_before_its_sender_knows_that_it_was_sent() throws InterruptedException {
        proof.begin();
        String payload = proof.next();

        proof.hear(payload);
        proof.sent(payload);

        assertThat(proof.isProven()).isTrue();
        assertThat(proof.isOverdue()).isFalse();
    }

    @Test
    void another_replicas_proof_counts_for_nothing() throws InterruptedException {
        ListeningProof other = new ListeningProof();
        other.begin();
        proof.begin();
        proof.next();

        proof.hear(other.next());

        assertThat(proof.isProven()).isFalse();
    }

    @Test
    void a_proof_from_before_the_connection_counts_for_nothing() throws InterruptedException {
        proof.begin();
        String earlier = proof.next();

        proof.end();
        proof.begin();
        proof.hear(earlier);
        proof.next();
        proof.hear(earlier);

        assertThat(proof.isProven()).isFalse();
    }

    @Test
    void a_proof_that_was_taken_and_does_not_come_is_overdue() throws InterruptedException {
        proof.begin();
        String payload = proof.next();

        assertThat(proof.isOverdue()).isFalse();
        proof.sent(payload);

        Awaitility.await().until(proof::isOverdue);
    }

    @Test
    void a_proof_that_a_shared_connection_refused_is_overdue_at_once() throws InterruptedException {
        proof.begin();
        String payload = proof.next();

        proof.refused(payload);

        assertThat(proof.isOverdue()).isTrue();
    }

    @Test
    void a_proof_that_could_not_be_sent_is_followed_by_another_and_never_overdue() throws InterruptedException {
        proof.begin();
        String payload = proof.next();

        proof.notSent(payload);

        assertThat(proof.isOverdue()).isFalse();
        assertThat(proof.next()).isNotEqualTo(payload);
    }

    @Test
    void after_a_miss_one_that_comes_back_by_chance_is_not_enough() throws InterruptedException {
        proof.begin();
        proof.sent(proof.next());
        proof.miss();
        proof.begin();

        proof.hear(proof.next());
        boolean afterOne = proof.isProven();
        proof.hear(proof.next());

        assertThat(afterOne).isFalse();
        assertThat(proof.isProven()).isTrue();
    }

    @Test
    void who_waits_to_send_is_woken_by_a_new_connection() {
        CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> {
            try {
                return proof.next();
            } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
            }
        });

        proof.begin();

        Awaitility.await().atMost(1, TimeUnit.SECONDS).until(next::isDone);
    }
}
