-- What is withheld because it may bear a độ mật: why, since when, and how it came back. The record's state says `frozen`;
-- nothing here says what stands in it.
create table withholding (
  id uuid primary key,
  record_id uuid not null references record,
  agency_id uuid not null references agency,
  from_state text not null check (from_state in ('draft', 'declared')),
  -- reported: a clerk saw the mark. officer: the security officer did. mark-read: it was read in a file that was here.
  -- mark-sent: a file that bears it was sent for this record, and refused. mark-lifted: it bears GIẢI MẬT beside it.
  cause text not null check (cause in ('reported', 'officer', 'mark-read', 'mark-sent', 'mark-lifted')),
  note text,
  withheld_at timestamptz not null,
  withheld_by uuid references person,
  released_at timestamptz
);
create unique index on withholding (record_id) where released_at is null;
create index on withholding (agency_id, withheld_at) where released_at is null;

-- Two persons, and a numbered decision: one asks, another confirms. Decided rows stay.
create table withholding_release (
  id uuid primary key,
  withholding_id uuid not null references withholding,
  ground text not null check (ground in ('false-alarm', 'struck-through', 'declassified')),
  decision text not null check (decision <> ''),
  reason text not null,
  asked_by uuid not null references person,
  asked_at timestamptz not null,
  decided_by uuid references person,
  decided_at timestamptz,
  confirmed boolean,
  decision_reason text,
  check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (confirmed is null)),
  check (confirmed is not true or decided_by <> asked_by)
);
create unique index on withholding_release (withholding_id) where decided_at is null;

-- Withheld before this was kept.
insert into withholding (id, record_id, agency_id, from_state, cause, withheld_at)
select gen_random_uuid(), r.id, r.agency_id, case when r.registered_at is null then 'draft' else 'declared' end, 'reported', now()
from record r where r.state = 'frozen';

grant select, insert, update (released_at) on withholding to vk_app;
grant select, insert, update (decided_by, decided_at, confirmed, decision_reason) on withholding_release to vk_app;
