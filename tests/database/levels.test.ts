import type pg from 'pg';
import { sightOf, dossierRows } from '../../src/departments/dossiers/queries.ts';
import { dossierLines } from '../../src/contract/dossiers.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { ranks, type Rank } from '../../src/kernel/labels.ts';
import { openDatabase, type Database } from '../../src/platform/database/database.ts';
import { logins, readers } from '../../src/platform/database/logins.ts';
import { createPostgresEngine } from '../../src/platform/search-engine/postgres.ts';
import { settled } from '../api/samples.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { documentsOf, dossierOf, sightOfLogin, today, wordOf, type Sight } from './labelled-world.ts';

/**
 * The wall in the database: what one login for each clearance can be made to say, whatever statement it is given. A world
 * with documents, files, dossiers and bodies of every label is made by the product itself, one label after the other;
 * each login's whole sight is taken when the last label within its reach stands, and again when all stand: the same.
 */

let house: TestHouse;
let owner: pg.Pool;
let database: Database;
let hiddenRecord = '';
const sights = new Map<Rank, Sight>();

const levelOf = (rank: Rank): pg.Pool => house.database.pool(`vk_read_${rank}`);
beforeAll(async () => {
  house = await startHouse({ settings: { VANKHO_SITE: 'isolated' } });
  owner = house.database.owner();
  await owner.query('update vankho.clearance set rank = 5 where person_id = any($1::uuid[])', [
    [house.people.clerk.id, house.people.staff.id],
  ]);
  const clerk = await house.visit('clerk');
  database = await openDatabase({
    ownerUrl: house.database.ownerUrl,
    loginSecret: house.database.loginSecret,
    entities: [],
    connections: 2,
    onPoolError: () => undefined,
  });
  // What everybody may know stands first: the plan of the year, the book, a dossier that takes from every label.
  const { id: dossierId } = await clerk.ask(dossierLines.add, { body: dossierOf(house, 0, 'Hồ sơ chung', null) });
  const recordId = await documentsOf(clerk, house, 0, { dossierId });
  for (const rank of ranks) {
    hiddenRecord = await documentsOf(clerk, house, rank, { dossierId, recordId });
    await settled(owner);
    sights.set(rank, await sightOfLogin(house.database, `vk_read_${rank}`));
  }
  await owner.query('analyze');
}, 120_000);
afterAll(async () => {
  await database.close();
  await house.close();
});

describe.each(ranks)('the login of clearance %i', (rank) => {
  test('sees every label up to its own, in every table that bears words or ids of documents', () => {
    const sight = sights.get(rank);
    for (const name of ['record', 'record_file', 'page_text', 'field_change', 'dossier', 'correspondent_name'])
      for (const below of ranks.filter((one) => one <= rank))
        expect([name, sight?.get(`vankho.${name}`)?.join('\n').includes(wordOf(below))]).toEqual([name, true]);
    expect(sight?.get(`vankho.search_rank_${rank}`)?.length).toBeGreaterThan(0);
  });

  test('sees no id, no word and no count of what is above: what came there later has changed nothing', async () => {
    const now = await sightOfLogin(house.database, `vk_read_${rank}`);
    expect(now).toEqual(sights.get(rank));
    const all = [...now.values()].flat().join('\n');
    expect(ranks.filter((above) => above > rank && all.includes(wordOf(above)))).toEqual([]);
  });

  test('reads no shelf of the search above its own', async () => {
    for (const above of ranks.filter((one) => one > rank))
      for (const kind of ['rank', 'fresh'])
        await expect(levelOf(rank).query(`select 1 from search_${kind}_${above}`)).rejects.toMatchObject({
          code: '42501',
        });
    const engine = createPostgresEngine({ pool: database.pool, readerPool: database.readerPool });
    const question = { words: '', clearance: rank, readers: ['all'], filters: {}, limit: 50, withFacets: true };
    const found = await engine.find({ ...question, ranks: ranks.filter((one) => one <= rank) });
    expect(found.recordIds.length).toBeGreaterThan(0);
    if (rank < 5) await expect(engine.find({ ...question, ranks })).rejects.toMatchObject({ code: '42501' });
  });
});

test('nothing is told of passwords, tokens, the log, searched words and the ways of the index', () => {
  const names = [...(sights.get(5)?.keys() ?? [])];
  for (const name of [
    'person_password',
    'idempotency',
    'first_start',
    'sign_in_failure',
    'audit_event',
    'sealed_words',
  ])
    expect(names).not.toContain(`vankho.${name}`);
  for (const name of ['search_standing', 'search_sending', 'record_label'])
    expect(names).not.toContain(`vankho.${name}`);
  expect(names.filter((name) => !name.startsWith('vankho.'))).toEqual([]);
});

