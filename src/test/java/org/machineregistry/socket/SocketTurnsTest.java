package org.machineregistry.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;

class SocketTurnsTest {
    private final Queue<Handler<Void>> eventLoop = new ArrayDeque<>();
    private final SocketTurns turns = new SocketTurns(eventLoop::add);
    private final List<String> done = new ArrayList<>();

    @Test
    void what_comes_while_nothing_is_under_way_is_done_at_once() {
        begin("connect", CompletableFuture.completedFuture(null));
        assertThat(done).containsExactly("connect begins", "connect ends");
        work();

        begin("disconnect", CompletableFuture.completedFuture(null));
        assertThat(done).containsExactly("connect begins", "connect ends", "disconnect begins", "disconnect ends");
    }

    @Test
    void what_comes_meanwhile_waits_in_its_order() {
        CompletableFuture<Void> connecting = new CompletableFuture<>();
        begin("connect", connecting);
        begin("assistants", CompletableFuture.completedFuture(null));
        begin("disconnect", CompletableFuture.completedFuture(null));
        work();
        assertThat(done).containsExactly("connect begins");

        connecting.complete(null);
        assertThat(done).containsExactly("connect begins", "connect ends");
        work();

        assertThat(done).containsExactly("connect begins", "connect ends", "assistants begins", "assistants ends",
                "disconnect begins", "disconnect ends");
    }

    @Test
    void what_fails_holds_nothing_up() {
        CompletableFuture<Void> connecting = new CompletableFuture<>();
        begin("connect", connecting);
        begin("assistants", () -> {
            throw new IllegalStateException("No assistants");
        });
        begin("disconnect", CompletableFuture.completedFuture(null));

        connecting.completeExceptionally(new IllegalStateException("No database"));
        work();

        assertThat(done).containsExactly("connect begins", "connect fails: No database", "assistants begins",
                "assistants fails: No assistants", "disconnect begins", "disconnect ends");
    }

    private void work() {
        for (Handler<Void> task = eventLoop.poll(); task != null; task = eventLoop.poll()) {
            task.handle(null);
        }
    }

    private void begin(String name, CompletableFuture<Void> end) {
        begin(name, () -> Uni.createFrom().completionStage(end));
    }

    private void begin(String name, Supplier<Uni<Void>> work) {
        turns.next(() -> {
            done.add(name + " begins");
            return work.get();
        }).subscribe().with(item -> done.add(name + " ends"),
                failure -> done.add(name + " fails: " + failure.getMessage()));
    }
}
