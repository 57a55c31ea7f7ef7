package org.machineregistry.presence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.problem.Problems;

/** What became of a batch of {@link HeardStatement}: its rows say what changed, what was asked for, and what was not taken. */
final class HeardOutcome {
    private final List<Heard> batch;
    private final long now;
    private final Map<String, Heard> asked;
    private final Set<String> refused = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private long databaseNow;

    HeardOutcome(List<Heard> batch, long now) {
        this.batch = batch;
        this.now = now;
        this.asked = batch.stream()
                .filter(Heard::isAsked)
                .collect(Collectors.toMap(heard -> heard.slot().machineId, Function.identity()));
    }

    void read(ResultSet row) throws SQLException {
        databaseNow = row.getLong(1);
        String machineId = row.getString("machine_id");
        if (machineId == null) {
            return;
        }
        Heard heard = asked.remove(machineId);
        if (row.getBoolean("taken")) {
            noteChanges(row, machineId);
            if (heard != null) {
                Arrival arrival = new Arrival(machineId, row.getString("name"), row.getLong("connection_number"),
                        heard.pace());
                answers.add(() -> heard.answer().complete(arrival));
            }
        } else {
            refused.add(machineId);
            if (heard != null) {
                // Something newer was written: no reason to say that there is no such machine.
                answers.add(() -> heard.answer().completeExceptionally(Problems.unavailable()));
            }
        }
    }

    private void noteChanges(ResultSet row, String machineId) throws SQLException {
        String owner = row.getString("owner");
        if (row.getBoolean("came_online")) {
            changes.add(new Change(Kind.ONLINE, owner, machineId));
        } else if (row.getBoolean("updated")) {
            changes.add(new Change(Kind.UPDATED, owner, machineId));
        }
        if (row.getBoolean("opens")) {
            changes.add(new Change(Kind.CONNECTED, owner, machineId, row.getLong("connection_number")));
        }
    }

    List<Change> changes() {
        return changes;
    }

    void afterCommit() {
        batch.forEach(this::mark);
        answers.forEach(Runnable::run);
        // No row: the machine was deleted meanwhile.
        asked.values().forEach(heard -> heard.answer().complete(null));
    }

    private void mark(Heard heard) {
        Slot slot = heard.slot();
        slot.written(heard.at(), databaseNow - HeardStatement.micros(now - heard.at()));
        // What was not taken says nothing of the machine as it is: its next word is written at once.
        slot.online = !refused.contains(slot.machineId);
    }
}
