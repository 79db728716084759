-- The archive's tables. Names are the field's own; laws between them stand in docs/ARCHITECTURE.md.
-- Runs as vk_owner, which nobody logs in as. The grants at the end are the whole of what the application may do.

create table agency (
  id uuid primary key,
  code text not null unique check (length(code) between 1 and 35),
  symbol text not null,
  name text not null,
  parent_name text,
  valid_from date not null,
  valid_until date,
  check (valid_until is null or valid_until > valid_from)
);

-- Units are reorganised every few years: they end and gain a successor, they are never renamed in place.
create table unit (
  id uuid primary key,
  agency_id uuid not null references agency,
  parent_id uuid references unit,
  successor_id uuid references unit,
  symbol text not null,
  name text not null,
  name_en text,
  valid_from date not null,
  valid_until date,
  check (valid_until is null or valid_until > valid_from)
);
create index on unit (agency_id);
create index on unit (parent_id);

create table person (
  id uuid primary key,
  agency_id uuid not null references agency,
  login_name text not null check (login_name = lower(login_name)),
  full_name text not null,
  created_at timestamptz not null,
  unique (login_name)
);

create table person_password (
  person_id uuid primary key references person,
  hash text not null check (hash like '$argon2id$%'),
  changed_at timestamptz not null
);

-- A person holds posts in units from/until; the rows are closed, never changed.
create table appointment (
  id uuid primary key,
  person_id uuid not null references person,
  unit_id uuid not null references unit,
  post text not null check (post in ('ministry-leader', 'chief-of-office', 'unit-leader', 'unit-clerk', 'officer')),
  valid_from date not null,
  valid_until date,
  check (valid_until is null or valid_until >= valid_from)
);
create index on appointment (person_id);

create table role_assignment (
  id uuid primary key,
  person_id uuid not null references person,
  role text not null check (role in ('clerk', 'staff', 'leader', 'records-officer', 'auditor', 'administrator', 'security-officer')),
  valid_from date not null,
  valid_until date,
  given_by uuid references person,
  reason text not null,
  check (valid_until is null or valid_until >= valid_from)
);
create index on role_assignment (person_id);

create table clearance (
  id uuid primary key,
  person_id uuid not null references person,
  rank smallint not null check (rank between 0 and 5),
  valid_from date not null,
  valid_until date,
  given_by uuid references person,
  reason text not null,
  check (valid_until is null or valid_until >= valid_from)
);
create index on clearance (person_id);

