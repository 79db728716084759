-- Search tables: derived data, built again from the archive at any time. No foreign keys: an index may be late.
--
-- One narrow table per access rank, never one with a rank column: a question reads only the tables of the ranks it
-- may look into, so nothing of another rank can change its hits, their order or its counts. Ranks 3 to 5 stay empty on
-- a networked install. `search_rank_N` is the index of the Postgres engine; `search_fresh_N` holds, for the
-- Meilisearch engine, what that server has not taken in yet.

do $$
declare
  shelf text;
begin
  for shelf in
    select 'search_' || kind || '_' || rank from unnest(array['rank', 'fresh']) as kind, generate_series(0, 5) as rank
  loop
    execute format($table$
      create table vankho.%1$I (
        record_id uuid primary key,
        version bigint not null,
        -- need-to-know: all, unit:<id>, person:<id>, desk:<agency id>
        readers text[] not null,
        number_keys text[] not null,
        -- number, subject, issuer, signer: exact words weigh A, folded ones B
        head tsvector not null,
        -- the head again, then file names and text: exact words weigh C, folded ones D
        words tsvector not null,
        -- only for records whose words pass what a tsvector can place (16,383): all words in order, for phrases
        long_exact text,
        long_folded text,
        document_type text,
        issuer text,
        unit text,
        direction text not null,
        urgency text not null,
        state text not null,
        year integer,
        issued_date date,
        received_at timestamptz not null
      )$table$, shelf);
    -- Without fastupdate: a search would otherwise read the list of what is not merged in yet, one entry at a time.
    execute format('create index on vankho.%I using gin (words) with (fastupdate = off)', shelf);
    execute format('create index on vankho.%I using gin (head) with (fastupdate = off)', shelf);
    execute format('create index on vankho.%I using gin (number_keys) with (fastupdate = off)', shelf);
    execute format('create index on vankho.%I using gin (readers) with (fastupdate = off)', shelf);
    execute format('create index on vankho.%I (received_at desc, record_id)', shelf);
    execute format('grant select, insert, update, delete on vankho.%I to vk_app', shelf);
  end loop;
end
$$;

-- Where each record stands and at which version, so that a late, older write changes nothing. A removed record keeps
-- its version with a null rank.
create table vankho.search_standing (
  record_id uuid primary key,
  rank smallint check (rank between 0 and 5),
  version bigint not null
);

-- The same for the Meilisearch engine, with what that server has yet to take in or to forget.
create table vankho.search_sending (
  record_id uuid primary key,
  rank smallint check (rank between 0 and 5),
  version bigint not null,
  -- the projected document while it waits; null for a removal, and once the server has it
  document text,
  -- ranks this record has left and may still stand in
  leaving smallint[] not null default '{}',
  waiting boolean not null,
  -- told apart from a later write of the same version
  ticket bigint generated always as identity
);
create index on vankho.search_sending (record_id) where waiting;

grant select, insert, update, delete on vankho.search_standing, vankho.search_sending to vk_app;
