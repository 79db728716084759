import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { parse } from 'csv-parse/sync';
import type pg from 'pg';
import { auditLines, type AuditRow } from '../../src/contract/audit.ts';
import { identityLines } from '../../src/contract/identity.ts';
import type { QueryInput } from '../../src/contract/line.ts';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines, type RecordView } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { vietnamDay } from '../../src/kernel/dates.ts';
import { newId } from '../../src/kernel/ids.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { passerBy, type Visitor } from '../support/visitor.ts';
import { countOf, letter, logOf } from './samples.ts';

/** The auditor's room: who did what, never what it was about. */

const subject = 'Về việc tố cáo ông Kappa';
const issuer = 'Cục Omega';
let house: TestHouse;
let owner: pg.Pool;
let auditor: Visitor;
let record: RecordView;

beforeAll(async () => {
  house = await startHouse({ settings: { VANKHO_TRUSTED_PROXIES: '1' } });
  owner = house.database.owner();
  const clerk = await house.visit('clerk');
  const { recordId, fileId } = await clerk.received('Đơn tố cáo.pdf', await letter('noi dung don'));
  record = await clerk.register(recordId, {
    subject,
    issuer,
    codeNumber: '318',
    codeNotation: 'BTC-NSNN',
    leadUnitId: house.units.finance,
  });
  const staff = await house.visit('staff');
  await staff.call(registryLines.record, { params: { id: recordId } });
  await fetch(`${house.base}/api/files/${fileId}/content`, { headers: { cookie: clerk.cookie } });
  for (const q of ['tố', 'tố cáo', 'tố cáo ông kappa'])
    await staff.ask(searchLines.search, { query: { q, issuer: [issuer] } });
  const stranger = await house.visit('stranger');
  await stranger.call(registryLines.record, { params: { id: recordId } });
  await stranger.call(readingRoomLines.content, { params: { fileId } });
  await passerBy(house.base).call(identityLines.signIn, {
    body: { name: 'staff', password: 'không phải mật khẩu' },
    headers: { 'x-forwarded-for': '203.0.113.7' },
  });
  auditor = await house.visit('auditor');
});
afterAll(() => house.close());

type Query = QueryInput<typeof auditLines.events>;
const events = async (query: Query = {}): Promise<AuditRow[]> =>
  (await auditor.ask(auditLines.events, { query: { limit: 200, ...query } })).rows;
const today = vietnamDay(new Date());

