-- Whether its owner came without an account: what all of them together have is bounded. Of machines that were registered before
-- this, nobody knows.
alter table machine add column anonymous boolean not null default false;

-- Counted now and then; no heartbeat changes the column.
create index machine_of_anonymous on machine (anonymous) where anonymous;
