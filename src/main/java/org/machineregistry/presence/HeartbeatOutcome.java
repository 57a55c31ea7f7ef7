package org.machineregistry.presence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.http.Problems;

/** The outcome of a batch of {@link HeartbeatStatement}: its changes, its answers, and the rows that were locked. */
final class HeartbeatOutcome implements Settlement<HeartbeatWrite> {
    private final List<HeartbeatWrite> batch;
    private final Map<String, HeartbeatWrite> unanswered = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> locked = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();

    HeartbeatOutcome(List<HeartbeatWrite> batch) {
        this.batch = batch;
        batch.stream().filter(HeartbeatWrite::isAsked)
                .forEach(write -> unanswered.put(write.entry().machineId, write));
    }

    void read(ResultSet row) throws SQLException {
        String machineId = row.getString("machine_id");
        if (machineId == null) {
            // The one row that is there also where nothing changed.
            return;
        }
        switch (row.getString("outcome")) {
            case "TAKEN" -> {
                noteChanges(row, machineId);
                answer(machineId, row.getString("name"), row.getLong("connection_number"));
            }
            case "LOCKED" -> {
                locked.add(machineId);
                unanswered.remove(machineId);
            }
            default -> {
                refused.add(machineId);
                refuse(machineId);
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

    private void answer(String machineId, String name, long connection) {
        HeartbeatWrite write = unanswered.remove(machineId);
        if (write != null) {
            ConnectResult result = new ConnectResult(machineId, name, connection, write.interval());
            answers.add(() -> write.answer().complete(result));
        }
    }

    /** Something newer was written: no reason to say that there is no such machine. */
    private void refuse(String machineId) {
        HeartbeatWrite write = unanswered.remove(machineId);
        if (write != null) {
            answers.add(() -> write.caller().refuse(Problems.unavailable()));
        }
    }

    List<Change> changes() {
        return changes;
    }

    @Override
    public List<HeartbeatWrite> settle() {
        List<HeartbeatWrite> again = new ArrayList<>();
        for (HeartbeatWrite write : batch) {
            String machineId = write.entry().machineId;
            // The next heartbeat of what is not known to be online is written at once.
            write.entry().online = !refused.contains(machineId) && !locked.contains(machineId);
            if (locked.contains(machineId)) {
                again.add(write);
            }
        }
        answers.forEach(Runnable::run);
        // No row: the machine was deleted meanwhile.
        unanswered.values().forEach(write -> write.answer().complete(null));
        return again;
    }
}
