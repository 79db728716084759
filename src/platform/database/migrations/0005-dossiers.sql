-- The yearly file plan (danh mục hồ sơ) and the dossier (hồ sơ): Nghị định 30/2020, Điều 28 and 29; Phụ lục VI, Phần II, mục III.
-- Nothing is overwritten: places of documents are closed, and each change of a dossier keeps what stood before.

create table file_plan (
  id uuid primary key,
  agency_id uuid not null references agency,
  year integer not null check (year between 1900 and 2200),
  made_at timestamptz not null,
  made_by uuid references person,
  unique (agency_id, year)
);

-- Number of the decision that issued a plan; the newest row is the one that holds.
create table plan_document (
  id uuid primary key,
  plan_id uuid not null references file_plan,
  document text not null check (document <> ''),
  set_at timestamptz not null,
  set_by uuid references person
);
create index on plan_document (plan_id, set_at);

-- Large headings bear Roman numerals, those below them Arabic ones (Phụ lục V, mục I).
create table plan_heading (
  id uuid primary key,
  plan_id uuid not null references file_plan,
  parent_id uuid references plan_heading,
  ordinal integer not null check (ordinal >= 1),
  numeral text not null check (numeral ~ case when parent_id is null then '^[IVXLC]+$' else '^[1-9][0-9]*$' end),
  title text not null check (title <> ''),
  added_at timestamptz not null,
  added_by uuid references person
);
create unique index plan_heading_numeral on plan_heading (plan_id, coalesce(parent_id, plan_id), numeral);

create table dossier (
  id uuid primary key,
  agency_id uuid not null references agency,
  year integer not null check (year between 1900 and 2200),
  notation text not null check (length(notation) between 1 and 20),
  title text not null check (title <> ''),
  title_rank smallint not null check (title_rank between 0 and 5),
  -- What the whole must be kept as: at least as high as its title and as every document in it. Readers are told what they may see.
  mark smallint not null check (mark between title_rank and 5),
  -- Null when it stands outside the plan of its year (Điều 29(1)).
  plan_id uuid references file_plan,
  heading_id uuid references plan_heading,
  -- Its place in the plan, as the plan was loaded.
  plan_order integer,
  unit_id uuid references unit,
  owner_id uuid references person,
  retention text check (retention = 'permanent' or retention ~ '^([1-9][0-9]?|100)$'),
  retention_basis text,
  language text,
  start_date date,
  end_date date check (end_date >= start_date),
  note text,
  -- Code and title in folded form, for whoever looks for it by words.
  folded text not null,
  state text not null check (state in ('planned', 'open', 'closed')),
  opened_at timestamptz,
  opened_by uuid references person,
  closed_at timestamptz,
  closed_by uuid references person,
  closing_note text,
  -- What a person said when closing that only a person can say.
  confirmed text[] not null default '{}' check (confirmed <@ array['title-right', 'retention-right']),
  version integer not null check (version >= 1),
  added_at timestamptz not null,
  added_by uuid references person,
  unique (agency_id, year, notation),
  check ((state = 'planned') = (opened_at is null)),
  check ((state = 'closed') = (closed_at is not null) and (state = 'closed') = (closing_note is not null)),
  check (state <> 'closed' or (retention is not null and start_date is not null and end_date is not null))
);
create index on dossier (owner_id, state) where owner_id is not null;
create index on dossier (heading_id) where heading_id is not null;

-- A document's place in a dossier: `home` rules its retention, the others are links. Rows are closed, never removed.
create table dossier_item (
  id uuid primary key,
  dossier_id uuid not null references dossier,
  record_id uuid not null references record,
  home boolean not null,
  place integer not null,
  sheet_from integer check (sheet_from >= 1),
  sheet_to integer check (sheet_to >= sheet_from),
  note text,
  added_at timestamptz not null,
  added_by uuid references person,
  added_reason text,
  removed_at timestamptz,
  removed_by uuid references person,
  removed_reason text,
  check ((sheet_from is null) = (sheet_to is null)),
  check ((removed_at is null) <= (removed_by is null and removed_reason is null))
);
create unique index dossier_item_one_home on dossier_item (record_id) where home and removed_at is null;
create unique index dossier_item_one_place on dossier_item (dossier_id, record_id) where removed_at is null;
create index dossier_item_order on dossier_item (dossier_id, place) where removed_at is null;
create index on dossier_item (record_id);

create table dossier_change (
  id uuid primary key,
  dossier_id uuid not null references dossier,
  -- The document it is about: who may not know that one is not told of the change.
  record_id uuid references record,
  field text not null,
  before jsonb not null,
  after jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid references person,
  reason text,
  -- The higher of the labels its title bore before and after: what was said under a label stays under it.
  rank smallint not null check (rank between 0 and 5)
);
create index on dossier_change (dossier_id, changed_at);

grant select, insert on file_plan, plan_document, plan_heading, dossier_change to vk_app;
grant select, insert on dossier, dossier_item to vk_app;
grant update (notation, title, title_rank, mark, heading_id, unit_id, owner_id, retention, retention_basis, language, start_date,
  end_date, note, folded, state, opened_at, opened_by, closed_at, closed_by, closing_note, confirmed, version) on dossier to vk_app;
grant update (place, sheet_from, sheet_to, note, removed_at, removed_by, removed_reason) on dossier_item to vk_app;