describe('the log', () => {
  test('says who, what, to which record, from where and how it ended, newest first', async () => {
    const [row] = await events({ action: 'content.downloaded' });
    expect(row).toMatchObject({
      action: 'content.downloaded',
      outcome: 'done',
      folded: 1,
      person: { id: house.people.clerk.id, fullName: 'Trần Thị Mai', unit: 'Văn phòng' },
      record: { id: record.id, reference: '318/BTC-NSNN' },
      rank: 1,
      via: 'session',
    });
    const ids = (await events()).map((one) => Number(one.id));
    expect(ids).toEqual([...ids].sort((one, other) => other - one));
  });

  test.each([
    [
      'a person',
      () => ({ personId: house.people.stranger.id }),
      (row: AuditRow) => row.person?.id === house.people.stranger.id,
    ],
    ['a record', () => ({ recordId: record.id }), (row: AuditRow) => row.record?.id === record.id],
    ['a number and symbol', () => ({ reference: ' 318 / btc-nsnn ' }), (row: AuditRow) => row.record?.id === record.id],
    ['an arrival number', () => ({ reference: '1' }), (row: AuditRow) => row.record?.id === record.id],
    ['an action', () => ({ action: 'sign-in.done' }), (row: AuditRow) => row.action === 'sign-in.done'],
    ['an outcome', () => ({ outcome: 'not-found' as const }), (row: AuditRow) => row.outcome === 'not-found'],
    ['an address', () => ({ address: '203.0.113.7' }), (row: AuditRow) => row.address === '203.0.113.7'],
    [
      'two of these together',
      () => ({ action: 'sign-in.refused', address: '203.0.113.7' }),
      (row: AuditRow) => row.action === 'sign-in.refused' && row.reason === 'password',
    ],
  ] as const)('is narrowed by %s to all of that and nothing else', async (_what, query, is) => {
    const narrowed = await events(query());
    expect(narrowed.length).toBeGreaterThan(0);
    expect(narrowed.filter((row) => !is(row))).toEqual([]);
    const known = new Set(narrowed.map((row) => row.id));
    expect((await events()).filter((row) => is(row) && !known.has(row.id) && row.action !== 'audit.looked')).toEqual(
      [],
    );
  });

  test('is narrowed by days of Vietnam, the last one included', async () => {
    const { rows } = await owner.query<{ id: string }>(
      "select id::text as id from vankho.audit_event where type = 'record.registered' limit 1",
    );
    // 23:30 of 4 March in Vietnam is 16:30 of the same day in Greenwich; 00:30 of the 5th is still the 4th there.
    for (const [at, day] of [
      ['2024-03-04T16:30:00Z', '2024-03-04'],
      ['2024-03-04T17:30:00Z', '2024-03-05'],
    ] as const) {
      await owner.query('update vankho.audit_event set at = $2 where id = $1', [rows[0]?.id, at]);
      expect((await events({ from: day, until: day })).map((row) => row.id)).toEqual([rows[0]?.id]);
    }
    expect(await events({ until: '2024-03-04' })).toEqual([]);
    expect((await events({ from: today })).map((row) => row.id)).not.toContain(rows[0]?.id);
  });

  test('names who asked for a record, or for a file of it, and was given nothing', async () => {
    const attempts = (rows: readonly AuditRow[]): unknown[] =>
      rows
        .filter((row) => row.action === 'access.refused')
        .map((row) => [row.person?.id, row.record?.reference, row.facts['tried']]);
    const both = [
      [house.people.stranger.id, '318/BTC-NSNN', record.files[0]?.id],
      [house.people.stranger.id, '318/BTC-NSNN', record.id],
    ];
    expect(attempts(await events({ recordId: record.id }))).toEqual(both);
    expect(attempts(await events({ reference: '318/BTC-NSNN' }))).toEqual(both);
    const guess = randomUUID();
    const stranger = await house.visit('stranger');
    await stranger.call(registryLines.record, { params: { id: guess } });
    const [guessed] = await events({ recordId: guess });
    expect([guessed?.action, guessed?.record]).toEqual(['access.refused', null]);
  });

  test('shows searches while typing as one', async () => {
    const asked = await events({ action: 'search.asked', personId: house.people.staff.id });
    expect(asked.map((row) => row.folded)).toEqual([3]);
    expect(asked[0]?.facts).toMatchObject({ filters: ['issuer'], shown: expect.any(Number) });
  });

  test('goes on page by page, each event once', async () => {
    const before = await countOf(owner, 'audit_event');
    const seen: AuditRow[] = [];
    let after: string | undefined;
    do {
      const page = await auditor.ask(auditLines.events, {
        query: { limit: 7, ...(after === undefined ? {} : { after }) },
      });
      seen.push(...page.rows);
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(new Set(seen.map((row) => row.id)).size).toBe(seen.length);
    expect(seen.reduce((sum, row) => sum + row.folded, 0)).toBe(before);
    for (const wrong of ['first', '9'.repeat(19)]) {
      const answer = await auditor.call(auditLines.events, { query: { after: wrong } });
      expect([answer.status, answer.json.fields]).toEqual([400, [{ path: 'query.after', problem: 'unknown-place' }]]);
    }
  });

  test('is summed up in bars: by hour for a day, by day for longer', async () => {
    const total = await countOf(owner, 'audit_event');
    const day = await auditor.ask(auditLines.summary);
    // All but the one that was moved to another year.
    expect(day.total).toBe(total - 1);
    expect(day.bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(day.total);
    expect(day.bars.every((bar) => bar.from.endsWith(':00:00.000Z'))).toBe(true);
    expect(day.refused).toBe((await logOf(owner)).filter((line) => line.outcome !== 'done').length);
    expect(day.actions).toContainEqual({ action: 'search.asked', count: 3 });
    const years = await auditor.ask(auditLines.summary, { query: { from: '2024-01-01', until: today } });
    expect(years.bars).toHaveLength(2);
    // Midnight in Vietnam.
    expect(years.bars.map((bar) => bar.from.slice(11))).toEqual(['17:00:00.000Z', '17:00:00.000Z']);
  });

  test('has the auditor’s own looking in it', async () => {
    await events({ outcome: 'refused' });
    const [told] = (await logOf(owner, 'audit.looked')).slice(-1);
    expect(told?.personId).toBe(house.people.auditor.id);
    expect(JSON.parse(told?.leaf ?? '{}').data).toMatchObject({
      filters: { outcome: 'refused' },
      rows: expect.any(Number),
    });
  });

  test('of another agency is not this auditor’s to read', async () => {
    const agency = newId();
    await owner.query(
      "insert into vankho.agency (id, code, symbol, name, valid_from) values ($1, 'G02', 'BK', 'Bộ Khác', '2000-01-01')",
      [agency],
    );
    await owner.query(
      `insert into vankho.audit_event (event_id, leaf, at, type, outcome, agency_id, address)
       values ($1, '{}', now(), 'strange.event', 'done', $2, 'local')`,
      [newId(), agency],
    );
    expect(await events({ action: 'strange.event' })).toEqual([]);
    expect((await auditor.ask(auditLines.summary)).actions.map((one) => one.action)).not.toContain('strange.event');
    await owner.query("delete from vankho.audit_event where type = 'strange.event'");
  });

  test('a document without a number and symbol of its own is named by its arrival number, and as such', async () => {
    const clerk = await house.visit('clerk');
    const { recordId } = await clerk.received('thư.pdf', await letter('khong so'));
    const { arrivalNumber } = await clerk.register(recordId, { subject: 'Thư cảm ơn' });
    const [row] = await events({ recordId });
    expect(row?.record).toEqual({ id: recordId, reference: null, arrivalNumber });
    const csv = await auditor.call(auditLines.export, { query: { recordId } });
    expect(csv.text).toContain(`"số đến ${String(arrivalNumber)}","${recordId}"`);
  });
});

describe('the table for a spreadsheet', () => {
  const table = async (query: Query = {}): Promise<{ text: string; rows: Record<string, string>[] }> => {
    const answer = await auditor.call(auditLines.export, { query });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="nhat-ky-\d{4}-\d\d-\d\d\.csv"/u);
    const rows: Record<string, string>[] = parse(answer.text, { columns: true, bom: true });
    return { text: answer.text, rows };
  };

  test('begins with the mark of UTF-8 and holds what the page holds', async () => {
    const response = await fetch(`${house.base}/api/audit/events.csv?action=sign-in.refused`, {
      headers: { cookie: auditor.cookie },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const { rows } = await table({ action: 'sign-in.refused' });
    const page = await events({ action: 'sign-in.refused' });
    expect(rows.map((row) => [row['Số'], row['Người'], row['Kết quả'], row['Lý do']])).toEqual(
      page.map((row) => [row.id, row.person?.fullName ?? '', row.outcome, row.reason ?? '']),
    );
    const [told] = (await logOf(owner, 'audit.exported')).slice(-1);
    expect(JSON.parse(told?.leaf ?? '{}').data).toEqual({ filters: { action: 'sign-in.refused' } });
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '"=1", "x"\r\ny'])(
    'makes %j a text that is not run',
    async (name) => {
      await owner.query('update vankho.person set full_name = $2 where id = $1', [house.people.stranger.id, name]);
      const { rows, text } = await table({ personId: house.people.stranger.id });
      expect(rows.length).toBeGreaterThan(0);
      const inert = /^[=+\-@\t]/u.test(name) ? `'${name}` : name;
      expect(new Set(rows.map((row) => row['Người']))).toEqual(new Set([inert]));
      expect(text).toContain(`"${inert.replaceAll('"', '""')}"`);
    },
  );

  test('is whole however long it is', async () => {
    await owner.query(
      `insert into vankho.audit_event (event_id, leaf, at, type, outcome, agency_id, address)
       select gen_random_uuid(), '{}', now(), 'tests.many', 'done', $1, 'local' from generate_series(1, 450)`,
      [house.agencyId],
    );
    expect((await table({ action: 'tests.many' })).rows).toHaveLength(450);
    await owner.query("delete from vankho.audit_event where type = 'tests.many'");
  });
});

describe('what never stands in it', () => {
  test('no answer to an auditor holds a subject, an issuer, a file’s name or a searched word', async () => {
    const answers = [
      await auditor.call(auditLines.events, { query: { limit: 200 } }),
      await auditor.call(auditLines.summary),
      await auditor.call(auditLines.export),
    ];
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      const words = [subject, issuer, 'tố cáo', 'kappa', 'noi dung don', 'Đơn tố'];
      expect(words.filter((word) => text.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
    }
  });

  test('each leaf is canonical JSON under 64 KiB, and names nobody', async () => {
    const told = await logOf(owner);
    expect(told.length).toBeGreaterThan(20);
    for (const { leaf } of told) {
      expect(leaf).toBe(canonicalize(JSON.parse(leaf)));
      expect(Buffer.byteLength(leaf)).toBeLessThan(65_536);
    }
    const words = [subject, issuer, 'Mai', 'Nguyễn', 'tố cáo', '.pdf', house.people.clerk.password];
    expect(words.filter((word) => told.some((line) => line.leaf.includes(word)))).toEqual([]);
  });

  test('the columns beside a leaf say what the leaf says', async () => {
    const { rows } = await owner.query<{
      leaf: string;
      id: string;
      type: string;
      outcome: string;
      person: string;
      record: string;
    }>('select leaf, event_id as id, type, outcome, person_id as person, record_id as record from vankho.audit_event');
    for (const row of rows) {
      const leaf = JSON.parse(row.leaf);
      expect([leaf.id, leaf.type.split('/')[0], leaf.outcome]).toEqual([row.id, row.type, row.outcome]);
      expect([leaf.by.person ?? leaf.about ?? null, leaf.record ?? null]).toEqual([row.person, row.record]);
    }
  });

  test('the words of a search lie apart, sealed at the rank of who asked; the log has their salted digest', async () => {
    const { rows } = await owner.query<{ words: string; salt: Buffer; rank: number; leaf: string }>(
      'select w.words, w.salt, w.rank, e.leaf from vankho.sealed_words w join vankho.audit_event e using (event_id) order by e.id',
    );
    expect(rows.map((row) => [row.words, row.rank])).toEqual([
      ['tố', 1],
      ['tố cáo', 1],
      ['tố cáo ông kappa', 1],
    ]);
    for (const { words, salt, leaf } of rows) {
      expect(salt).toHaveLength(16);
      const digest = createHash('sha256').update(salt).update(words).digest('hex');
      expect(JSON.parse(leaf).data.digest).toBe(digest);
    }
    await expect(house.database.pool('vk_audit').query('select words from vankho.sealed_words')).rejects.toThrow(
      /permission denied/u,
    );
  });
});
