-- Labels of the owner's choice: an object of strings. The service keeps to their limits; null is no value of any.
alter table machine
  add column labels jsonb not null default '{}' check (jsonb_typeof(labels) = 'object');

-- Of labelled machines alone, so that registering one without labels pays nothing. No heartbeat changes the column.
create index machine_by_label on machine using gin (labels) where labels <> '{}'::jsonb;
