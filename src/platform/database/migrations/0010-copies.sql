-- Copies (bản sao) that bear a name: what is given out instead of the original above Công khai, numbered and registered
-- (Nghị định 30/2020, Điều 25 to 27; Thông tư 05/2025/TT-BNV, Chương 6). Rows are added and never changed.

-- Each rank has a series of its own: a number tells nothing of copies of another level.
create table copy_series (
  agency_id uuid not null references agency,
  year integer not null check (year between 1900 and 2200),
  rank smallint not null check (rank between 1 and 5),
  last_number integer not null check (last_number >= 1),
  primary key (agency_id, year, rank)
);

create table copy (
  id uuid primary key,
  agency_id uuid not null references agency,
  year integer not null check (year between 1900 and 2200),
  -- The level that the record bore and the copy bears.
  rank smallint not null check (rank between 1 and 5),
  number integer not null check (number >= 1),
  record_id uuid not null references record,
  file_id uuid not null references record_file,
  version integer not null check (version >= 1),
  file_name text not null,
  purpose text not null check (purpose in ('view', 'print', 'download')),
  person_id uuid not null references person,
  -- As they stood: both are in the copy.
  person_name text not null,
  unit_name text not null,
  made_at timestamptz not null,
  -- What made it; the same tools and fonts make the same bytes again.
  tool text not null,
  font text not null check (font ~ '^[0-9a-f]{64}$'),
  unique (agency_id, year, rank, number)
);
create index on copy (agency_id, made_at desc, id desc);
create index on copy (record_id);

-- What came of it: the copy's own hash, or why there is none. Its number stands either way.
create table copy_outcome (
  copy_id uuid primary key references copy,
  sha256 bytea check (length(sha256) = 32),
  size bigint check (size > 0),
  pages integer check (pages >= 1),
  problem text,
  known_at timestamptz not null,
  check (num_nulls(sha256, size, pages) in (0, 3)),
  check ((problem is null) = (sha256 is not null))
);

grant select, insert on copy, copy_outcome, copy_series to vk_app;
grant update (last_number) on copy_series to vk_app;
