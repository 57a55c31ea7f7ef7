package org.machineregistry.machine.registration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.change.Change.Kind;
import org.machineregistry.change.ChangeListener;
import org.machineregistry.change.Changes;
import org.machineregistry.change.Resync;
import org.machineregistry.machine.MachinesConfig;
import org.machineregistry.machine.Quota;

/**
 * How many machines all people without an account may have together: each of them has a quota, but anybody can be many. As
 * {@link Quota} does, it keeps an upper estimate, and counts rows only where that reaches the limit. Announcements do not say
 * who is anonymous, so that all registrations elsewhere are added: the rows are counted sooner than need be, never too late.
 */
@ApplicationScoped
class AnonymousQuota {
    private static final String COUNT = "select count(*) from machine where anonymous";
    // While there is no room, whoever keeps asking must not have the rows counted each time.
    private static final long FULL_FOR = TimeUnit.SECONDS.toNanos(1);

    private final MachinesConfig config;
    private final ChangeListener listener;
    /** The room that is left, about; null while it is not known. */
    private volatile AtomicLong estimate;
    private volatile long fullUntil = System.nanoTime();
    private volatile long free;

    AnonymousQuota(MachinesConfig config, ChangeListener listener) {
        this.config = config;
        this.listener = listener;
        free = config.anonymousQuota();
    }

    long most() {
        return config.anonymousQuota();
    }

    /** The room that there was when the rows were last counted: at most twice as many as there is now. */
    long free() {
        return free;
    }

    /** Gives under {@code true} the machines that are not of anonymous people, or for which there is room. */
    Map<Boolean, List<NewMachine>> admit(Connection connection, List<NewMachine> machines) throws SQLException {
        long asked = machines.stream().filter(NewMachine::anonymous).count();
        long[] room = {asked == 0 ? 0 : room(connection, asked)};
        Function<NewMachine, Boolean> fits = machine -> !machine.anonymous() || --room[0] >= 0;
        return machines.stream().collect(Collectors.partitioningBy(fits::apply));
    }

    private long room(Connection connection, long asked) throws SQLException {
        AtomicLong known = listener.isListening() ? estimate : null;
        if (known != null && known.addAndGet(asked) <= config.anonymousQuota()) {
            return asked;
        }
        return fullUntil - System.nanoTime() > 0 ? 0 : count(connection, asked);
    }

    private long count(Connection connection, long asked) throws SQLException {
        AtomicLong fresh = new AtomicLong(asked);
        // Before the count: what is announced meanwhile is added, not lost.
        estimate = fresh;
        try (PreparedStatement statement = connection.prepareStatement(COUNT);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            fresh.addAndGet(rows.getLong(1));
            long room = Math.max(0, config.anonymousQuota() - rows.getLong(1));
            free = room;
            if (room == 0) {
                fullUntil = System.nanoTime() + FULL_FOR;
            }
            return room;
        } catch (SQLException | RuntimeException failure) {
            // The estimate would be too low.
            estimate = null;
            throw failure;
        }
    }

    void count(@Observes Changes changes) {
        AtomicLong known = estimate;
        if (known != null) {
            known.addAndGet(changes.all().stream().filter(change -> change.kind() == Kind.CREATED).count());
        }
    }

    /** Registrations elsewhere may have gone unheard. */
    void forget(@Observes Resync resync) {
        estimate = null;
    }
}
