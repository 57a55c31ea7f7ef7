package org.machineregistry.ping;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.change.Signal;
import org.machineregistry.database.RequestCoalescer;

/**
 * Says to every replica what there is to say of pings. What comes while something is being said goes together into the next statement,
 * because each NOTIFY takes a lock over the whole database.
 */
@ApplicationScoped
public class PingSignals {
    /** Somebody asks whether a machine is there. */
    public static final String ASKED = "ping_asked";
    /** A replica holds the machine's socket, and has asked it. */
    public static final String HELD = "ping_held";
    /** The machine has answered; the value is how many milliseconds that took. */
    public static final String ANSWERED = "ping_answered";

    private record Sending(Signal signal, CompletableFuture<Void> sent) {}

    private final DataSource database;
    private final RequestCoalescer<Sending> sends;

    PingSignals(DataSource database, Executor workers) {
        this.database = database;
        this.sends = new RequestCoalescer<>(workers, this::send,
                (sending, failure) -> sending.sent().completeExceptionally(failure));
    }

    /** Never blocks. Fails where the database cannot be reached. */
    public CompletableFuture<Void> send(Signal signal) {
        Sending sending = new Sending(signal, new CompletableFuture<>());
        sends.add(sending);
        return sending.sent();
    }

    private void send(List<Sending> sendings) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Signal.send(connection, sendings.stream().map(Sending::signal).toList());
        }
        sendings.forEach(sending -> sending.sent().complete(null));
    }
}
