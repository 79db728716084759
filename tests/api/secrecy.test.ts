import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { intakeLines } from '../../src/contract/intake.ts';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { secrecyLines, type Withheld } from '../../src/contract/secrecy.ts';
import { systemLines } from '../../src/contract/system.ts';
import { pdfOf } from '../ports/reading-machine-pdf.ts';
import { docxParts, xlsxParts, zip } from '../ports/reading-machine-office.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { courseSheet, markedLetter, type MarkedLetter } from '../support/marked-letter.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { countOf, filesUnder, letter, logOf, settled } from './samples.ts';

/** The ceiling of a networked house: nothing at Mật or above is kept, and what is found later is nobody's any more. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
let security: Visitor;
let administrator: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  clerk = await house.visit('clerk');
  security = await house.visit('security');
  administrator = await house.visit('administrator');
});
afterAll(() => house.close());

const expectCode = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
};
const stateOf = async (recordId: string): Promise<unknown> =>
  (await owner.query<{ state: string }>('select state from vankho.record where id = $1', [recordId])).rows[0]?.state;
const withheld = async (who: Visitor = security): Promise<Withheld[]> => (await who.ask(secrecyLines.withheld)).rows;

/** Every row of every table, the queue's among them, as text. */
async function everyRow(): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('vankho', 'graphile_worker', 'vankho_queue')`,
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`);
    all.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return all.join('\n');
}

const bytesUnder = (folder: string): Buffer => Buffer.concat(filesUnder(folder).map((path) => readFileSync(path)));

