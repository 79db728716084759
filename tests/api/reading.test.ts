import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import sharp from 'sharp';
import type { Receipt } from '../../src/contract/intake.ts';
import { intakeLines } from '../../src/contract/intake.ts';
import type { Line } from '../../src/contract/line.ts';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { systemLines } from '../../src/contract/system.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { largePdf } from '../support/large-pdf.ts';
import { bytesOf, filesUnder, letter, logOf, type LogLine } from './samples.ts';

/** The reading room: the bytes that came, to those who may read them, after the log has heard of it. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
let staff: Visitor;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  [clerk, staff] = [await house.visit('clerk'), await house.visit('staff')];
});
afterAll(() => house.close());

const contentPath = (fileId: string, as = 'attachment'): string => `/api/files/${fileId}/content?as=${as}`;
const expectCode = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
};

/** A registered record of the finance unit, with its bytes; above Công khai copies are given, which tests/api/copies.test.ts holds. */
async function registered(
  name = 'Công văn số 5.pdf',
  bytes?: Uint8Array,
  rank: 0 | 1 = 0,
): Promise<Receipt & { bytes: Buffer }> {
  const given = Buffer.from(bytes ?? (await letter('trang mot', 'trang hai', 'trang ba')));
  const receipt = await clerk.received(name, given);
  await clerk.register(receipt.recordId, { subject: 'Về việc đọc', leadUnitId: house.units.finance, rank });
  return { ...receipt, bytes: given };
}

const told = async (fileId: string, type?: string): Promise<LogLine[]> =>
  (await logOf(owner, type)).filter((line) => line.leaf.includes(fileId));

describe('the original', () => {
  test('comes back byte for byte, under its own name, and the log knows which hash was given', async () => {
    const file = await registered();
    const answer = await bytesOf(house, staff, contentPath(file.fileId));
    expect(answer.status).toBe(200);
    expect(createHash('sha256').update(answer.bytes).digest('hex')).toBe(file.sha256);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(file.bytes.length),
      'accept-ranges': 'bytes',
      etag: `"${file.sha256}"`,
      'cache-control': 'no-store',
      'content-disposition': `attachment; filename="Cong van so 5.pdf"; filename*=UTF-8''${encodeURIComponent('Công văn số 5.pdf')}`,
    });
    expect(
      (await bytesOf(house, staff, contentPath(file.fileId, 'inline'))).headers.get('content-disposition'),
    ).toMatch(/^inline;/u);
    const events = (await told(file.fileId)).filter((line) => line.personId === house.people.staff.id);
    expect(events.map((line) => [line.type, line.rank, JSON.parse(line.leaf).sha256])).toEqual([
      ['content.downloaded', 0, file.sha256],
      ['content.viewed', 0, file.sha256],
    ]);
  });

  test('comes in parts as a browser asks for them', async () => {
    const { fileId, bytes } = await registered();
    const size = bytes.length;
    const part = async (range: string) => {
      const answer = await bytesOf(house, staff, contentPath(fileId, 'inline'), { range });
      return [answer.status, answer.headers.get('content-range'), answer.bytes] as const;
    };
    const of = (start: number, end: number) =>
      [206, `bytes ${String(start)}-${String(end)}/${String(size)}`, bytes.subarray(start, end + 1)] as const;
    expect(await part('bytes=0-9')).toEqual(of(0, 9));
    expect(await part('bytes=100-199')).toEqual(of(100, 199));
    expect(await part('bytes=100-')).toEqual(of(100, size - 1));
    expect(await part(`bytes=100-${String(size * 2)}`)).toEqual(of(100, size - 1));
    expect(await part('bytes=-7')).toEqual(of(size - 7, size - 1));
    expect(await part(`bytes=-${String(size * 2)}`)).toEqual(of(0, size - 1));
    // RFC 9110, 14.2: what is not understood, or several at once, is answered with the whole.
    for (const range of ['bytes=0-1,5-6', 'bytes=9-3', 'pages=1-2', 'bytes=-'])
      expect(await part(range)).toEqual([200, null, bytes]);
    for (const range of [`bytes=${String(size)}-`, 'bytes=-0']) {
      const [status, contentRange, body] = await part(range);
      expect([status, contentRange]).toEqual([416, `bytes */${String(size)}`]);
      expect(JSON.parse(body.toString())).toMatchObject({ code: 'range-not-satisfiable' });
    }
  });

  test('that is a page with a script is served so that nothing of it runs', async () => {
    const { fileId, bytes } = await registered(
      'trang.html',
      Buffer.from('<html><script>alert(1)</script><p>chữ</p></html>'),
    );
    for (const as of ['inline', 'attachment']) {
      const { headers, bytes: given } = await bytesOf(house, staff, contentPath(fileId, as));
      expect(given).toEqual(bytes);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const policy = (headers.get('content-security-policy') ?? '').split('; ');
      expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'sandbox']));
      expect(policy.join()).not.toMatch(/script-src|allow-/u);
    }
  });

  test('has a name that cannot break a header', async () => {
    const { fileId } = await registered('a"\r\nset-cookie: x=1;ă\u202e.txt', Buffer.from('chữ'));
    const { headers } = await bytesOf(house, staff, contentPath(fileId));
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="[A-Za-z0-9 ._()-]+"; filename\*=UTF-8''[\w.%!~*'()-]+$/u,
    );
  });
});

