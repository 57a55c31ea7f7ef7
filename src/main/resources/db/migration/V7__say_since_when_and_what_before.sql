-- Since when a machine has its status, and what it was before: the last 64 changes, the newest first, each as
-- '<milliseconds since the epoch> <status> <reason>'. Once it is wide, it is stored out of line, so that a heartbeat copies a pointer.
alter table machine
  add column status_since timestamptz not null default now(),
  add column history      text[]      not null default '{}';
alter table machine
  alter column history set storage external,
  alter column history set default
    array[floor(extract(epoch from now()) * 1000)::bigint || ' offline never_connected'];

-- When those that are here changed is not known for sure.
update machine set status_since = case
  when offline_reason = 'never_connected' then created_at
  when offline_reason = 'disconnected' then coalesce(disconnected_at, last_heartbeat)
  when offline_reason is not null then last_heartbeat
  else now() end;

-- By a trigger, because four statements change the status, and so does the version before this one, while a service is updated.
-- The condition is false for an ordinary heartbeat. The order is that of the changes, whatever the clock does.
create function keep_status_history() returns trigger language plpgsql as $$
begin
  if new.status is distinct from old.status then
    new.status_since := now();
    new.history := (array_prepend(concat_ws(' ', floor(extract(epoch from now()) * 1000)::bigint, new.status,
      new.offline_reason), old.history))[1:64];
  elsif cardinality(old.history) > 0 then
    -- It turned out why it is offline: no change of its status.
    new.history[1] := concat_ws(' ', split_part(old.history[1], ' ', 1), new.status, new.offline_reason);
  end if;
  return new;
end $$;

create trigger keep_status_history before update of status, offline_reason on machine for each row
  when (new.status is distinct from old.status or new.offline_reason is distinct from old.offline_reason)
  execute function keep_status_history();