describe('a file that bears a mark', () => {
  const planted = 'Zymurgia';
  const habits: readonly (readonly [string, MarkedLetter])[] = [
    ['framed under the number', { mark: 'MẬT' }],
    ['framed, TỐI MẬT', { mark: 'TỐI MẬT' }],
    ['framed, TUYỆT MẬT', { mark: 'TUYỆT MẬT' }],
    ['with spaced letters', { mark: 'TỐI MẬT', habit: 'spaced' }],
    ['set letter by letter', { mark: 'MẬT', habit: 'letters' }],
    ['over the issuing body', { mark: 'MẬT', habit: 'over-issuer' }],
    ['in two lines', { mark: 'TUYỆT MẬT', habit: 'two-lines' }],
    ['beside the number', { mark: 'MẬT', habit: 'beside-number' }],
    ['under a subject that speaks of documents', { mark: 'MẬT', subject: 'phân loại tài liệu' }],
  ];

  test.each(habits)('%s is refused, and the sentence says what to do', async (_how, one) => {
    const answer = await clerk.upload('a.pdf', await markedLetter(one));
    expectCode(answer, 422, 'secret-not-kept-here');
    expect(answer.json.detail).toMatch(/sổ .*giấy.*máy quét/u);
  });

  test('nothing of it remains: no byte, no temporary file, no row, no job, no word in the log', async () => {
    await settled(owner);
    const bytes = await markedLetter({ mark: 'TỐI MẬT', subject: planted, body: [`Nội dung ${planted}`] });
    const records = await countOf(owner, 'record');
    const said = (await logOf(owner)).length;
    const key = randomUUID();
    const sent = () =>
      clerk.upload(`Kế hoạch ${planted}.pdf`, bytes, { key, fields: { relativePath: `${planted}/a.pdf` } });
    expectCode(await sent(), 422, 'secret-not-kept-here');
    // Sent again under its key it is looked at again: no answer was kept either.
    expectCode(await sent(), 422, 'secret-not-kept-here');
    await settled(owner);
    const rows = await everyRow();
    const digest = createHash('sha256').update(bytes).digest('hex');
    for (const trace of [planted, planted.toLowerCase(), digest, key]) expect(rows).not.toContain(trace);
    const kept = bytesUnder(house.folder);
    expect(kept.includes(bytes.subarray(0, 4096))).toBe(false);
    expect(kept.includes(planted)).toBe(false);
    expect(filesUnder(house.folder).filter((path) => /quarantine|spool/u.test(path))).toEqual([]);
    expect(await countOf(owner, 'record')).toBe(records);
    const told = (await logOf(owner)).slice(said);
    expect(told.map(({ type, outcome, personId }) => [type, outcome, personId])).toEqual([
      ['access.refused', 'refused', house.people.clerk.id],
      ['access.refused', 'refused', house.people.clerk.id],
    ]);
    expect(JSON.parse(told[0]?.leaf ?? '{}').rule).toBe('secret-not-kept-here');
  });

  test.each([
    [
      'docx',
      async () =>
        zip(docxParts([['BỘ THỬ NGHIỆM', 'Số: 12/BTN-VP', 'MẬT'], ['Độc lập - Tự do - Hạnh phúc']], ['Kính gửi: Bộ'])),
    ],
    [
      'txt',
      async () => Buffer.from('BỘ THỬ NGHIỆM\nSố: 12/BTN-VP\nT U Y Ệ T  M Ậ T\nKính gửi: Các đơn vị'.normalize('NFD')),
    ],
    ['html', async () => Buffer.from('<html><body><p>MẬT</p><p>Số: 12/BTN-VP</p></body></html>')],
    [
      'txt',
      async () =>
        Buffer.from('Bé thö nghiÖm c«ng v¨n ®Õn ngµy h«m nay\nSè: 12/BTN-VP\nMËT\nKÝnh göi: C¸c ®¬n vÞ thuéc Bé'),
    ],
  ])('a %s is refused alike', async (ending, make) => {
    expectCode(await clerk.upload(`a.${ending}`, await make()), 422, 'secret-not-kept-here');
  });

  const taken: readonly (readonly [string, () => Promise<Uint8Array>, string])[] = [
    ['a letter without a mark', () => markedLetter({}), 'pdf'],
    [
      'a letter about secrets',
      () => markedLetter({ subject: 'bảo vệ bí mật nhà nước', body: ['Văn bản MẬT được đăng ký riêng.'] }),
      'pdf',
    ],
    [
      'a letter with a table of the levels in its text',
      () => markedLetter({ table: ['TUYỆT MẬT', 'TỐI MẬT', 'MẬT'] }),
      'pdf',
    ],
    ['a letter with one level in a table of its text', () => markedLetter({ table: ['MẬT'] }), 'pdf'],
    ['a sheet of a course', () => courseSheet(), 'pdf'],
    [
      'a sheet of a workbook with the levels in a column',
      async () =>
        zip(
          xlsxParts([
            ['Mức', 'Số'],
            ['MẬT', 12],
            ['TỐI MẬT', 3],
          ]),
        ),
      'xlsx',
    ],
    ['an urgent letter', () => markedLetter({ mark: 'HỎA TỐC' }), 'pdf'],
  ];
  test.each(taken)('%s is taken', async (_what, make, ending) => {
    expect((await clerk.upload(`a.${ending}`, await make())).status).toBe(201);
  });

  test('is taken on an isolated house', async () => {
    const isolated = await startHouse({ settings: { VANKHO_SITE: 'isolated' } });
    try {
      const person = await isolated.visit('clerk');
      const { recordId } = await person.received('a.pdf', await markedLetter({ mark: 'MẬT' }));
      const { state } = await person.ask(registryLines.record, { params: { id: recordId } });
      expect(state).toBe('draft');
    } finally {
      await isolated.close();
    }
  });

  test('and GIẢI MẬT beside it is kept, and nobody knows of it until two persons have settled it', async () => {
    const answer = await clerk.upload('a.pdf', await markedLetter({ mark: 'MẬT', stamp: 'GIẢI MẬT' }));
    expect([answer.status, answer.json.withheld]).toEqual([201, true]);
    const { recordId } = answer.json;
    expect(await stateOf(recordId)).toBe('frozen');
    await settled(owner);
    expectCode(await clerk.call(registryLines.record, { params: { id: recordId } }), 404, 'not-found');
    expect((await withheld()).at(-1)).toMatchObject({ cause: 'mark-lifted', registered: false });
  });
});