describe('text and pictures', () => {
  test('text comes page by page', async () => {
    const { fileId } = await registered();
    const page = (from: number) => staff.ask(readingRoomLines.text, { params: { fileId }, query: { from, limit: 2 } });
    const first = await page(1);
    expect(first).toMatchObject({ unit: 'page', next: 3 });
    const second = await page(first.next ?? 0);
    expect(second.next).toBeNull();
    expect([...first.pages, ...second.pages].map((one) => [one.number, one.text.trim(), one.source])).toEqual([
      [1, 'trang mot', 'layer'],
      [2, 'trang hai', 'layer'],
      [3, 'trang ba', 'layer'],
    ]);
    expect((await page(9)).pages).toEqual([]);
    expect((await told(fileId, 'text.viewed')).map((line) => JSON.parse(line.leaf).data)).toEqual([
      { from: 1, pages: 2 },
      { from: 3, pages: 1 },
      { from: 9, pages: 0 },
    ]);
  });

  test('a picture is a PNG of the width that was asked', async () => {
    const { fileId } = await registered();
    for (const width of [60, 300, 1200]) {
      const answer = await bytesOf(house, staff, `/api/files/${fileId}/pages/2/picture?width=${String(width)}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(await sharp(answer.bytes).metadata()).toMatchObject({ format: 'png', width });
    }
    expectCode(await staff.call(readingRoomLines.picture, { params: { fileId, page: 4 } }), 409, 'content-not-ready');
    expect((await told(fileId, 'picture.viewed')).map((line) => JSON.parse(line.leaf).data)).toEqual(
      new Array(3).fill({ page: 2 }),
    );
  });

  test('eight pictures asked for at once all come, though the copy they are drawn from is made only now', async () => {
    const pages = Array.from({ length: 8 }, (_, at) => `trang ${String(at)} `.repeat(20));
    const { fileId } = await registered('Dài.pdf', await letter(...pages));
    await eventually(async () => filesUnder(join(house.folder, 'spool')).every((path) => !path.includes(fileId)));
    const answers = await Promise.all(
      pages.map((_, at) => bytesOf(house, staff, `/api/files/${fileId}/pages/${String(at + 1)}/picture?width=60`)),
    );
    expect(answers.map((answer) => answer.status)).toEqual(new Array(8).fill(200));
  });
});

describe('what is not theirs', () => {
  const asked: readonly (readonly [string, Line, object])[] = [
    ['the record', registryLines.record, {}],
    ['its history', registryLines.history, {}],
    [
      'registering it',
      registryLines.register,
      {
        body: {
          fields: { direction: 'incoming', subject: 'a', issuer: 'b' },
          rank: 1,
          leadUnitId: null,
          supportingUnitIds: [],
          openToAll: false,
          version: 2,
        },
      },
    ],
    ['correcting it', registryLines.correct, { body: { fields: { subject: 'a' }, version: 2, reason: 'b' } }],
    ['reading its file again', intakeLines.readAgain, {}],
    ['reporting it', intakeLines.reportSecret, {}],
    ['its bytes', readingRoomLines.content, {}],
    ['a part of its bytes', readingRoomLines.content, { headers: { range: 'bytes=0-9' } }],
    ['no part of its bytes', readingRoomLines.content, { headers: { range: 'bytes=99999999-' } }],
    ['its picture', readingRoomLines.picture, {}],
    ['its text', readingRoomLines.text, {}],
    ['a copy of it', readingRoomLines.makeCopy, { body: { purpose: 'view' } }],
  ];
  const whole = (answer: Answer): unknown => [
    answer.status,
    answer.text,
    [...answer.headers].filter(([name]) => name !== 'x-request-id' && name !== 'date'),
  ];

  test.each(asked)('is answered like what is not there: %s', async (_what, line, given) => {
    const { recordId, fileId } = await registered(undefined, undefined, 1);
    // A clerk has every right a counter asks for; what is missing today is the clearance for this record.
    const person = house.people.otherClerk.id;
    await owner.query('update vankho.clearance set rank = 0 where person_id = $1', [person]);
    const other = await house.visit('otherClerk');
    const ask = (ids: { id: string; fileId: string }): Promise<Answer> =>
      other.call(line, {
        params: { ...ids, page: 1 },
        ...(line === intakeLines.reportSecret ? { body: { recordId: ids.id } } : {}),
        ...given,
      } as never);
    const forbidden = await ask({ id: recordId, fileId });
    const missing = await ask({ id: randomUUID(), fileId: randomUUID() });
    await owner.query('update vankho.clearance set rank = 2 where person_id = $1', [person]);
    expectCode(forbidden, 404, 'not-found');
    expect(whole(forbidden)).toEqual(whole(missing));
    const tried = (await logOf(owner, 'access.refused')).slice(-2).map((line_) => JSON.parse(line_.leaf));
    expect(tried.map((leaf) => leaf.outcome)).toEqual(['not-found', 'not-found']);
  });
});

describe('bytes that were changed on disk', () => {
  async function changed(): Promise<Receipt> {
    const file = await registered('Bị đổi.pdf', await letter('chu '.repeat(2000)));
    await flip(file.fileId, file.size - 40);
    return file;
  }
  async function flip(fileId: string, at: number): Promise<void> {
    const { rows } = await owner.query<{ id: string }>(
      'select content_id as id from vankho.record_file where id = $1',
      [fileId],
    );
    const path =
      filesUnder(join(house.folder, 'objects/vault')).find((name) => name.endsWith(rows[0]?.id ?? '-')) ?? '';
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    chmodSync(path, 0o600);
    writeFileSync(path, bytes);
  }
  const damagedSaid = async ({ recordId, fileId }: Receipt): Promise<void> => {
    await eventually(async () => (await told(fileId, 'content.damaged')).length > 0);
    const { files } = await staff.ask(registryLines.record, { params: { id: recordId } });
    expect(files.map((file) => file.damaged)).toEqual([true]);
  };

  test('are never given: they are refused, the record says so, and so does the log', async () => {
    const file = await changed();
    expectCode(await staff.call(readingRoomLines.content, { params: { fileId: file.fileId } }), 500, 'content-damaged');
    await damagedSaid(file);
  });

  test('of a large file are given until they are found: the connection is cut before the end', async () => {
    const file = await registered('Rất lớn.pdf', Buffer.concat([...largePdf(65)]));
    await flip(file.fileId, file.size - 40);
    await expect(bytesOf(house, staff, contentPath(file.fileId))).rejects.toThrow();
    await damagedSaid(file);
  });

  test('are not given in parts, nor as a picture', async () => {
    const file = await changed();
    const part = await staff.call(readingRoomLines.content, {
      params: { fileId: file.fileId },
      headers: { range: 'bytes=0-9' },
    });
    expectCode(part, 500, 'content-damaged');
    await damagedSaid(file);
    const another = await changed();
    expectCode(
      await staff.call(readingRoomLines.picture, { params: { fileId: another.fileId, page: 1 } }),
      500,
      'content-damaged',
    );
    await damagedSaid(another);
  });

  test('do not end the house when they are found while the log is still being written', async () => {
    const file = await changed();
    const holder = await owner.connect();
    await holder.query('begin');
    await holder.query('lock table vankho.audit_event in share mode');
    const asked = staff.call(readingRoomLines.content, { params: { fileId: file.fileId } });
    await eventually(async () => {
      const { rows } = await owner.query(
        "select 1 from pg_locks where relation = 'vankho.audit_event'::regclass and not granted",
      );
      return rows.length > 0;
    });
    await holder.query('commit');
    holder.release();
    expectCode(await asked, 500, 'content-damaged');
    await damagedSaid(file);
  });

  test('are not given in parts either when they were whole a minute ago and are known to be damaged now', async () => {
    const file = await registered();
    const part = () =>
      staff.call(readingRoomLines.content, { params: { fileId: file.fileId }, headers: { range: 'bytes=0-3' } });
    expect((await part()).status).toBe(206);
    const { rows } = await owner.query<{ id: string }>(
      'select content_id as id from vankho.record_file where id = $1',
      [file.fileId],
    );
    const path =
      filesUnder(join(house.folder, 'objects/vault')).find((name) => name.endsWith(rows[0]?.id ?? '-')) ?? '';
    chmodSync(path, 0o600);
    writeFileSync(path, Buffer.alloc(file.size));
    await expect(bytesOf(house, staff, contentPath(file.fileId))).rejects.toThrow();
    await damagedSaid(file);
    expectCode(await part(), 500, 'content-damaged');
  });

  test('are not given in parts when they changed a moment after a part was right', async () => {
    const file = await registered('Lớn.txt', Buffer.from('đoạn văn bản dài '.repeat(40_000)));
    const part = (range: string) =>
      staff.call(readingRoomLines.content, { params: { fileId: file.fileId }, headers: { range: `bytes=${range}` } });
    expect((await part('0-99')).status).toBe(206);
    await flip(file.fileId, file.size - 5);
    // What did not change is given; what did is not, whoever asks how.
    expect((await part('0-99')).status).toBe(206);
    await expect(part(`${String(file.size - 20)}-`)).rejects.toThrow();
    await damagedSaid(file);
    expectCode(await part('0-99'), 500, 'content-damaged');
  });
});

test('while the log cannot be written nothing is given', async () => {
  const { recordId, fileId } = await registered();
  const asked: readonly (readonly [Line, object])[] = [
    [readingRoomLines.content, {}],
    [readingRoomLines.content, { headers: { range: 'bytes=0-9' } }],
    [readingRoomLines.picture, {}],
    [readingRoomLines.text, {}],
    [searchLines.search, { query: { q: 'trang' } }],
    [registryLines.record, {}],
    [systemLines.home, {}],
  ];
  const ask = (line: Line, given: object): Promise<Answer> =>
    staff.call(line, { params: { id: recordId, fileId, page: 1 }, ...given });
  await owner.query('revoke insert on vankho.audit_event from vk_app');
  try {
    for (const [line, given] of asked) {
      const answer = await ask(line, given);
      expect([line.path, answer.status, answer.json?.code]).toEqual([line.path, 503, 'log-unavailable']);
      expect(answer.headers.get('retry-after')).not.toBeNull();
      expect(answer.text).not.toMatch(/trang|Về việc/u);
    }
  } finally {
    await owner.query('grant insert on vankho.audit_event to vk_app');
  }
  for (const [line, given] of asked) expect((await ask(line, given)).status).toBeLessThan(300);
});
