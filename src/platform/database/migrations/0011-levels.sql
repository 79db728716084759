-- A login for each clearance. What is above it no statement of that login reads, whatever the statement says: the level
-- is who is signed in, not a value that a query could set. Row security holds for the tables, grants for the words of
-- the search. None of the readers owns a table, belongs to the logins that write, or may write.

-- The label beside what is counted by the hundred thousand, so that it is compared with a constant and not looked up.
-- The foreign key keeps it the record's: it moves with the record's label, and no other can be written.
drop index if exists record_label_in_force;
create unique index record_label_in_force on record (id, rank) include (agency_id, state);

create function labelled_as_record() returns trigger language plpgsql set search_path = vankho, pg_temp as $$
begin
  -- Held, so that a label which is being changed this moment is waited for.
  select r.rank into new.rank from record r where r.id = new.record_id for key share;
  return new;
end;
$$;
revoke all on function labelled_as_record() from public;

drop index if exists record_reader_record_id_reader_idx, record_reader_ways, record_reader_whose;
do $$
declare
  bearer text;
begin
  foreach bearer in array array['record_reader', 'register_entry', 'record_file', 'dossier_item'] loop
    execute format('alter table %I add column rank smallint', bearer);
    execute format('update %I b set rank = r.rank from record r where r.id = b.record_id', bearer);
    execute format('alter table %I alter column rank set not null', bearer);
    execute format('alter table %1$I drop constraint %2$I', bearer, bearer || '_record_id_fkey');
    execute format('alter table %I add foreign key (record_id, rank) references record (id, rank) on update cascade', bearer);
    execute format('create trigger label before insert or update of record_id on %I for each row execute function labelled_as_record()', bearer);
  end loop;
end
$$;
-- Whether a document has a file is answered from the index alone, label and all.
alter table record_file drop constraint record_file_record_id_ordinal_key,
  add constraint record_file_record_id_ordinal_key unique (record_id, ordinal) include (rank);
create index record_reader_ways on record_reader (record_id, reader) include (valid_from, valid_until, rank);
create index record_reader_whose on record_reader (reader, record_id) include (valid_from, valid_until, rank);

-- Everything that holds or tells of something labelled. Whoever writes does so under every label; nobody reads without a
-- policy that says so, the owner neither.
do $$
declare
  guarded text;
begin
  foreach guarded in array array['record', 'record_reader', 'record_unit', 'record_label', 'register_entry', 'field_change',
      'representation', 'record_file', 'page_text', 'content_object', 'dossier', 'dossier_item', 'dossier_change', 'correspondent',
      'correspondent_name', 'correspondent_change', 'withholding', 'withholding_release', 'copy', 'copy_outcome',
      'copy_series', 'search_standing', 'search_sending', 'audit_event', 'sealed_words']
    || array(select format('search_%s_%s', kind, rank) from unnest(array['rank', 'fresh']) kind, generate_series(0, 5) rank)
  loop
    execute format('alter table %I enable row level security, force row level security', guarded);
    execute format('create policy work on %I to vk_app, vk_owner using (true) with check (true)', guarded);
  end loop;
end
$$;
create policy log on audit_event for select to vk_audit using (true);
create policy log on record for select to vk_audit using (true);
create policy log on record_file for select to vk_audit using (true);

-- What bears a label itself: up to the login's own.
do $$
declare
  reader text;
  labelled text;
begin
  for level in 0..5 loop
    reader := 'vk_read_' || level;
    foreach labelled in array array['record', 'record_reader', 'register_entry', 'record_file'] loop
      execute format('create policy level_%1$s on %3$I for select to %2$I using (rank <= %1$s)', level, reader, labelled);
    end loop;
    execute format($policy$create policy level_%1$s on copy for select to %2$I using (rank <= %1$s
      and exists (select 1 from vankho.record r where r.id = record_id))$policy$, level, reader);
    execute format('create policy level_%1$s on dossier for select to %2$I using (title_rank <= %1$s)', level, reader);
    execute format($policy$create policy level_%1$s on dossier_item for select to %2$I using (rank <= %1$s
      and exists (select 1 from vankho.dossier d where d.id = dossier_id))$policy$, level, reader);
    execute format($policy$create policy level_%1$s on dossier_change for select to %2$I using (rank <= %1$s
      and exists (select 1 from vankho.dossier d where d.id = dossier_id)
      and (record_id is null or exists (select 1 from vankho.record r where r.id = record_id)))$policy$, level, reader);
    for shelf in 0..level loop
      execute format('create policy level_%1$s on search_rank_%3$s for select to %2$I using (true)', level, reader, shelf);
      execute format('create policy level_%1$s on search_fresh_%3$s for select to %2$I using (true)', level, reader, shelf);
      execute format('grant select on search_rank_%2$s, search_fresh_%2$s to %1$I', reader, shelf);
    end loop;
  end loop;
end
$$;

