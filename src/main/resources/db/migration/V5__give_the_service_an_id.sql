-- By it, browsers tell the cookie of this service from those of others on the same host. Cookies know no ports.
create table service_id (
  one_row boolean primary key default true check (one_row),
  id      varchar(8) not null
);
insert into service_id (id) values (left(replace(gen_random_uuid()::text, '-', ''), 8));
