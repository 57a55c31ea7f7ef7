package org.machineregistry.drill;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.machineregistry.drill.Conditions.Condition;
import org.machineregistry.drill.Conditions.Kind;
import org.machineregistry.fault.DatabaseProxy;
import org.machineregistry.fault.Replica;

/** What can break. */
final class Faults {
    private Faults() {}

    static Fault none(long millis) {
        return scene -> Timeline.pass(millis);
    }

    // Replicas

    static Fault killOne(long awayMillis) {
        return scene -> {
            Condition dead = scene.conditions.begin(Kind.DEAD, scene.site.a);
            scene.site.a.kill();
            Timeline.pass(awayMillis);
            scene.site.a.start();
            dead.over();
        };
    }

    static Fault killBoth() {
        return scene -> {
            List<Replica> replicas = scene.site.replicas();
            List<Condition> dead = begin(scene, Kind.DEAD, replicas);
            for (Replica replica : replicas) {
                replica.kill();
            }
            replicas.forEach(Replica::launch);
            // Each for itself: the one that starts first hears machines while the other one starts.
            List<CompletableFuture<Void>> starts = new ArrayList<>();
            for (int i = 0; i < replicas.size(); i++) {
                Replica replica = replicas.get(i);
                Condition condition = dead.get(i);
                starts.add(CompletableFuture.runAsync(replica::awaitStart).thenRun(condition::over));
            }
            starts.forEach(CompletableFuture::join);
        };
    }

    static Fault freezeOne(long millis) {
        return scene -> freeze(scene, millis, List.of(scene.site.a));
    }

    static Fault freezeBoth(long millis) {
        return scene -> freeze(scene, millis, scene.site.replicas());
    }

    private static void freeze(Scene scene, long millis, List<Replica> replicas) throws Exception {
        List<Condition> frozen = begin(scene, Kind.FROZEN, replicas);
        for (Replica replica : replicas) {
            replica.freeze();
        }
        Timeline.pass(millis);
        for (Replica replica : replicas) {
            replica.thaw();
        }
        frozen.forEach(Condition::over);
    }

    static Fault rollingRestart() {
        return scene -> {
            for (Replica replica : scene.site.replicas()) {
                Condition dead = scene.conditions.begin(Kind.DEAD, replica);
                replica.terminate();
                replica.start();
                dead.over();
            }
        };
    }

    /** Both versions beside each other, in both orders: one replica after the other goes back to a jar, and comes forth again. */
    static Fault updated(Path before, long besideMillis) {
        return scene -> {
            for (Path jar : Arrays.asList(before, null)) {
                for (Replica replica : scene.site.replicas()) {
                    Condition dead = scene.conditions.begin(Kind.DEAD, replica);
                    replica.terminate();
                    replica.use(jar);
                    replica.start();
                    dead.over();
                    Timeline.pass(besideMillis);
                }
            }
        };
    }

    private static List<Condition> begin(Scene scene, Kind kind, List<Replica> replicas) {
        return replicas.stream().map(replica -> scene.conditions.begin(kind, replica)).toList();
    }

    // The database

    static Fault databaseKilled(long awayMillis) {
        return scene -> {
            Condition down = scene.conditions.begin(Kind.DOWN, null);
            scene.site.database.kill();
            Timeline.pass(awayMillis);
            scene.site.database.start();
            down.over();
        };
    }

    static Fault databaseRestarted() {
        return scene -> {
            Condition down = scene.conditions.begin(Kind.DOWN, null);
            scene.site.database.stop();
            scene.site.database.start();
            down.over();
        };
    }

    static Fault databaseFrozen(long millis) {
        return scene -> {
            Condition down = scene.conditions.begin(Kind.DOWN, null);
            scene.site.database.freeze();
            Timeline.pass(millis);
            scene.site.database.thaw();
            down.over();
        };
    }

    /** One machine's row; that machine alone is not judged. */
    static Fault rowLocked(long millis) {
        return scene -> {
            MachineLog locked = scene.logs(Population.BEATING.what).get(0);
            long from = Timeline.now();
            try (Connection connection = scene.site.database.connect()) {
                connection.setAutoCommit(false);
                execute(connection, "select * from machine where machine_id = '" + locked.machine.machineId()
                        + "' for update");
                Timeline.pass(millis);
                connection.rollback();
            }
            locked.excuse(Spans.of(from, Timeline.now() + Bounds.TTL));
        };
    }

    static Fault tableLocked(long millis) {
        return scene -> {
            try (Connection connection = scene.site.database.connect()) {
                connection.setAutoCommit(false);
                Condition down = scene.conditions.begin(Kind.LOCKED, null);
                execute(connection, "lock table machine in access exclusive mode");
                Timeline.pass(millis);
                connection.rollback();
                down.over();
            }
        };
    }

    /** Gives all sessions of the service a setting, such as a time-out, while something else happens. */
    static Fault withSetting(String name, String value, Fault meanwhile) {
        return scene -> {
            setForAll(scene, "alter role machine_registry set " + name + " = '" + value + "'");
            try {
                meanwhile.strike(scene);
            } finally {
                setForAll(scene, "alter role machine_registry reset " + name);
            }
        };
    }

    /** New sessions have the setting; those that are open are ended. */
    private static void setForAll(Scene scene, String sql) throws SQLException {
        Condition down = scene.conditions.begin(Kind.DOWN, null);
        try (Connection connection = scene.site.database.connect()) {
            execute(connection, sql);
            execute(connection, "select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where usename = 'machine_registry' and pid <> pg_backend_pid()");
        }
        down.over();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    // Between a replica and the database

    static Fault cut(long millis, Consumer<DatabaseProxy> how) {
        return scene -> disturb(scene, millis, how, Kind.CUT, 0, List.of(scene.site.a));
    }

    static Fault resets(long millis, int percent) {
        return scene -> disturb(scene, millis, proxy -> proxy.resetSome(percent), Kind.SHAKY, 0,
                List.of(scene.site.a));
    }

    static Fault latencyOfOne(long millis, int added) {
        return scene -> disturb(scene, millis, proxy -> proxy.delayAnswers(added), Kind.SLOW, added,
                List.of(scene.site.a));
    }

    static Fault latencyOfBoth(long millis, int added) {
        return scene -> disturb(scene, millis, proxy -> proxy.delayAnswers(added), Kind.SLOW, added,
                scene.site.replicas());
    }

    private static void disturb(Scene scene, long millis, Consumer<DatabaseProxy> how, Kind kind, int added,
            List<Replica> replicas) throws InterruptedException {
        List<Condition> disturbed = replicas.stream()
                .map(replica -> scene.conditions.begin(kind, replica, added)).toList();
        replicas.forEach(replica -> how.accept(replica.database));
        Timeline.pass(millis);
        replicas.forEach(replica -> replica.database.heal());
        disturbed.forEach(Condition::over);
    }

    // Clocks

    /** The site's clock that can be stepped; nothing is excused. */
    static Fault clockStepped(int seconds, long millis) {
        return scene -> {
            scene.site.clock().step(seconds);
            scene.site.awaitStep(seconds);
            Timeline.pass(millis);
        };
    }
}
