-- The time by which presence is ordered and judged: a number that every replica moves on by its own monotonic clock and that
-- never goes back, whatever the clock of a host does. It starts near the time of day only so that it is easy to read.
create table presence_clock (
  one_row boolean primary key default true check (one_row),
  micros  bigint not null,
  -- When that was, by the time of day: how old the number is that somebody reads, as long as it is not set just then.
  as_of   timestamptz not null default clock_timestamp()
) with (fillfactor = 10);
insert into presence_clock (micros) values ((extract(epoch from now()) * 1000000)::bigint);

alter table machine
  -- The presence clock when the machine was last heard of, and when it last left.
  add column heard_micros    bigint not null default 0,
  add column departed_micros bigint not null default 0,
  -- The running agent that was heard last, as the start of the SHA-256 of its instance id.
  add column instance        bigint,
  -- The one that was heard before it. Where that is heard again, two hosts share one token.
  add column other_instance     bigint,
  add column other_hostname     varchar(1024),
  add column other_heard_micros bigint,
  add column shared             boolean not null default false;

update machine set heard_micros = micros from presence_clock where status = 'online';

-- While a service is updated, replicas of the version before this one write last_heartbeat and disconnected_at alone. A row that
-- they wrote is heard, or left, as of the presence clock. The conditions are false for each row that this version writes.
create function presence_clock_for_version_1() returns trigger language plpgsql as $$
begin
  if new.last_heartbeat is distinct from old.last_heartbeat then
    new.heard_micros := greatest(old.heard_micros, (select micros from presence_clock));
  end if;
  if new.disconnected_at is distinct from old.disconnected_at then
    new.departed_micros := greatest(old.departed_micros, (select micros from presence_clock));
  end if;
  return new;
end $$;

create trigger presence_clock_for_version_1 before update of last_heartbeat, disconnected_at on machine for each row
  when ((new.last_heartbeat is distinct from old.last_heartbeat and new.heard_micros = old.heard_micros)
    or (new.disconnected_at is distinct from old.disconnected_at and new.departed_micros = old.departed_micros))
  execute function presence_clock_for_version_1();