describe('an injected statement of the lowest login', () => {
  const run = (sql: string): Promise<unknown> => levelOf(0).query(sql);
  const denied = { code: '42501' };
  const whole = 'select id from record';

  test.each([
    ...['vk_app', 'vk_audit', 'vk_queue', 'vk_owner', 'vk_read_1', 'vk_read_5'].flatMap((login) => [
      `set role ${login}`,
      `set session authorization ${login}`,
      `begin read write; grant ${login} to vk_read_0`,
    ]),
    `set row_security = off; ${whole}`,
    'begin read write; alter table record disable row level security',
    'begin read write; drop policy level_0 on record',
    'begin read write; create policy mine on record for select to vk_read_0 using (true)',
    'begin read write; alter role vk_read_0 bypassrls; commit',
    'begin read write; grant select on search_rank_5 to vk_read_0; select 1 from search_rank_5',
    'begin read write; update record set rank = 0',
    'begin read write; insert into record_reader select * from record_reader',
    'begin read write; delete from record_file',
    'begin read write; create function f() returns int language sql security definer as $$ select 1 $$',
    'select token_hash from session',
    'select mark from dossier',
    'select dossier from dossier',
    'select words from page_text',
    "copy record to '/tmp/record'",
    "copy record to program 'cat'",
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/x')",
    "select pg_read_file('postgresql.conf')",
    "select pg_ls_dir('.')",
    'select stavalues1 from pg_statistic',
    'select rolpassword from pg_authid',
    "select vankho_queue.enqueue('search.index', '{}', 'k', 0, 1)",
  ])('is refused: %s', async (sql) => {
    const client = await levelOf(0).connect();
    try {
      await expect(client.query(sql)).rejects.toMatchObject(denied);
    } finally {
      client.release(true);
    }
  });

  test.each([
    'reset role',
    'reset session authorization',
    'reset all',
    'set role none',
    'discard all',
    'set role vk_reader',
  ])('%s: no row more than before', async (sql) => {
    const known = new Set((await levelOf(0).query<{ id: string }>(whole)).rows.map(({ id }) => id));
    expect(known.size).toBeGreaterThan(0);
    const client = await levelOf(0).connect();
    try {
      await client.query(sql);
      const { rows } = await client.query<{ id: string }>('select id from vankho.record');
      expect(rows.filter(({ id }) => !known.has(id))).toEqual([]);
      for (const table of ['record_reader', 'register_entry', 'record_file', 'field_change', 'dossier_item']) {
        const more = await client.query<{ id: string }>(`select id from vankho.${table}`);
        const before = await levelOf(0).query<{ id: string }>(`select id from ${table}`);
        expect(more.rows.length).toBeLessThanOrEqual(before.rows.length);
      }
    } finally {
      client.release(true);
    }
  });

  test('a function of its own that tells all it is asked is asked of nothing hidden', async () => {
    const client = await levelOf(0).connect();
    const heard: string[] = [];
    client.on('notice', ({ message }) => heard.push(message ?? ''));
    try {
      await client.query(`begin read write;
        create function pg_temp.tells(given text) returns boolean language plpgsql cost 0.0000001 as
        $$ begin raise notice '%', given; return true; end $$; commit`);
      for (const column of [
        'record.subject',
        'record_file.name',
        'page_text.text',
        'dossier.title',
        'correspondent_name.name',
      ])
        await client.query(`select 1 from ${column.split('.')[0] ?? ''} where pg_temp.tells(${column})`);
    } finally {
      client.release(true);
    }
    expect(heard.join('\n')).toContain(wordOf(0));
    expect(ranks.filter((rank) => rank > 0 && heard.join('\n').includes(wordOf(rank)))).toEqual([]);
  });

  test('what PostgreSQL has counted of the values of tables is not told', async () => {
    const { rows } = await levelOf(0).query<{ tablename: string }>(
      `select distinct tablename from pg_stats where schemaname = 'vankho'
       and tablename in (select relname from pg_class where relrowsecurity)`,
    );
    expect(rows).toEqual([]);
    const other = await levelOf(0).query<{ query: string }>(
      "select distinct query from pg_stat_activity where usename <> 'vk_read_0' and usename like 'vk%'",
    );
    expect(other.rows.filter(({ query }) => query !== '<insufficient privilege>')).toEqual([]);
  });

  test('functions that look at everything answer their one question, and there are no others', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select p.proname as name from pg_proc p where p.pronamespace in (select oid from pg_namespace where nspname !~ '^(pg_|information_schema)')
       and has_function_privilege('vk_read_0', p.oid, 'execute') and has_schema_privilege('vk_read_0', p.pronamespace, 'usage') order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'drafts_of',
      'open_dossiers_of',
      'register_gaps',
      'register_standing',
      'search_leaving',
      'search_waits',
    ]);
    // A record that leaves Công khai for Tuyệt mật: whoever asks the first learns that its copy there is stale, and no more.
    const client = await owner.connect();
    try {
      await client.query(
        `insert into vankho.search_sending (record_id, rank, version, leaving, waiting) values ($1, 5, 1, '{0,3}', true)`,
        [hiddenRecord],
      );
      const asked = (rank: Rank) =>
        levelOf(rank).query<{ rank: number }>("select rank from search_leaving('{0,1,2,3,4,5}', 10) order by 1");
      expect((await asked(0)).rows).toEqual([{ rank: 0 }]);
      expect((await asked(4)).rows).toEqual([{ rank: 0 }, { rank: 3 }]);
      const waits = (rank: Rank) => levelOf(rank).query<{ it: boolean }>("select search_waits('{0,1,2,3,4,5}') as it");
      expect([(await waits(4)).rows[0]?.it, (await waits(5)).rows[0]?.it]).toEqual([false, true]);
    } finally {
      await client.query('delete from vankho.search_sending');
      client.release();
    }
    expect(await levelOf(0).query('select * from register_gaps($1, 10)', [hiddenRecord])).toMatchObject({ rows: [] });
  });

  test('smuggled into a reading query of the product it finds nothing above, through the person’s own door', async () => {
    const actor = {
      agencyId: house.agencyId,
      personId: house.people.stranger.id,
      clearance: 0,
      unitIds: [],
      deskOf: [],
    } as unknown as Actor;
    const smuggled = { condition: 'true or true', order: 'd.id' };
    const through = (door: Pick<Database, 'alone'>['alone']) => dossierRows(door, sightOf(actor, today), smuggled, []);
    const wordsIn = (rows: object): Rank[] => ranks.filter((rank) => JSON.stringify(rows).includes(wordOf(rank)));
    // The same as who writes would be told everything: the injection is a real one.
    expect(wordsIn(await through(database.alone))).toEqual([...ranks]);
    expect(wordsIn(await through(database.onBehalfOf(actor)))).toEqual([0]);
    const door = database.onBehalfOf(actor);
    expect(wordsIn(await door.query('select * from record r, record_file f where f.record_id = r.id or true'))).toEqual(
      [0],
    );
    await expect(door.query('select 1 union all select 1 from search_rank_5')).rejects.toMatchObject(denied);
  });

  test('the people of the office are read by every login', () =>
    expect(run('select full_name from person')).resolves.toBeDefined());
});

