-- Removing machines that were offline for as long as their owner said. What is due is told by remove_due_micros, of the removal clock;
-- when that will be by the time of day, for people to read, by removed_at. Of the same clock is warn_due_micros, when the word before
-- is due; warning_pending is that word until a receiver has taken it ('<since> <reason> <removed at> <seconds left>').
alter table machine
  add column remove_after_seconds integer check (remove_after_seconds > 0),
  add column remove_due_micros    bigint,
  add column removed_at           timestamptz,
  add column warn_due_micros      bigint,
  add column warning_pending      varchar(100),
  add check (remove_due_micros is not null or removed_at is null and warn_due_micros is null and warning_pending is null);

-- All are small, and no ordinary heartbeat changes their columns.
create index machine_remove_due on machine (remove_due_micros) where remove_due_micros is not null;
create index machine_warn_due on machine (warn_due_micros) where warn_due_micros is not null;
create index machine_warning_pending on machine (machine_id) where warning_pending is not null;

-- Of the message that the pending words go out in: the same at each try.
alter table alert_sender add column warning_id varchar(64);

-- Time in which machines could be heard. It is counted on by replicas that reach the database, each few seconds, by the presence clock;
-- what lies between two counts is never taken for more than half a minute. So it stands still while the service or the database is
-- away, also where a replica's own clock went on meanwhile, and follows no clock that somebody sets.
create table removal_clock (
  one_row         boolean primary key default true check (one_row),
  micros          bigint not null default 0,
  presence_micros bigint not null
) with (fillfactor = 10);
insert into removal_clock (presence_micros) select micros from presence_clock;

create function removal_clock_now() returns bigint language sql volatile as $$
  select micros + least(greatest(presence_clock_now() - presence_micros, 0), 30000000) from removal_clock
$$;

-- By a trigger, as alerts are: several statements change the status, and so does the version before this one. A machine that was
-- offline before its time was set is still there for as long as the word before it needs: a day, or half of the time where that is
-- shorter. The conditions are false for an ordinary heartbeat.
create function keep_removal_due() returns trigger language plpgsql as $$
declare
  wait bigint := new.remove_after_seconds * 1000000::bigint;
  notice bigint := least(wait / 2, 86400000000);
begin
  if new.remove_after_seconds is null or new.status = 'online' then
    new.remove_due_micros := null;
    new.removed_at := null;
    new.warn_due_micros := null;
    new.warning_pending := null;
    return new;
  end if;
  if tg_op = 'UPDATE' and old.status = new.status then
    wait := greatest(notice, wait - greatest((extract(epoch from now() - new.status_since) * 1000000)::bigint, 0));
  end if;
  new.remove_due_micros := removal_clock_now() + wait;
  new.removed_at := now() + wait * interval '1 microsecond';
  new.warn_due_micros := new.remove_due_micros - notice;
  new.warning_pending := null;
  return new;
end $$;

create trigger keep_removal_due_new before insert on machine for each row
  when (new.remove_after_seconds is not null)
  execute function keep_removal_due();

create trigger keep_removal_due before update of status, remove_after_seconds on machine for each row
  when (new.remove_after_seconds is distinct from old.remove_after_seconds
    or new.remove_after_seconds is not null and (new.status = 'online') <> (old.status = 'online'))
  execute function keep_removal_due();
