-- The list of everybody's machines, which an administrator reads a page at a time. No heartbeat changes these columns.
create index machine_by_name on machine (sort_key, machine_id);
