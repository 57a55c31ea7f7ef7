-- Which enrolment key a machine came with. The key itself is not stored: it is a JWT.
alter table machine
  add column enrolled_with varchar(60) collate "C";
create index machine_by_enrolment on machine (enrolled_with) where enrolled_with is not null;
