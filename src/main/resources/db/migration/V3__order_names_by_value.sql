-- The order of names: without case, and numbers by their value. Each number says first how many digits it has, eight at most in
-- one digit, with a 9 before it for each eight more. The service makes the same key (NaturalOrder).
create function name_sort_key(sort_name text) returns text language sql immutable strict parallel safe as $$
  select coalesce(string_agg(
      case when part[1] ~ '^[0-9]' then
        repeat('9', (length(number) - 1) / 8) || ((length(number) - 1) % 8 + 1)::text || number
      else part[1] end, '' order by place), '')
  from regexp_matches(sort_name, '[0-9]+|[^0-9]+', 'g') with ordinality as parts(part, place),
    lateral (select coalesce(nullif(ltrim(part[1], '0'), ''), '0') as number) n
$$;

alter table machine add column sort_key varchar(600) collate "C";
update machine set sort_key = name_sort_key(sort_name);
alter table machine alter column sort_key set not null;

drop index machine_by_owner;
create index machine_by_owner on machine (owner, sort_key, machine_id);

-- While a service is updated, replicas of the version before this one write sort_name alone. The conditions are false for each row
-- that this version writes, but for a new name of the same key, of which the trigger makes that key again.
create function sort_key_for_version_2() returns trigger language plpgsql as $$
begin
  new.sort_key := name_sort_key(new.sort_name);
  return new;
end $$;

create trigger sort_key_for_version_2_new before insert on machine for each row
  when (new.sort_key is null)
  execute function sort_key_for_version_2();

create trigger sort_key_for_version_2_renamed before update of sort_name on machine for each row
  when (new.sort_name is distinct from old.sort_name and new.sort_key is not distinct from old.sort_key)
  execute function sort_key_for_version_2();
