package org.machineregistry.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.machineregistry.change.Announcements;
import org.machineregistry.database.Columns;
import org.machineregistry.presence.clock.PresenceClock;

/**
 * Writes that machines were heard of: one statement, whatever their number. A row that somebody else has locked is left out, so
 * that it holds up its own machine alone.
 */
final class HeartbeatStatement {
    // The presence clock tells heard_micros and departed_micros; last_heartbeat is for people, by the time of day.
    private static final String SQL = """
            with heard as (
              -- What a machine tells of itself comes as JSON in one column, which is null for a heartbeat.
              select *, greatest(clock - heard_micros, 0) as age, details::jsonb as told
              from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bool[], ?::bool[], ?::bigint[], ?::int[],
                  ?::int[], ?::text[], ?::text[])
                as h(machine_id, clock, heard_micros, connection, opens, asked, instance, assistant_count, ttl_seconds,
                  address, details)),
            before as (
              select m.* from machine m join heard h on h.machine_id = m.machine_id
              order by m.machine_id for no key update of m skip locked),
            written as (
              update machine m set
                heard_micros = greatest(m.heard_micros, f.heard_micros),
                last_heartbeat = case when f.heard_micros > m.heard_micros
                  then now() - h.age * interval '1 microsecond' else m.last_heartbeat end,
                status = case when f.fresh then 'online' else m.status end,
                offline_reason = case when f.fresh then null else m.offline_reason end,
                ttl_seconds = h.ttl_seconds,
                connection_number = m.connection_number + h.opens::int,
                assistant_count = coalesce(f.newest_count, m.assistant_count),
                instance = coalesce(h.instance, m.instance),
                other_instance = case when f.changes then m.instance else m.other_instance end,
                other_hostname = case when f.changes then m.hostname else m.other_hostname end,
                other_heard_micros = case when f.changes then m.heard_micros else m.other_heard_micros end,
                shared = f.shared,
                root_directory = coalesce(h.told ->> 'rootDirectory', m.root_directory),
                hostname = coalesce(h.told ->> 'hostname', case when f.returns then m.other_hostname else m.hostname end),
                os = coalesce(h.told ->> 'os', m.os),
                arch = coalesce(h.told ->> 'arch', m.arch),
                os_user = coalesce(h.told ->> 'user', m.os_user),
                agent_version = coalesce(h.told ->> 'agentVersion', m.agent_version),
                address = coalesce(f.newest_address, m.address),
                metadata = coalesce(h.told ->> 'metadata', m.metadata),
                -- Who counts others than are listed has a list that is not so any more.
                assistants = coalesce(h.told ->> 'assistants',
                  case when f.newest_count <> m.assistant_count and m.assistants is not null then '[]'
                    else m.assistants end)
              from heard h join before b on b.machine_id = h.machine_id,
                -- Who waits for an answer is heard now, and so after whatever was written before.
                lateral (select case when h.asked then greatest(h.heard_micros, b.departed_micros + 1)
                    else h.heard_micros end as heard_micros,
                  h.age < h.ttl_seconds * 1000000::bigint as fresh,
                  h.instance <> b.instance as changes,
                  h.instance <> b.instance and h.instance is not distinct from b.other_instance as returns) g,
                lateral (select g.*,
                  -- A heartbeat that waited to be written does not override what was said after it.
                  case when h.asked or g.heard_micros >= b.heard_micros then h.assistant_count end as newest_count,
                  case when h.asked or g.heard_micros >= b.heard_micros then h.address end as newest_address,
                  coalesce((g.returns or b.shared)
                  and g.heard_micros - case when g.changes then b.heard_micros else b.other_heard_micros end
                    < h.ttl_seconds * 1000000::bigint, false) as shared) f
              where m.machine_id = h.machine_id
                and f.heard_micros > m.departed_micros
                and (h.connection < 0 or h.connection = m.connection_number)
              returning m.owner, m.machine_id, m.name, m.connection_number, h.opens, h.asked,
                b.status <> m.status as came_online,
                (b.assistant_count, b.shared) is distinct from (m.assistant_count, m.shared)
                  or not m.shared and b.hostname is distinct from m.hostname
                  -- What is stored out of line is looked at only where something was told. Where a heartbeat comes from is
                  -- no news: of a machine with two ways to the service, each heartbeat comes from elsewhere.
                  or (h.asked or h.told is not null) and (b.root_directory, b.os, b.arch, b.os_user, b.agent_version, b.address,
                    b.metadata, b.assistants) is distinct from (m.root_directory, m.os, m.arch, m.os_user,
                    m.agent_version, m.address, m.metadata, m.assistants) as updated),
            left_out as materialized (
              select * from heard h where not exists (select from written w where w.machine_id = h.machine_id))
            select (extract(epoch from now()) * 1000000)::bigint as epoch_micros, w.*
            from (select) once left join (
              select 'TAKEN' as outcome, w.* from written w where w.asked or w.came_online or w.updated
              union all
              select case when b.machine_id is null then 'LOCKED' else 'REFUSED' end,
                m.owner, m.machine_id, m.name, m.connection_number, h.opens, h.asked, false, false
              from left_out h join machine m on m.machine_id = h.machine_id
                left join before b on b.machine_id = h.machine_id) w on true""";

    private HeartbeatStatement() {}

    /**
     * Writes and announces. Where there was nothing to announce, the commit is left to the caller. What became of the batch is dealt with only after it.
     *
     * @param now of {@link System#nanoTime()}
     */
    static HeartbeatOutcome execute(Connection connection, List<HeartbeatWrite> batch, PresenceClock clock, long now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            new Columns(connection, statement).planAnew()
                    .add("text", batch, write -> write.entry().machineId)
                    .add("bigint", batch, write -> clock.at(now))
                    .add("bigint", batch, write -> clock.at(write.isAsked() ? now : write.at()))
                    .add("bigint", batch, HeartbeatWrite::connection)
                    .add("bool", batch, HeartbeatWrite::opens)
                    .add("bool", batch, HeartbeatWrite::isAsked)
                    .add("bigint", batch, write -> write.instance().fingerprint())
                    .add("int", batch,
                            write -> write.assistantCount() == PresenceEntry.UNSAID ? null : write.assistantCount())
                    .add("int", batch, write -> write.interval().ttlSeconds())
                    .add("text", batch, HeartbeatWrite::address)
                    .add("text", batch, write -> write.details().json());
            HeartbeatOutcome outcome = new HeartbeatOutcome(batch);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    outcome.read(rows);
                }
            }
            Announcements.announceAndCommit(connection, outcome.changes());
            return outcome;
        }
    }
}