-- What hangs on something of those: when the login can see that.
create policy level on record_unit for select to vk_reader using (exists (select 1 from record r where r.id = record_id));
create policy level on field_change for select to vk_reader using (exists (select 1 from record r where r.id = record_id));
create policy level on representation for select to vk_reader using (exists (select 1 from record r where r.id = record_id));
create policy level on page_text for select to vk_reader using (exists (select 1 from record_file f where f.id = file_id));
create policy level on content_object for select to vk_reader using (exists (select 1 from record_file f where f.content_id = content_object.id));
create policy level on copy_outcome for select to vk_reader using (exists (select 1 from copy c where c.id = copy_id));
-- Looked for until the first document: of a body that half the archive came from, one is enough.
create policy level on correspondent for select to vk_reader
  using (listed or (select true from record r where r.correspondent_id = correspondent.id limit 1));
create policy level on correspondent_name for select to vk_reader
  using (exists (select 1 from correspondent c where c.id = correspondent_id));

-- What is read for a person, and no more: nothing of passwords and tokens, of the log, of the queue of the index.
grant select on agency, unit, person, appointment, role_assignment, clearance, people_change, register, file_plan, plan_document,
  plan_heading, plan_heading_change, register_change, record, record_reader, record_unit, register_entry, field_change, representation, record_file, content_object,
  dossier_item, dossier_change, copy, copy_outcome, correspondent, correspondent_name to vk_reader;
grant select (file_id, number, text, source, confidence) on page_text to vk_reader;
grant select (id, person_id, address, user_agent, started_at, last_seen_at, expires_at, ended_at) on session to vk_reader;
grant select (id, person_id, name, scopes, created_at, expires_at, last_used_at, revoked_at) on access_token to vk_reader;
-- Not `mark`: it counts what a reader may not see.
grant select (id, agency_id, year, notation, title, title_rank, plan_id, heading_id, plan_order, unit_id, owner_id, retention,
  retention_basis, language, start_date, end_date, note, folded, state, opened_at, opened_by, closed_at, closed_by, closing_note,
  confirmed, version) on dossier to vk_reader;

-- What has to look at everything to tell nothing of it. Each answers one question, whatever it is called with.

-- Gaps of a book: a number under which something hidden stands is none.
create function register_gaps(book uuid, at_most integer) returns table ("from" integer, until integer)
  language sql stable security definer set search_path = vankho, pg_temp as $$
    select pair.number + 1, pair.next - 1 from (
      select e.number, lead(e.number) over (order by e.number) as next from register_entry e
      where e.register_id = book and e.number is not null) pair
    where pair.next > pair.number + 1 order by pair.number desc limit at_most
  $$;
-- The highest number another system gave, and whether ours stand in it: both are told to whoever registers.
create function register_standing(book uuid) returns table (highest integer, allocated boolean)
  language sql stable security definer set search_path = vankho, pg_temp as $$
    select (select max(e.number) from register_entry e where e.register_id = book),
      exists (select 1 from register_entry e where e.register_id = book and e.number is not null and not e.taken)
  $$;
-- How much somebody who goes leaves behind, for whoever looks after people.
create function drafts_of(person uuid) returns integer
  language sql stable security definer set search_path = vankho, pg_temp as $$
    select count(*)::integer from record r where r.received_by = person and r.state = 'draft'
  $$;
create function open_dossiers_of(person uuid) returns integer
  language sql stable security definer set search_path = vankho, pg_temp as $$
    select count(*)::integer from dossier d where d.owner_id = person and d.state <> 'closed'
  $$;
-- Copies on the search server that a question may not see any more, and whether anything waits beside it: of the ranks
-- asked, those that the login reaches. Inside a function of the owner `session_user` is still who signed in.
create function search_leaving(asked smallint[], renewed_at_most integer) returns table (rank smallint, record_id uuid)
  language sql stable security definer set search_path = vankho, pg_temp as $$
    with reached as (
      select array(select one from unnest(asked) one
        where one <= coalesce(substring(session_user from '^vk_read_([0-5])$')::integer, 5)) as ranks),
    named as (
      (select s.record_id, s.leaving from search_sending s, reached
        where s.waiting and s.leaving && reached.ranks and (s.rank is null or s.leaving <> array[s.rank]))
      union all
      (select s.record_id, s.leaving from search_sending s, reached
        where s.waiting and s.rank = any (reached.ranks) and s.leaving = array[s.rank] limit renewed_at_most))
    select one, named.record_id from named, reached, unnest(named.leaving) one where one = any (reached.ranks)
  $$;
create function search_waits(asked smallint[]) returns boolean
  language sql stable security definer set search_path = vankho, pg_temp as $$
    select exists (select 1 from search_sending s where s.waiting and s.rank = any (asked)
      and s.rank <= coalesce(substring(session_user from '^vk_read_([0-5])$')::integer, 5))
  $$;
do $$
declare
  one regprocedure;
begin
  foreach one in array array['register_gaps(uuid, integer)', 'register_standing(uuid)', 'drafts_of(uuid)', 'open_dossiers_of(uuid)',
    'search_leaving(smallint[], integer)', 'search_waits(smallint[])']::regprocedure[]
  loop
    execute format('revoke all on function %s from public', one);
    execute format('grant execute on function %s to vk_app, vk_reader', one);
  end loop;
end
$$;
