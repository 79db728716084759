-- The whole office: paper that has no file yet, versions of what a record looks like, books that another system numbers,
-- and the bodies that send and receive.

-- What came besides or instead of a file ("kèm theo không số hóa"), and where it lies.
alter table record
  add column paper_kind text check (paper_kind in ('paper', 'sealed-envelope', 'bid', 'book', 'storage-device', 'other')),
  add column paper_store text,
  add column paper_shelf text,
  add column paper_box text;

-- A draft that turned out to be the scan of another record: its files are there now, its row stays.
alter table record drop constraint record_state_check;
alter table record add constraint record_state_check check (state in ('draft', 'declared', 'frozen', 'joined'));
alter table record
  add column joined_into uuid references record,
  add check ((state = 'joined') = (joined_into is not null)),
  add check (state <> 'joined' or registered_at is null),
  add check (joined_into <> id);
create index on record (joined_into) where joined_into is not null;

-- Versions: as received, its scan, a scan again. Counted from 1, never overwritten.
alter table representation drop constraint representation_kind_check;
alter table representation add constraint representation_kind_check check (kind in ('original', 'scan', 'rescan'));
alter table representation
  add column number integer check (number >= 1),
  add column note text,
  add column made_by uuid references person;
update representation v set number = 1, made_by = r.received_by from record r where r.id = v.record_id;
alter table representation alter column number set not null;
alter table representation add unique (record_id, number);
-- Each has a main file of its own, and one only.
create unique index record_file_main on record_file (representation_id) where role = 'main';
create index on record_file (representation_id);

-- The books. What an external one takes, and an own one took below its start, came from `other_system`.
alter table register
  add column other_system text,
  add column set_up_at timestamptz,
  add column set_up_by uuid references person,
  add check ((kind = 'own') <= (direction = 'incoming'));
create table register_change (
  id uuid primary key,
  register_id uuid not null references register,
  before jsonb not null,
  after jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid not null references person,
  reason text not null
);
create index on register_change (register_id, changed_at);

-- taken: the number another system gave. Numbers of ours are the rest; `register.last_number` counts only those.
alter table register_entry add column taken boolean not null default false;
alter table register_entry add check (not taken or number is not null);
create index register_entry_in_order on register_entry (register_id, number desc nulls last, entered_at desc, id desc);
create index register_entry_ours on register_entry (register_id) where number is not null and not taken;

-- Outside bodies: one body, many names and spellings over time. Rows end, are merged, and stay.
create table correspondent (
  id uuid primary key,
  agency_id uuid not null references agency,
  -- Mã định danh điện tử, Quyết định 20/2020/QĐ-TTg
  code text check (length(code) between 1 and 35),
  -- put on the list by a person; else only met on a document, and known to those who know the document
  listed boolean not null,
  made_at timestamptz not null,
  made_by uuid references person,
  merged_into uuid references correspondent,
  merged_at timestamptz,
  merged_by uuid references person,
  merge_reason text,
  check (merged_into <> id),
  check (num_nulls(merged_into, merged_at, merged_by, merge_reason) in (0, 4)),
  check (code is null or listed)
);
create unique index on correspondent (agency_id, code) where merged_into is null;
create index on correspondent (merged_into) where merged_into is not null;

create table correspondent_name (
  id uuid primary key,
  correspondent_id uuid not null references correspondent,
  -- whose it was when it was written; another than correspondent_id after a merger
  first_of uuid not null references correspondent,
  agency_id uuid not null references agency,
  kind text not null check (kind in ('name', 'spelling')),
  name text not null check (name <> ''),
  -- kernel/folding.ts: one tone placement, small letters; and without marks
  exact text not null,
  folded text not null,
  valid_from date,
  valid_until date,
  made_at timestamptz not null,
  made_by uuid references person,
  check (valid_until is null or valid_from is null or valid_until > valid_from)
);
create index on correspondent_name (agency_id, folded);
create index on correspondent_name (correspondent_id);
create unique index correspondent_name_today on correspondent_name (correspondent_id) where kind = 'name' and valid_until is null;

create table correspondent_change (
  id uuid primary key,
  correspondent_id uuid not null references correspondent,
  field text not null check (field in ('code', 'listed', 'merged')),
  before jsonb not null,
  after jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid references person
);
create index on correspondent_change (correspondent_id, changed_at);

-- The body that the issuer's text means. Documents from before this migration get theirs from the house (registry, the round).
alter table record add column correspondent_id uuid references correspondent;
create index record_by_correspondent on record (correspondent_id) where correspondent_id is not null;
create index record_without_correspondent on record (id) where correspondent_id is null and issuer is not null;

grant update (kind, start_number, other_system) on register to vk_app;
grant select, insert on register_change, correspondent_change, correspondent, correspondent_name to vk_app;
grant update (code, listed, merged_into, merged_at, merged_by, merge_reason) on correspondent to vk_app;
grant update (correspondent_id, kind, valid_until) on correspondent_name to vk_app;