describe('the catalog', () => {
  /** Ranks of persons and of what was asked for, not labels of documents. */
  const notLabels = ['clearance'];

  test('row security is forced on whatever bears a label or belongs to a record', async () => {
    const { rows } = await owner.query<{ name: string; guarded: boolean }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded from pg_class c
       where c.relnamespace = 'vankho'::regnamespace and c.relkind in ('r', 'p') and exists (
         select 1 from pg_attribute a where a.attrelid = c.oid and a.attname in ('record_id', 'dossier_id', 'file_id', 'content_id', 'rank', 'title_rank', 'correspondent_id'))`,
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ name, guarded }) => !guarded && !notLabels.includes(name))).toEqual([]);
  });

  test('there is no view, which would read as its owner, unless it reads as whoever asks', async () => {
    const { rows } = await owner.query(
      `select relname from pg_class where relnamespace = 'vankho'::regnamespace
       and (relkind = 'm' or relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false))`,
    );
    expect(rows).toEqual([]);
  });

  test('no login is above the rules, owns a table, or belongs to one that writes', async () => {
    const { rows } = await owner.query(
      `select r.rolname from pg_roles r where r.rolname = any($1::text[]) and (r.rolsuper or r.rolbypassrls or r.rolcreaterole
         or r.rolcreatedb or r.rolreplication or exists (select 1 from pg_class c where c.relowner = r.oid and c.relnamespace = 'vankho'::regnamespace))`,
      [logins],
    );
    expect(rows).toEqual([]);
    const members = await owner.query<{ member: string; of: string }>(
      `select m.member::regrole::text as member, m.roleid::regrole::text as of from pg_auth_members m
       where m.member::regrole::text = any($1::text[]) order by 1`,
      [logins],
    );
    expect(members.rows).toEqual(readers.map((member) => ({ member, of: 'vk_reader' })));
  });

  test('a label beside a record’s own cannot be another', async () => {
    const app = house.database.pool('vk_app');
    for (const table of ['record_reader', 'register_entry', 'record_file', 'dossier_item']) {
      const { rows } = await owner.query<{ differ: number }>(
        `select count(*)::integer as differ from vankho.${table} b join vankho.record r on r.id = b.record_id where b.rank <> r.rank`,
      );
      expect([table, rows[0]?.differ]).toEqual([table, 0]);
    }
    for (const table of ['record_reader', 'record_file'])
      await expect(app.query(`update ${table} set rank = 0 where rank > 0`)).rejects.toMatchObject({ code: '23503' });
    const client = await app.connect();
    try {
      await client.query('begin');
      await client.query('update record set rank = 4 where id = $1', [hiddenRecord]);
      const moved = await client.query(
        `select distinct rank from (select rank from record_reader where record_id = $1 union all select rank from record_file
         where record_id = $1 union all select rank from register_entry where record_id = $1 union all select rank from dossier_item where record_id = $1) x`,
        [hiddenRecord],
      );
      expect(moved.rows).toEqual([{ rank: 4 }]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
