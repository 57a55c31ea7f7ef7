package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.machineregistry.batch.Columns;
import org.machineregistry.change.Announcements;
import org.machineregistry.change.Change;
import org.machineregistry.change.Change.Kind;
import org.machineregistry.problem.Problems;

/**
 * Writes that machines were heard of: one statement, whatever their number. Rows are locked in order, so that the batches of
 * two replicas do not wait for each other in a circle.
 */
final class HeardStatement {
    private static final String SQL = """
            with heard as (
              select machine_id, connection, opens, asked, assistant_count, ttl_seconds, root_directory, hostname, os,
                agent_version, greatest(now() - age * interval '1 microsecond',
                  timestamptz 'epoch' + floor * interval '1 microsecond') as heard_at
              from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bool[], ?::bool[], ?::int[], ?::int[],
                ?::text[], ?::text[], ?::text[], ?::text[])
                as h(machine_id, age, floor, connection, opens, asked, assistant_count, ttl_seconds, root_directory,
                  hostname, os, agent_version)),
            before as (
              select m.* from machine m join heard h on h.machine_id = m.machine_id
              order by m.machine_id for no key update of m),
            written as (
              update machine m set
                last_heartbeat = greatest(m.last_heartbeat, h.heard_at),
                status = case when f.fresh then 'online' else m.status end,
                offline_reason = case when f.fresh then null else m.offline_reason end,
                ttl_seconds = h.ttl_seconds,
                connection_number = m.connection_number + h.opens::int,
                assistant_count = coalesce(h.assistant_count, m.assistant_count),
                root_directory = coalesce(h.root_directory, m.root_directory),
                hostname = coalesce(h.hostname, m.hostname),
                os = coalesce(h.os, m.os),
                agent_version = coalesce(h.agent_version, m.agent_version)
              from heard h join before b on b.machine_id = h.machine_id,
                lateral (select h.heard_at > now() - h.ttl_seconds * interval '1 second' as fresh) f
              where m.machine_id = h.machine_id
                and (m.disconnected_at is null or h.heard_at > m.disconnected_at)
                and (h.connection = 0 or h.connection = m.connection_number)
              returning m.owner, m.machine_id, m.name, m.connection_number, h.opens, h.asked,
                b.status <> m.status as came_online,
                (b.assistant_count, b.root_directory, b.hostname, b.os, b.agent_version) is distinct from
                (m.assistant_count, m.root_directory, m.hostname, m.os, m.agent_version) as updated)
            select (extract(epoch from now()) * 1000000)::bigint, w.*
            from (select) once left join (
              select w.*, true as taken from written w where w.asked or w.came_online or w.updated
              union all
              select b.owner, b.machine_id, b.name, b.connection_number, h.opens, h.asked, false, false, false
              from heard h join before b on b.machine_id = h.machine_id
              where h.asked and not exists (select from written w where w.machine_id = h.machine_id)) w on true""";

    private HeardStatement() {}

    /** Writes and announces, and leaves the commit to the caller. Answers are completed only after it. */
    static Runnable execute(Connection connection, List<Heard> batch, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            new Columns(connection, statement).planAnew()
                    .add("text", batch, heard -> heard.slot().machineId)
                    .add("bigint", batch, heard -> micros(now - heard.at()))
                    .add("bigint", batch, heard -> heard.slot().floorMicros())
                    .add("bigint", batch, Heard::connection)
                    .add("bool", batch, Heard::opens)
                    .add("bool", batch, Heard::isAsked)
                    .add("int", batch, heard -> heard.assistantCount() == Slot.UNSAID ? null : heard.assistantCount())
                    .add("int", batch, heard -> heard.pace().ttlSeconds())
                    .add("text", batch, heard -> heard.details().rootDirectory())
                    .add("text", batch, heard -> heard.details().hostname())
                    .add("text", batch, heard -> heard.details().os())
                    .add("text", batch, heard -> heard.details().agentVersion());
            try (ResultSet rows = statement.executeQuery()) {
                return read(connection, rows, batch, now);
            }
        }
    }

    private static Runnable read(Connection connection, ResultSet rows, List<Heard> batch, long now)
            throws SQLException {
        Map<String, Heard> asked = batch.stream()
                .filter(Heard::isAsked)
                .collect(Collectors.toMap(heard -> heard.slot().machineId, Function.identity()));
        List<Change> changes = new ArrayList<>();
        List<Runnable> afterCommit = new ArrayList<>();
        long databaseNow = 0;
        while (rows.next()) {
            databaseNow = rows.getLong(1);
            String machineId = rows.getString("machine_id");
            if (machineId == null) {
                continue;
            }
            Heard heard = asked.remove(machineId);
            if (!rows.getBoolean("taken")) {
                // Something newer was written: no reason to say that there is no such machine.
                afterCommit.add(() -> heard.answer().completeExceptionally(Problems.unavailable()));
                continue;
            }
            changes(changes, rows, machineId);
            if (heard != null) {
                Arrival arrival = new Arrival(machineId, rows.getString("name"), rows.getLong("connection_number"),
                        heard.pace());
                afterCommit.add(() -> heard.answer().complete(arrival));
            }
        }
        Announcements.announce(connection, changes);
        long databaseTime = databaseNow;
        return () -> {
            batch.forEach(heard -> written(heard, databaseTime, now));
            afterCommit.forEach(Runnable::run);
            // No row: the machine was deleted meanwhile.
            asked.values().forEach(heard -> heard.answer().complete(null));
        };
    }

    private static void changes(List<Change> changes, ResultSet row, String machineId) throws SQLException {
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

    private static void written(Heard heard, long databaseNow, long now) {
        heard.slot().written(heard.at(), databaseNow - micros(now - heard.at()));
        heard.slot().online = true;
    }

    private static long micros(long nanos) {
        return Math.max(0, nanos / 1_000);
    }
}
