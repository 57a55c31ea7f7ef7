-- What a machine tells of itself when it connects, and what runs on it: metadata is a JSON object of its own, assistants a JSON array.
-- Both are read where one machine is looked at, and nowhere else.
alter table machine
  add column arch       varchar(1024),
  add column os_user    varchar(1024),
  add column address    varchar(255),
  add column metadata   text,
  add column assistants text;

-- What is wide goes out of line, and the widest first, so that a heartbeat copies pointers rather than a list of assistants.
alter table machine
  alter column metadata set storage external,
  alter column assistants set storage external,
  set (toast_tuple_target = 1024);

-- How often its status has changed, from now on: the history forgets what is long ago, and a counter must not.
alter table machine
  add column status_changes bigint not null default 0;

create or replace function keep_status_history() returns trigger language plpgsql as $$
begin
  if new.status is distinct from old.status then
    new.status_since := now();
    new.status_changes := old.status_changes + 1;
    new.history := (array_prepend(concat_ws(' ', floor(extract(epoch from now()) * 1000)::bigint, new.status,
      new.offline_reason), old.history))[1:64];
  elsif cardinality(old.history) > 0 then
    -- It turned out why it is offline: no change of its status.
    new.history[1] := concat_ws(' ', split_part(old.history[1], ' ', 1), new.status, new.offline_reason);
  end if;
  return new;
end $$;
