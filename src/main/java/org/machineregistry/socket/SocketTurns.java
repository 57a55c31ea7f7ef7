package org.machineregistry.socket;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;

/**
 * Deals with what a socket brings one after another, in the order in which it came: a goodbye waits for the connect before it. WebSockets
 * Next would do the same with a queue that has room for 256, a KiB of each socket. How many wait, SocketFlow bounds.
 */
final class SocketTurns {
    private final Consumer<Handler<Void>> eventLoop;
    // Only the event loop touches it.
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** @param eventLoop of the connection: does later what it is given */
    SocketTurns(Consumer<Handler<Void>> eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** Does this when all that came before is done, however it ended. Called on the event loop, as messages are. */
    Uni<Void> next(Supplier<Uni<Void>> work) {
        CompletableFuture<Void> before = last;
        CompletableFuture<Void> done = new CompletableFuture<>();
        last = done;
        return Uni.createFrom().completionStage(before)
                .chain(work::get)
                .onTermination()
                // The next one begins in a task of its own: within the end of this one they would nest, on any thread.
                .invoke(() -> eventLoop.accept(ended -> done.complete(null)));
    }
}
