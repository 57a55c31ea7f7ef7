package org.machineregistry.alert;

/**
 * The two kinds of message about machines. Each has columns of its own in the rows, since a replica of the version before would take
 * a removal warning for an alert. What is due is frozen as text, and stays that text until it has arrived.
 */
enum MessageKind {
    /** The machine went down, or is back. Where what was told last is still so, there is nothing to tell. */
    ALERT("presence_clock_now()", new Columns("alert_due_micros", "alert_pending", "message_id"),
            """
            case
              when m.status = 'online' and m.alert_told is not null
                then concat_ws(' ', 'back', floor(extract(epoch from m.status_since) * 1000)::bigint,
                  floor(extract(epoch from m.alert_told) * 1000)::bigint)
              when m.status <> 'online' and m.alert_told is null and m.offline_reason <> all((select reasons from untold)::text[])
                then concat_ws(' ', 'down', floor(extract(epoch from m.status_since) * 1000)::bigint, m.offline_reason)
              end""",
            """
            , alert_told = case when a.pending like 'down %'
              then to_timestamp(split_part(a.pending, ' ', 2)::bigint / 1000.0) end"""),
    /** The machine will be removed unless it comes back. */
    REMOVAL_WARNING("removal_clock_now()", new Columns("warn_due_micros", "warning_pending", "warning_id"),
            """
            concat_ws(' ', floor(extract(epoch from m.status_since) * 1000)::bigint, m.offline_reason,
              floor(extract(epoch from m.removed_at) * 1000)::bigint,
              greatest(round((m.remove_due_micros - (select now from clock)) / 1000000.0), 0))""",
            "");

    /**
     * A machine that is offline may be on its way back until it could have been heard for its ttl, one that is back is back, and none
     * that is back has a warning due.
     */
    static final String CAN_BE_TOLD = "(m.status = 'online' or m.ttl_seconds + 2 <= ?)";

    // The ids are an array, since PostgreSQL may read the whole table for a join with them.
    private static final String FREEZE = """
            with clock as materialized (select {clock} as now),
            untold as (select ?::text[] as reasons),
            mine as materialized (
              select from alert_sender where holder = ? and leased_until_micros > presence_clock_now()),
            due as (
              select m.machine_id from machine m
              where m.{due} <= (select now from clock) and {canBeTold} and exists (select from mine)
              order by m.{due}, m.machine_id limit ? for no key update skip locked),
            frozen as (
              update machine m set {due} = null, {pending} = {text}
              where m.machine_id = any (array(select machine_id from due))
              returning m.machine_id, m.{pending} as pending)
            update alert_sender set {id} = (
              select 'msg_' || left(encode(sha256(convert_to(
                string_agg(machine_id || ' ' || pending, ',' order by machine_id), 'UTF8')), 'hex'), 32)
              from frozen where pending is not null)
            where exists (select from frozen where pending is not null)""";
    private static final String READ = """
            select s.{id} as message_id, m.machine_id, m.name, m.owner, m.{pending} as pending
            from alert_sender s, machine m where m.{pending} is not null order by m.machine_id limit ?""";
    private static final String SETTLE = """
            with told as (
              select * from unnest(?::text[], ?::text[]) as t (id, pending)),
            arrived as (
              select m.machine_id, t.pending from machine m join told t on t.id = m.machine_id and t.pending = m.{pending}
              order by m.machine_id for no key update of m skip locked),
            settled as (
              update machine m set {pending} = null{arrived} from arrived a where a.machine_id = m.machine_id)
            select count(*) as left_out from machine m join told t on t.id = m.machine_id and t.pending = m.{pending}
            where not exists (select from arrived where arrived.machine_id = m.machine_id)""";

    private record Columns(String due, String pending, String messageId) {}

    /**
     * Freezes what is due, by who has the lease alone: one who stood still until it was over would give what another sends a second id. Its
     * parameters are the untold reasons, who freezes, for how long machines were heard, and how many it takes at most.
     */
    final String freeze;
    /** Reads what is pending, of so many machines at most. */
    final String read;
    /** Writes that messages have arrived, given ids and texts, and counts the rows that somebody has locked. */
    final String settle;

    MessageKind(String clock, Columns columns, String text, String arrived) {
        freeze = fill(FREEZE, columns).replace("{clock}", clock).replace("{text}", text);
        read = fill(READ, columns);
        settle = fill(SETTLE, columns).replace("{arrived}", arrived);
    }

    MachineAlert parse(String machineId, String name, String owner, String pending) {
        return this == ALERT
                ? MachineAlert.parse(machineId, name, owner, pending)
                : MachineAlert.parseWarning(machineId, name, owner, pending);
    }

    private static String fill(String sql, Columns columns) {
        return sql.replace("{due}", columns.due).replace("{pending}", columns.pending)
                .replace("{id}", columns.messageId).replace("{canBeTold}", CAN_BE_TOLD);
    }
}
