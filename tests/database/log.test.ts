import { testDatabase, type TestDatabase } from '../support/database.ts';

/** The log can be added to and nothing else, whatever the application is made to say. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.owner().query(
    `insert into vankho.audit_event (event_id, leaf, at, type, outcome, address)
     values ('0190b6a0-0000-7000-8000-000000000001', '{"v":1}', now(), 'test.done', 'done', 'local')`,
  );
});
afterAll(() => database.close());

const insert = `insert into audit_event (event_id, leaf, at, type, outcome, address)
  values (gen_random_uuid(), '{"v":1}', now(), 'test.done', 'done', 'local')`;

test('the application may add an event', async () => {
  await expect(database.pool('vk_app').query(insert)).resolves.toMatchObject({ rowCount: 1 });
});

const forbidden: Readonly<Record<string, string>> = {
  'change an event': "update audit_event set outcome = 'done'",
  'change a leaf': "update audit_event set leaf = '{}'",
  'remove an event': 'delete from audit_event',
  'empty the log': 'truncate audit_event',
  'read the log': 'select leaf from audit_event',
  'read an event while adding it': `${insert} returning id`,
  'change an event by merging':
    "merge into audit_event e using (select 1) s on true when matched then update set outcome = 'failed'",
  'drop the log': 'drop table audit_event',
  'put a trigger on it':
    'create trigger t before insert on audit_event execute function suppress_redundant_updates_trigger()',
  'become its owner': 'set role vk_owner',
  'read sealed words': 'select words from sealed_words',
  'change sealed words': "update sealed_words set words = ''",
  'destroy a record': 'delete from record',
  'destroy the history of a record': 'delete from field_change',
  'forget a content hash': "update content_object set sha256 = decode(repeat('00', 32), 'hex')",
  'destroy a content row': 'delete from content_object',
  'give a number back': 'delete from register_entry',
};

test.each(Object.entries(forbidden))('the application may not %s', async (_name, sql) => {
  await expect(database.pool('vk_app').query(sql)).rejects.toMatchObject({
    code: expect.stringMatching(/^(42501|42P01)$/u),
  });
});

test('what it grants itself it does not have: PostgreSQL only warns', async () => {
  const app = database.pool('vk_app');
  await app.query('grant update, delete on audit_event to vk_app');
  await expect(app.query('update audit_event set leaf = leaf')).rejects.toMatchObject({ code: '42501' });
});

test.each(['vk_audit', 'vk_queue'] as const)('nor may %s change the log', async (login) => {
  for (const sql of [
    'update vankho.audit_event set leaf = leaf',
    'delete from vankho.audit_event',
    'truncate vankho.audit_event',
    `insert into vankho.${insert.slice('insert into '.length)}`,
  ]) {
    await expect(database.pool(login).query(sql)).rejects.toMatchObject({ code: '42501' });
  }
});

test('the auditor’s login reads events, and of a record only its numbers', async () => {
  const auditor = database.pool('vk_audit');
  await expect(auditor.query('select leaf from audit_event')).resolves.toMatchObject({ rowCount: expect.any(Number) });
  await expect(auditor.query('select code_number from record')).resolves.toBeDefined();
  for (const sql of [
    'select subject from record',
    'select text from page_text',
    'select words from sealed_words',
    'select hash from person_password',
  ])
    await expect(auditor.query(sql)).rejects.toMatchObject({ code: '42501' });
});

test('nothing of it changed meanwhile', async () => {
  const { rows } = await database
    .owner()
    .query("select leaf, outcome from vankho.audit_event where event_id = '0190b6a0-0000-7000-8000-000000000001'");
  expect(rows).toEqual([{ leaf: '{"v":1}', outcome: 'done' }]);
});
