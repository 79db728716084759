import { randomUUID } from 'node:crypto';
import { dossierLines } from '../../src/contract/dossiers.ts';
import { intakeLines } from '../../src/contract/intake.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { eventually } from '../support/eventually.ts';
import {
  house,
  owner,
  clerk,
  archivist,
  staff,
  openHouse,
  today,
  refusal,
  add,
  view,
  put,
  itemsOf,
  historyOf,
  document,
} from './dossier-samples.ts';
import { settled } from './samples.ts';

/** How a dossier ends: what Điều 29 asks for, and what nobody may do afterwards. */

beforeAll(openHouse);
afterAll(() => house.close());

describe('closing', () => {
  const close = async (id: string, given: object = {}, who = archivist) =>
    who.call(dossierLines.close, {
      params: { id },
      body: {
        confirmed: ['title-right', 'retention-right'],
        endDate: today,
        closingNote: 'Hồ sơ gồm đủ văn bản của việc.',
        version: (await view(id)).version,
        ...given,
      },
    });

  test('waits for what the law asks, each named', async () => {
    const dossier = await add({ retention: null, ownerId: null });
    expect(refusal(await close(dossier.id, { confirmed: [] }))).toEqual([
      422,
      'dossier-not-ready',
      ['has-documents', 'retention-set', 'title-right', 'retention-right'].map((code) => ({
        path: `checks.${code}`,
        problem: 'needed',
      })),
    ]);
    const draft = (await clerk.received('Nháp.txt', `nháp ${randomUUID()}`)).recordId;
    const paper = await clerk.call(registryLines.record, { params: { id: draft } });
    expect(paper.status).toBe(200);
    await put(dossier.id, [draft]);
    await clerk.ask(dossierLines.correct, {
      params: { id: dossier.id },
      body: { fields: { retention: 'permanent' }, version: dossier.version },
    });
    const { checks } = await view(dossier.id);
    expect(checks.filter(({ holds }) => !holds).map(({ code, about }) => [code, about])).toEqual([
      ['no-drafts', [1]],
      ['fields-complete', [1]],
      ['title-right', []],
      ['retention-right', []],
    ]);
  });

  test('says twins, and closes all the same with a closing note; then nothing goes in or out', async () => {
    const dossier = await add();
    const text = `cùng một văn bản ${randomUUID()}`;
    const [one, two] = [await document({ text }), await document({ text })];
    await put(dossier.id, [one, two]);
    const { checks } = await view(dossier.id);
    expect(checks.find(({ code }) => code === 'no-duplicates')).toMatchObject({
      holds: false,
      needed: false,
      about: [2],
    });
    const other = await document();
    expect((await close(dossier.id, {}, clerk)).json.code).toBe('role-not-allowed');
    expect((await close(dossier.id, {}, staff)).status).toBe(200);
    const closed = await view(dossier.id);
    expect(closed).toMatchObject({
      state: 'closed',
      endDate: today,
      closingNote: 'Hồ sơ gồm đủ văn bản của việc.',
      may: { fill: false, correct: false, close: false },
    });
    expect(closed.checks.filter(({ by }) => by === 'asked').map(({ holds }) => holds)).toEqual([true, true]);
    expect((await put(dossier.id, [other])).json.code).toBe('dossier-not-open');
    const params = { id: dossier.id, recordId: one };
    expect((await clerk.call(dossierLines.take, { params, body: { reason: 'x' } })).json.code).toBe('dossier-not-open');
    const elsewhere = await add();
    expect((await put(elsewhere.id, [one], 'home', 'x')).json.code).toBe('dossier-not-open');
    // And the archive alone opens it again.
    const again = { params: { id: dossier.id }, body: { reason: 'thiếu văn bản', version: closed.version } };
    expect((await staff.call(dossierLines.reopen, again)).status).toBe(403);
    expect(await archivist.ask(dossierLines.reopen, again)).toMatchObject({ state: 'open', closedAt: null });
    expect((await put(dossier.id, [other])).status).toBe(200);
    const states = (await historyOf(dossier.id)).filter(({ field }) => field === 'state').map(({ after }) => after);
    expect(states).toEqual(['open', 'closed', 'open']);
  });

  test('is not held up by a document that was frozen, which keeps its place', async () => {
    const dossier = await add();
    const [one, frozen] = [await document(), await document()];
    await put(dossier.id, [one, frozen]);
    await clerk.ask(intakeLines.reportSecret, { body: { recordId: frozen } });
    expect((await close(dossier.id)).json).toMatchObject({ state: 'closed', records: 1 });
    const { rows } = await owner.query(
      'select removed_at from vankho.dossier_item where dossier_id = $1 and record_id = $2',
      [dossier.id, frozen],
    );
    expect(rows).toEqual([{ removed_at: null }]);
  });

  test('two who change at once do not overwrite each other', async () => {
    const dossier = await add();
    const answers = await Promise.all(
      ['một', 'hai'].map((title) =>
        clerk.call(dossierLines.correct, {
          params: { id: dossier.id },
          body: { fields: { title }, version: dossier.version },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

test('documents that go in together are queued in one order, and stand in the order that was asked for', async () => {
  const [one = '', two = ''] = [await document(), await document()].sort();
  const dossier = await add();
  await settled(owner);
  const another = await owner.connect();
  try {
    const enqueue = (id: string) =>
      another.query('select vankho_queue.enqueue($1, $2::json, $3, $4, $5)', [
        'search.index',
        JSON.stringify({ recordId: id }),
        `search.index ${id}`,
        0,
        12,
      ]);
    const { rows } = await another.query<{ pid: number }>('select pg_backend_pid() as pid');
    await another.query('begin');
    await enqueue(one);
    const putting = put(dossier.id, [two, one]);
    await eventually(async () => {
      const waiting = await owner.query('select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))', [
        rows[0]?.pid,
      ]);
      return waiting.rows.length > 0;
    });
    await enqueue(two);
    await another.query('commit');
    expect((await putting).status).toBe(200);
  } finally {
    another.release();
  }
  expect((await itemsOf(dossier.id)).map(({ recordId }) => recordId)).toEqual([two, one]);
});
