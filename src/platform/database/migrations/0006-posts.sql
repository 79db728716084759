-- Posts say who gave them and why, as roles do; and what ends says by whom and why.
alter table appointment
  add column given_by uuid references person,
  add column reason text not null default '',
  add column ended_by uuid references person,
  add column end_reason text;
alter table role_assignment
  add column ended_by uuid references person,
  add column end_reason text;
