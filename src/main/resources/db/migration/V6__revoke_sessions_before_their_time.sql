-- What the service signed and was taken back before its time: one session or link, by its id; or all that was started for a
-- person up to a time. A row goes some time after what it revokes has expired by itself.
create table revocation (
  kind          varchar(7) not null check (kind in ('session', 'person')),
  id            varchar(255) not null,
  started_until timestamptz,
  expires_at    timestamptz not null,
  primary key (kind, id),
  check ((kind = 'person') = (started_until is not null))
);
