-- People after the first day: changes that wait for a second person, passwords that somebody else made, units that end.

alter table person_password add column given boolean not null default false;
comment on column person_password.given is 'made by somebody else; its owner sets another before anything else';

-- A unit that was made by mistake ends on the day it began.
alter table unit drop constraint unit_check;
alter table unit add check (valid_until is null or valid_until >= valid_from);

-- Two persons: one asks, another confirms; until then nothing is so. Decided rows stay.
create table people_change (
  id uuid primary key,
  agency_id uuid not null references agency,
  person_id uuid not null references person,
  kind text not null check (kind in ('role', 'clearance')),
  role text check (role in ('clerk', 'staff', 'leader', 'records-officer', 'auditor', 'administrator', 'security-officer')),
  from_rank smallint check (from_rank between 0 and 5),
  to_rank smallint check (to_rank between 0 and 5),
  reason text not null,
  asked_by uuid not null references person,
  asked_at timestamptz not null,
  decided_by uuid references person,
  decided_at timestamptz,
  confirmed boolean,
  decision_reason text,
  check ((kind = 'role') = (role is not null) and (kind = 'clearance') = (from_rank is not null and to_rank is not null)),
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (confirmed is null)),
  check (confirmed is not true or (decided_by <> asked_by and decided_by <> person_id))
);
create index on people_change (person_id) where decided_at is null;
-- The same is asked for once.
create unique index on people_change (person_id, kind, coalesce(role, '')) where decided_at is null;

grant select, insert, update (decided_by, decided_at, confirmed, decision_reason) on people_change to vk_app;
grant update (valid_until, successor_id) on unit to vk_app;
