package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.machineregistry.batch.Columns;
import org.machineregistry.change.Announcements;

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
              where not exists (select from written w where w.machine_id = h.machine_id)) w on true""";

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
            HeardOutcome outcome = new HeardOutcome(batch, now);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    outcome.read(rows);
                }
            }
            Announcements.announce(connection, outcome.changes());
            return outcome::afterCommit;
        }
    }

    static long micros(long nanos) {
        return Math.max(0, nanos / 1_000);
    }
}
