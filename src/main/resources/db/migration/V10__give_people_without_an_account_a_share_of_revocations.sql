-- Anybody can start a session and end it: what they make so must leave room for people with accounts.
alter table revocation
  add column anonymous boolean not null default false;
create index revocation_by_anonymous on revocation (anonymous);
