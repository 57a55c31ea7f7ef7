package org.machineregistry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PatientPoolTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    /** What the pool lends next; until there is something, it waits. */
    private final BlockingQueue<Connection> lent = new LinkedBlockingQueue<>();
    private final List<Connection> givenBack = new CopyOnWriteArrayList<>();
    private final PatientPool pool = new PatientPool(make(DataSource.class, (self, method) -> lent.take()));

    @Test
    void one_that_comes_in_time_is_lent() throws SQLException {
        Connection connection = connection();
        lent.add(connection);

        assertThat(pool.connection(LONG)).isSameAs(connection);
        assertThat(givenBack).isEmpty();
    }

    @Test
    void who_asks_again_waits_for_the_same_one() throws SQLException {
        assertThatThrownBy(() -> pool.connection(SHORT)).isInstanceOf(SQLTransientConnectionException.class);
        assertThatThrownBy(() -> pool.connection(SHORT)).isInstanceOf(SQLTransientConnectionException.class);
        List<Connection> connections = List.of(connection(), connection());
        new Thread(() -> lent.addAll(connections)).start();

        Connection taken = pool.connection(LONG);

        assertThat(connections).contains(taken);
        assertThat(lent.size() + givenBack.size()).isEqualTo(1);
    }

    @Test
    void one_that_came_when_nobody_waited_is_given_back_and_another_one_lent() throws SQLException {
        assertThatThrownBy(() -> pool.connection(SHORT)).isInstanceOf(SQLTransientConnectionException.class);
        Connection late = connection();
        lent.add(late);
        Awaitility.await().until(lent::isEmpty);
        awaitThread();
        Connection next = connection();
        lent.add(next);

        assertThat(pool.connection(LONG)).isSameAs(next);
        assertThat(givenBack).containsExactly(late);
    }

    @Test
    void one_that_nobody_takes_is_given_back_when_it_comes() {
        assertThatThrownBy(() -> pool.connection(SHORT)).isInstanceOf(SQLTransientConnectionException.class);
        pool.giveBackWhatComes();
        Connection late = connection();
        lent.add(late);

        Awaitility.await().untilAsserted(() -> assertThat(givenBack).containsExactly(late));
    }

    /** What was lent has been handed over once the thread that waited for it has ended. */
    private static void awaitThread() {
        Awaitility.await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("held-connection")));
    }

    private Connection connection() {
        return make(Connection.class, (self, method) -> {
            if (method.equals("close")) {
                givenBack.add((Connection) self);
            }
            return null;
        });
    }

    private interface Answer {
        Object to(Object self, String method) throws Exception;
    }

    private static <T> T make(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> type.getSimpleName();
                    default -> answer.to(self, method.getName());
                }));
    }
}
