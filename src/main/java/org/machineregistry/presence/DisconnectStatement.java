package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.database.Columns;
import org.machineregistry.presence.clock.PresenceClock;

/**
 * Writes that machines left: one statement. What was heard of them since, by whichever replica, counts more. Where two agents
 * share a token, the goodbye of one of them leaves the other online.
 */
final class DisconnectStatement {
    // disconnected_at is read by the version before this one alone.
    private static final String SQL = """
            with departed as (
              select * from unnest(?::text[], ?::bigint[], ?::bool[], ?::bigint[], ?::bigint[], ?::text[])
                as d(machine_id, departed_micros, asked, connection, instance, reason)),
            before as (
              select m.* from machine m join departed d on d.machine_id = m.machine_id
              order by m.machine_id for no key update of m skip locked),
            judged as (
              select d.*, b.heard_micros, coalesce(b.shared and d.instance = b.instance, false) as leaves_to_other,
                coalesce(b.other_instance is not null and d.instance = b.other_instance, false) as was_other
              from departed d join before b on b.machine_id = d.machine_id
              -- Who waits for the answer leaves now, and so after whatever was heard before.
              where (d.asked or d.departed_micros >= b.heard_micros)
                and (d.connection < 0 or d.connection = b.connection_number)
                and (b.status = 'online' or d.reason = 'disconnected')),
            written as (
              update machine m set
                status = case when j.was_other or j.leaves_to_other then m.status else 'offline' end,
                offline_reason = case when j.was_other or j.leaves_to_other then m.offline_reason else j.reason end,
                disconnected_at = case when j.was_other or j.leaves_to_other then m.disconnected_at else now() end,
                departed_micros = case when j.was_other or j.leaves_to_other then m.departed_micros
                  else greatest(j.departed_micros, j.heard_micros) end,
                instance = case when j.leaves_to_other then m.other_instance else m.instance end,
                hostname = case when j.leaves_to_other then m.other_hostname else m.hostname end,
                other_instance = null, other_hostname = null, other_heard_micros = null, shared = false
              from judged j where m.machine_id = j.machine_id
              returning m.owner, m.machine_id, m.status, m.offline_reason)
            select 'WRITTEN' as outcome, w.machine_id, w.owner, w.status = 'online' as stays,
              b.offline_reason is distinct from w.offline_reason or b.shared as changed
            from written w join before b on b.machine_id = w.machine_id
            union all
            select 'LOCKED', m.machine_id, m.owner, false, false
            from departed d join machine m on m.machine_id = d.machine_id
            where not exists (select from before b where b.machine_id = d.machine_id)""";

    private DisconnectStatement() {}

    /**
     * Writes and announces. Where there was nothing to announce, the commit is left to the caller.
     *
     * @param now of {@link System#nanoTime()}
     * @return what to do after the commit: it answers who waits, and gives back what is to be tried again, because somebody held
     *         the lock of its row
     */
    static Settlement<DisconnectWrite> execute(Connection connection, List<DisconnectWrite> batch, PresenceClock clock,
            long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            new Columns(connection, statement).planAnew()
                    .add("text", batch, write -> write.entry().machineId)
                    .add("bigint", batch, write -> micros(write, clock, now))
                    .add("bool", batch, Refusable::isWaitedFor)
                    .add("bigint", batch, DisconnectWrite::connection)
                    .add("bigint", batch, write -> write.instance().fingerprint())
                    .add("text", batch, write -> write.reason().label);
            List<Change> changes = new ArrayList<>();
            Set<String> locked = new HashSet<>();
            Set<String> staying = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String machineId = rows.getString("machine_id");
                    if (rows.getString("outcome").equals("LOCKED")) {
                        locked.add(machineId);
                    } else if (rows.getBoolean("stays")) {
                        staying.add(machineId);
                    }
                    if (rows.getBoolean("changed")) {
                        Kind kind = rows.getBoolean("stays") ? Kind.UPDATED : Kind.OFFLINE;
                        changes.add(new Change(kind, rows.getString("owner"), machineId));
                    }
                }
            }
            Announcements.announceAndCommit(connection, changes);
            return () -> settle(batch, locked, staying);
        }
    }

    /** Who says goodbye and waits leaves now, behind whatever was heard until then; what is known to be older is as old as it is. */
    private static long micros(DisconnectWrite write, PresenceClock clock, long now) {
        return write.caller() == null ? clock.at(write.at()) : clock.atLatest(now);
    }

    private static List<DisconnectWrite> settle(List<DisconnectWrite> batch, Set<String> locked, Set<String> staying) {
        List<DisconnectWrite> again = new ArrayList<>();
        for (DisconnectWrite write : batch) {
            if (locked.contains(write.entry().machineId)) {
                again.add(write);
                continue;
            }
            write.entry().online = staying.contains(write.entry().machineId);
            if (write.caller() != null) {
                write.caller().answer().complete(null);
            }
        }
        return again;
    }
}
