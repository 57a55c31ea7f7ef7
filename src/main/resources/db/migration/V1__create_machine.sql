create table machine (
  machine_id        varchar(64)  collate "C" primary key check (machine_id ~ '^[A-Za-z0-9_-]{10,64}$'),
  owner             varchar(255) collate "C" not null,
  name              varchar(100) not null check (name <> ''),
  -- The name without case, made by the service: the same order and the same search on every PostgreSQL.
  sort_name         varchar(300) collate "C" not null,

  -- SHA-256. The next one is a rotated secret that was not used yet; until then the first one is good, up to its expiry.
  secret_hash       bytea not null check (octet_length(secret_hash) = 32),
  next_secret_hash  bytea check (octet_length(next_secret_hash) = 32),
  secret_expires_at timestamptz,

  status            varchar(7) not null default 'offline' check (status in ('online', 'offline')),
  offline_reason    varchar(20) default 'never_connected'
                    check (offline_reason in ('never_connected', 'disconnected', 'connection_lost', 'missed_heartbeats')),
  last_heartbeat    timestamptz not null default now(),
  disconnected_at   timestamptz,
  ttl_seconds       integer not null default 45 check (ttl_seconds > 0),
  -- The number of the newest socket: what an older one says changes nothing.
  connection_number bigint not null default 0,

  assistant_count   integer not null default 0 check (assistant_count between 0 and 100000),
  root_directory    varchar(1024),
  hostname          varchar(1024),
  os                varchar(1024),
  agent_version     varchar(1024),
  created_at        timestamptz not null default now(),

  check ((status = 'online') = (offline_reason is null)),
  check ((next_secret_hash is null) = (secret_expires_at is null))
)
-- Room on each page, and no index over a column that a heartbeat changes: all heartbeats are HOT updates.
with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.1,
      autovacuum_vacuum_cost_delay = 1);

create index machine_by_owner on machine (owner, sort_name, machine_id);

-- The sweep for the silent, and the size of the fleet.
create index machine_online on machine (machine_id) where status = 'online';