-- Sessions and tokens: 256 random bits, of which only the hash is kept.
create table session (
  id uuid primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  person_id uuid not null references person,
  address text not null,
  user_agent text not null,
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index on session (person_id);

create table access_token (
  id uuid primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  person_id uuid not null references person,
  name text not null,
  scopes text[] not null check (scopes <@ array['upload', 'search'] and cardinality(scopes) > 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index on access_token (person_id);

-- Failures are counted by name *and* place, so that a stranger cannot lock a person out (ASVS 5.0 V6.3.1).
create table sign_in_failure (
  id bigint generated always as identity primary key,
  name_hash bytea not null,
  address text not null,
  at timestamptz not null
);
create index on sign_in_failure (name_hash, at);
create index on sign_in_failure (address, at);

create table first_start (
  only_one boolean primary key default true check (only_one),
  token_hash bytea not null,
  made_at timestamptz not null,
  used_at timestamptz
);

-- The legal book (sổ đăng ký): own allocates, external takes the number that another system or the document itself gave.
create table register (
  id uuid primary key,
  agency_id uuid not null references agency,
  direction text not null check (direction in ('incoming', 'outgoing', 'internal')),
  series text not null default 'main',
  year integer not null check (year between 1900 and 2200),
  kind text not null check (kind in ('own', 'external')),
  start_number integer not null default 1 check (start_number >= 1),
  last_number integer not null check (last_number >= start_number - 1),
  unique (agency_id, direction, series, year)
);

create table record (
  id uuid primary key,
  agency_id uuid not null references agency,
  state text not null check (state in ('draft', 'declared', 'frozen')),
  version integer not null check (version >= 1),
  -- The label in force; its history is record_label. Never null: before registration it is 2, Có điều kiện.
  rank smallint not null check (rank between 0 and 5),
  open_to_all boolean not null default false,
  lead_unit_id uuid references unit,
  -- Nghị định 30/2020, Phụ lục VI, Phần II, mục I and II.
  direction text not null check (direction in ('incoming', 'outgoing', 'internal')),
  document_type text,
  code_number text,
  code_notation text,
  issued_date date,
  issuer text,
  subject text not null check (subject <> ''),
  language text,
  page_amount integer check (page_amount >= 0),
  description text,
  signer_position text,
  signer_name text,
  recipients text[] not null default '{}',
  urgency text not null default 'normal' check (urgency in ('normal', 'urgent', 'very-urgent', 'express')),
  issued_amount integer check (issued_amount >= 0),
  due_date date,
  arrival_date date,
  to_places text,
  trace text,
  dossier_year integer,
  dossier_notation text,
  dossier_ordinal integer,
  arrival_number integer check (arrival_number >= 1),
  received_at timestamptz not null,
  received_by uuid references person,
  registered_at timestamptz,
  registered_by uuid references person,
  -- "chỉ bản đã đăng ký mới có số": a number stands only on what is registered.
  check ((state = 'draft') <= (registered_at is null)),
  check (arrival_number is null or registered_at is not null)
);
create index record_by_time on record (agency_id, received_at desc, id desc);
create index record_waiting on record (agency_id, received_at, id) where state = 'draft';
create index record_by_number on record (lower(code_number || '/' || code_notation));
create index record_by_arrival on record (agency_id, arrival_number) where arrival_number is not null;

create table record_unit (
  record_id uuid not null references record,
  unit_id uuid not null references unit,
  primary key (record_id, unit_id)
);

-- Need-to-know, one row for each way in: `all`, `unit:<id>`, `person:<id>`, `desk:<agency id>`. Dated, closed, never removed.
create table record_reader (
  id uuid primary key,
  record_id uuid not null references record,
  reader text not null check (reader = 'all' or reader ~ '^(unit|person|desk):[0-9a-f-]{36}$'),
  valid_from date not null,
  valid_until date,
  given_by uuid references person,
  reason text not null,
  check (valid_until is null or valid_until >= valid_from)
);
create index on record_reader (record_id, reader);

create table record_label (
  id uuid primary key,
  record_id uuid not null references record,
  rank smallint not null check (rank between 0 and 5),
  set_at timestamptz not null,
  set_by uuid references person,
  reason text not null
);
create index on record_label (record_id, set_at);

create table register_entry (
  id uuid primary key,
  register_id uuid not null references register,
  number integer,
  number_text text,
  record_id uuid not null references record,
  entered_at timestamptz not null,
  entered_by uuid references person,
  voided_at timestamptz,
  void_reason text,
  unique (register_id, number),
  check ((voided_at is null) = (void_reason is null))
);
create index on register_entry (record_id);

create table field_change (
  id uuid primary key,
  record_id uuid not null references record,
  field text not null,
  before jsonb not null,
  after jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid references person,
  reason text
);
create index on field_change (record_id, changed_at);

-- Bytes: reached through a record's files, never by their hash; an opaque key used once.
create table content_object (
  id uuid primary key,
  area text not null check (area in ('quarantine', 'vault')),
  sha256 bytea not null check (length(sha256) = 32),
  sha512 bytea not null check (length(sha512) = 64),
  size bigint not null check (size > 0),
  media_type text not null,
  format text not null,
  stored_at timestamptz not null,
  vaulted_at timestamptz,
  damaged_at timestamptz
);

create table representation (
  id uuid primary key,
  record_id uuid not null references record,
  kind text not null check (kind in ('original')),
  made_at timestamptz not null
);
create index on representation (record_id);

create table record_file (
  id uuid primary key,
  record_id uuid not null references record,
  representation_id uuid not null references representation,
  content_id uuid not null unique references content_object,
  ordinal integer not null check (ordinal >= 1),
  role text not null check (role in ('main', 'attachment')),
  name text not null,
  stage text not null check (stage in ('received', 'checked', 'vaulted', 'recognising', 'ready', 'kept-unread', 'failed')),
  problem text,
  text_unit text check (text_unit in ('page', 'paragraph')),
  pages integer check (pages >= 0),
  received_at timestamptz not null,
  unique (record_id, ordinal)
);

-- What the machine read, page by page: derived, replaceable, carries the label of its record.
create table page_text (
  file_id uuid not null references record_file,
  number integer not null check (number >= 1),
  text text not null,
  source text not null check (source in ('layer', 'ocr', 'waiting')),
  confidence real,
  words jsonb,
  primary key (file_id, number)
);

create table idempotency (
  person_id uuid not null references person,
  key text not null check (length(key) between 1 and 200),
  request_hash bytea not null,
  status integer not null,
  reply jsonb not null,
  at timestamptz not null,
  primary key (person_id, key)
);

-- The log. `leaf` is the exact canonical text (RFC 8785) that will be hashed; the other columns are a projection of it.
create table audit_event (
  id bigint generated always as identity primary key,
  event_id uuid not null unique,
  leaf text not null check (octet_length(leaf) < 65536),
  at timestamptz not null,
  type text not null,
  outcome text not null check (outcome in ('done', 'refused', 'not-found', 'failed')),
  agency_id uuid,
  person_id uuid,
  session_id uuid,
  record_id uuid,
  -- Asked for and not given: a record, or a file of one, or nothing there is.
  tried_id uuid,
  rank smallint,
  address text not null
);
create index on audit_event (at desc, id desc);
create index on audit_event (person_id, at desc) where person_id is not null;
create index on audit_event (record_id, at desc) where record_id is not null;
create index on audit_event (tried_id, at desc) where tried_id is not null;
create index on audit_event (type, at desc);

-- Words that were searched for: apart from the log, which keeps only their salted digest.
create table sealed_words (
  event_id uuid primary key,
  rank smallint not null,
  salt bytea not null,
  words text not null
);

-- Each reading of a record for the index takes the next one: what was read later is newer.
create sequence search_version;

grant usage on sequence search_version to vk_app;
grant select, insert on agency, unit, person, record_label, representation, content_object, register, register_entry, field_change to vk_app;
grant select, insert, update on person_password, session, access_token, appointment, role_assignment, clearance, first_start to vk_app;
grant select, insert, delete on sign_in_failure to vk_app;
grant select, insert, update on record, record_reader, record_file, page_text to vk_app;
grant select, insert, delete on record_unit to vk_app;
grant select, insert on idempotency to vk_app;
grant update (last_number) on register to vk_app;
grant update (area, vaulted_at, damaged_at) on content_object to vk_app;
grant update (voided_at, void_reason) on register_entry to vk_app;
grant insert on audit_event, sealed_words to vk_app;
grant select on audit_event, person, appointment, unit to vk_audit;
grant select (id, arrival_number, code_number, code_notation, agency_id) on record to vk_audit;
grant select (id, record_id) on record_file to vk_audit;
