-- Telling somebody when a machine goes down, and when it is back. The row is the outbox: alert_due_micros says when there may be
-- something to tell, alert_pending what is being told until a receiver has taken it ('down <since> <reason>', or
-- 'back <since> <down since>', in milliseconds since the epoch), alert_told since when it has been down as was told last.
alter table machine
  add column alert_after_seconds integer check (alert_after_seconds > 0),
  add column alert_due_micros    bigint,
  add column alert_pending       varchar(100),
  add column alert_told          timestamptz,
  add check (alert_after_seconds is not null
    or alert_due_micros is null and alert_pending is null and alert_told is null);

-- Both are small, and no ordinary heartbeat changes their columns.
create index machine_alert_due on machine (alert_due_micros) where alert_due_micros is not null;
create index machine_alert_pending on machine (machine_id) where alert_pending is not null;

-- Who sends: one replica at a time, until its lease ends or it gives it back. After a failure it keeps the lease until the next try.
create table alert_sender (
  one_row             boolean primary key default true check (one_row),
  leased_until_micros bigint not null default 0,
  holder              varchar(36),
  failures            integer not null default 0,
  -- Of the message that the pending ones go out in: the same at each try.
  message_id          varchar(64)
) with (fillfactor = 10);
insert into alert_sender default values;

-- The presence clock, counted on from when it was last moved. It stands still while no replica runs, so that time in which nobody
-- could hear machines does not count against them.
create function presence_clock_now() returns bigint language sql volatile as $$
  select micros + least(greatest((extract(epoch from clock_timestamp() - as_of) * 1000000)::bigint, 0), 1500000)
  from presence_clock
$$;

-- What will have been told once what is pending has arrived decides: who was told of down is told of back, and the other way round;
-- a change that is over before its time is told to nobody. By a trigger, as the history is kept: several statements change the
-- status, and so does the version before this one. The condition is false for an ordinary heartbeat.
create function keep_alert_due() returns trigger language plpgsql as $$
declare
  told_down boolean := coalesce(new.alert_pending like 'down %', new.alert_told is not null);
begin
  if new.alert_after_seconds is null then
    new.alert_due_micros := null;
    new.alert_pending := null;
    new.alert_told := null;
  elsif new.status = 'online' then
    new.alert_due_micros := case when told_down then presence_clock_now() end;
  else
    new.alert_due_micros := case when not told_down
      then presence_clock_now() + new.alert_after_seconds * 1000000::bigint end;
  end if;
  return new;
end $$;

create trigger keep_alert_due_new before insert on machine for each row
  when (new.alert_after_seconds is not null)
  execute function keep_alert_due();

create trigger keep_alert_due before update of status, alert_after_seconds on machine for each row
  when (new.alert_after_seconds is distinct from old.alert_after_seconds
    or new.alert_after_seconds is not null and (new.status = 'online') <> (old.status = 'online'))
  execute function keep_alert_due();