describe('what is found later', () => {
  async function registered(words: string): Promise<{ recordId: string; fileId: string; number: number }> {
    const { recordId, fileId } = await clerk.received('Công văn.pdf', await letter(words));
    const view = await clerk.register(recordId, { subject: `Công văn ${words}`, openToAll: true, rank: 1 });
    await settled(owner);
    return { recordId, fileId, number: view.arrivalNumber ?? 0 };
  }
  const found = async (q: string, who: Visitor = clerk): Promise<number> =>
    (await who.ask(searchLines.search, { query: { q } })).total.count;
  const year = new Date().getFullYear();
  const withhold = (number: number, who: Visitor = security): Promise<Answer> =>
    who.call(secrecyLines.withhold, { body: { direction: 'incoming', year, number, reason: 'Văn thư báo có dấu' } });

  test('is withheld by its number: out of index, record, text, picture, copy, for everybody, at once', async () => {
    const { recordId, fileId, number } = await registered('quetzal');
    expect(await found('quetzal')).toBe(1);
    expect((await withhold(number)).status).toBe(204);
    const params = { id: recordId, fileId, page: 1 };
    for (const who of [
      clerk,
      await house.visit('archivist'),
      await house.visit('leader'),
      await house.visit('staff'),
    ]) {
      const missing = await who.call(registryLines.record, { params: { id: randomUUID() } });
      for (const line of [
        registryLines.record,
        readingRoomLines.content,
        readingRoomLines.picture,
        readingRoomLines.text,
      ]) {
        const answer = await who.call(line, { params: params as never });
        expect([answer.status, answer.text]).toEqual([404, missing.text]);
      }
      expect(await found('quetzal', who)).toBe(0);
    }
    // A number that is not in the book and one that is withheld already are the same to the security officer.
    const [again, never] = [await withhold(number), await withhold(9_999_999)];
    expectCode(again, 404, 'not-found');
    expect(again.text).toBe(never.text);
  });

  test('is withheld when a file that bears the mark is sent for it, and that file is refused', async () => {
    for (const as of ['attachment', 'version']) {
      const { recordId } = await registered(`okapi ${as}`);
      const files = await countOf(owner, 'record_file');
      const fields = { attachTo: recordId, as, reason: 'Bản quét lại' };
      expectCode(
        await clerk.upload('b.pdf', await markedLetter({ mark: 'MẬT' }), { fields }),
        422,
        'secret-not-kept-here',
      );
      expect(await countOf(owner, 'record_file')).toBe(files);
      expect(await stateOf(recordId)).toBe('frozen');
      expect((await withheld()).at(-1)).toMatchObject({ cause: 'mark-sent', registered: true });
    }
  });

  test('is withheld when a mark is read in a file that is here', async () => {
    // Received by a house that may keep it, and read again by one that may not.
    const { recordId, fileId } = await registered('tapir');
    const marked = await pdfOf([['BỘ THỬ NGHIỆM', 'Số: 12/BTN-VP', 'MẬT', 'Kính gửi: Các đơn vị']]);
    const { rows } = await owner.query<{ id: string }>(
      'select content_id as id from vankho.record_file where id = $1',
      [fileId],
    );
    await plant(house, rows[0]?.id ?? '', marked);
    await clerk.ask(intakeLines.readAgain, { params: { fileId } });
    await eventually(async () => (await stateOf(recordId)) === 'frozen');
    const [row] = (await withheld()).slice(-1);
    expect(row).toMatchObject({ cause: 'mark-read', withheldBy: null, registered: true });
    // Settled, and read once more: the machine does not say again what two persons have decided.
    await release(row);
    expect(await stateOf(recordId)).toBe('declared');
    await clerk.ask(intakeLines.readAgain, { params: { fileId } });
    await settled(owner);
    expect(await stateOf(recordId)).toBe('declared');
  });

  async function release(row: Withheld | undefined): Promise<void> {
    const body = { ground: 'false-alarm', decision: '15/QĐ-BTN', reason: 'Đã xem bản giấy' } as const;
    await security.ask(secrecyLines.askRelease, { params: { id: row?.id ?? '' }, body });
    const id = (await withheld()).find((one) => one.id === row?.id)?.release?.id ?? '';
    await administrator.ask(secrecyLines.decideRelease, { params: { id }, body: { confirm: true } });
  }

  test('comes back as it was, by the security officer, a second person and the number of a decision', async () => {
    const { recordId, number } = await registered('numbat');
    await withhold(number);
    const [row] = (await withheld()).slice(-1);
    expect(row).toMatchObject({
      cause: 'officer',
      note: 'Văn thư báo có dấu',
      entry: { direction: 'incoming', year, number },
      broughtBy: { fullName: 'Trần Thị Mai' },
      release: null,
    });
    const params = { id: row?.id ?? '' };
    expect((await administrator.ask(systemLines.home)).secrecy).toEqual({ withheld: null, waiting: 0 });
    const body = { ground: 'struck-through', decision: '', reason: 'Dấu đã gạch' } as const;
    expectCode(await security.call(secrecyLines.askRelease, { params, body }), 400, 'bad-request');
    expectCode(await administrator.call(secrecyLines.askRelease, { params, body }), 403, 'role-not-allowed');
    await security.ask(secrecyLines.askRelease, { params, body: { ...body, decision: '15/QĐ-BTN' } });
    expectCode(
      await security.call(secrecyLines.askRelease, { params, body: { ...body, decision: '16/QĐ-BTN' } }),
      409,
      'conflict',
    );
    const [asked] = (await withheld()).slice(-1);
    expect(asked?.release).toMatchObject({ decision: '15/QĐ-BTN', mayConfirm: false, mayWithdraw: true });
    const decide = (who: Visitor, confirm: boolean, reason = ''): Promise<Answer> =>
      who.call(secrecyLines.decideRelease, { params: { id: asked?.release?.id ?? '' }, body: { confirm, reason } });
    expectCode(await decide(security, true), 403, 'second-person-needed');
    expectCode(await decide(clerk, true), 403, 'role-not-allowed');
    expect(await stateOf(recordId)).toBe('frozen');
    // The second person sees what waits, and of it neither the number in the book nor who brought it.
    expect((await administrator.ask(systemLines.home)).secrecy).toEqual({ withheld: null, waiting: 1 });
    expect(await withheld(administrator)).toMatchObject([
      { id: row?.id, entry: null, broughtBy: null, note: null, release: { mayConfirm: true } },
    ]);
    // Of two who say yes at once one is heard.
    const answers = await Promise.all([decide(administrator, true), decide(administrator, true)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    const view = await clerk.ask(registryLines.record, { params: { id: recordId } });
    expect(view).toMatchObject({ state: 'declared', arrivalNumber: number });
    await eventually(async () => (await found('numbat')) === 1);
    const told = (await logOf(owner)).filter((line) => line.recordId === recordId);
    expect(told.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['record.frozen', 'release.asked', 'release.decided', 'record.released']),
    );
    expect(told.map(({ leaf }) => leaf).join()).not.toMatch(/numbat|15\/QĐ/u);
  });

  test('stays withheld when the release is declined or withdrawn, and may be asked for again', async () => {
    const { recordId, number } = await registered('serval');
    await withhold(number);
    const [row] = (await withheld()).slice(-1);
    const body = { ground: 'declassified', decision: '7/QĐ-BTN', reason: 'Đã giải mật' } as const;
    for (const who of [administrator, security]) {
      await security.ask(secrecyLines.askRelease, { params: { id: row?.id ?? '' }, body });
      const id = (await withheld()).at(-1)?.release?.id ?? '';
      expectCode(
        await who.call(secrecyLines.decideRelease, { params: { id }, body: { confirm: false } }),
        400,
        'bad-request',
      );
      await who.ask(secrecyLines.decideRelease, {
        params: { id },
        body: { confirm: false, reason: 'Sai số quyết định' },
      });
      expect((await withheld()).at(-1)?.release).toBeNull();
      expect(await stateOf(recordId)).toBe('frozen');
    }
  });

  test('cuts a copy that is on its way out', async () => {
    const { recordId, fileId, number } = await registered('gharial');
    const { rows } = await owner.query<{ id: string }>(
      'select content_id as id from vankho.record_file where id = $1',
      [fileId],
    );
    await plant(house, rows[0]?.id ?? '', Buffer.alloc(48 << 20, 'gharial '));
    const path = readingRoomLines.content.path.replace(':fileId', fileId);
    const response = await fetch(`${house.base}${path}`, { headers: { cookie: clerk.cookie } });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect((await reader.read()).value?.length).toBeGreaterThan(0);
    await withhold(number);
    const rest = async (): Promise<number> => {
      let bytes = 0;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return bytes;
        bytes += value.length;
      }
    };
    await expect(rest()).rejects.toThrow();
    expect(await stateOf(recordId)).toBe('frozen');
  });

  test('the security officer is told on the first page, and sees no document', async () => {
    const home = await security.ask(systemLines.home);
    expect(home.secrecy?.withheld).toBe((await withheld()).length);
    expect(JSON.stringify(await withheld())).not.toMatch(/quetzal|numbat|serval|Công văn/u);
    expect((await clerk.ask(systemLines.home)).secrecy).toBeNull();
  });

  test('a registered document is withheld by the clerk who sees the mark', async () => {
    const { recordId } = await registered('dugong');
    expect((await clerk.ask(intakeLines.reportSecret, { body: { recordId } })).withheld).toBe(true);
    expect((await withheld()).at(-1)).toMatchObject({ cause: 'reported', registered: true });
    expect(await found('dugong')).toBe(0);
  });
});

/** Puts other bytes where a file's lie, as if they had come so: with their size and hashes. */
async function plant(where: TestHouse, contentId: string, bytes: Buffer): Promise<void> {
  const { chmodSync, writeFileSync } = await import('node:fs');
  const [path] = filesUnder(where.folder).filter((one) => one.includes(contentId));
  if (path === undefined) throw new Error('the file is not in the vault');
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
  await where.database
    .owner()
    .query('update vankho.content_object set size = $2, sha256 = $3, sha512 = $4 where id = $1', [
      contentId,
      bytes.length,
      createHash('sha256').update(bytes).digest(),
      createHash('sha512').update(bytes).digest(),
    ]);
}
