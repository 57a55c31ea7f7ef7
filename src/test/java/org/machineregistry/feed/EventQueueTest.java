package org.machineregistry.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.machineregistry.response.BodyMemory;
import org.machineregistry.response.PieceSource;
import org.machineregistry.response.SharedBody;

/** What of a stream waits for its reader, and for how long. */
class EventQueueTest {
    private static final class Recorder implements PieceSource.Writer {
        private int told;
        private boolean cutOff;

        @Override
        public void more() {
            told++;
        }

        @Override
        public void cutOff() {
            cutOff = true;
        }
    }

    private final BodyMemory memory = new BodyMemory(1_000, () -> {
    });
    private final Recorder writer = new Recorder();
    private final EventQueue queue = new EventQueue();

    @Test
    void it_is_open_with_the_first_event() {
        assertThat(queue.opened()).isNotDone();

        queue.send(event("first"));

        assertThat(queue.opened()).isCompletedWithValue(queue);
    }

    @Test
    void small_events_that_wait_are_one_piece_in_their_order() {
        queue.attach(writer);
        queue.send(event("one,"));
        queue.send(event("two,"));
        queue.send(event("three"));

        assertThat(queue.next()).asString().isEqualTo("one,two,three");
        assertThat(queue.next()).isNull();
        assertThat(writer.told).isEqualTo(3);
    }

    @Test
    void a_large_list_goes_between_what_came_before_and_after_it() {
        queue.attach(writer);
        queue.send(event("before"));
        send(body("list", "list"));
        queue.send(event("after"));

        assertThat(queue.next()).asString().isEqualTo("before");
        assertThat(queue.next()).asString().isEqualTo("head:");
        assertThat(queue.next()).asString().isEqualTo("list");
        assertThat(queue.next()).asString().isEqualTo("list");
        assertThat(memory.taken()).isEqualTo(8);
        assertThat(queue.next()).asString().isEqualTo("\n\n");
        assertThat(memory.taken()).isZero();
        assertThat(queue.next()).asString().isEqualTo("after");
    }

    @Test
    void who_leaves_too_many_bytes_unread_is_cut_off() {
        queue.attach(writer);
        byte[] kilobyte = new byte[1024];
        for (int i = 0; i * 1024 < EventQueue.MOST_UNREAD; i++) {
            queue.send(new FeedEvent(kilobyte));
        }
        assertThat(writer.cutOff).isFalse();

        queue.send(new FeedEvent(kilobyte));

        assertThat(writer.cutOff).isTrue();
    }

    @Test
    void who_does_not_take_one_large_list_while_others_come_is_cut_off() {
        queue.attach(writer);
        send(body("one"));
        queue.next();
        send(body("two"));
        assertThat(writer.cutOff).isFalse();

        send(body("three"));

        assertThat(writer.cutOff).isTrue();
    }

    @Test
    void a_reader_who_has_gone_keeps_no_memory() {
        queue.attach(writer);
        send(body("one"));
        queue.next();
        send(body("two"));
        assertThat(memory.taken()).isEqualTo(6);

        queue.ended();
        send(body("three"));

        assertThat(memory.taken()).isZero();
        assertThat(queue.next()).isNull();
    }

    @Test
    void who_keeps_a_list_for_which_others_wait_is_cut_off() {
        queue.attach(writer);
        send(body("list"));

        memory.cutOffOlderThan(0);

        assertThat(writer.cutOff).isTrue();
    }

    @Test
    void an_end_comes_after_what_was_sent_before_it() {
        queue.attach(writer);
        queue.send(event("last"));
        queue.end();
        queue.send(event("too late"));

        assertThat(queue.isOver()).isFalse();
        assertThat(queue.next()).asString().isEqualTo("last");
        assertThat(queue.next()).isNull();
        assertThat(queue.isOver()).isTrue();
    }

    private static FeedEvent event(String text) {
        return new FeedEvent(text.getBytes());
    }

    private SharedBody body(String... pieces) {
        long size = List.of(pieces).stream().mapToLong(String::length).sum();
        assertThat(memory.take(size)).isTrue();
        return memory.body(List.of(pieces).stream().map(String::getBytes).toList(), size, size);
    }

    /** As the reader does: the list is held until it was sent. */
    private void send(SharedBody list) {
        SharedBody.Hold hold = list.hold();
        queue.send(new FeedEvent("head:".getBytes(), list));
        hold.release();
    }
}
