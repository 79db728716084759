import { createHash, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { intakeLines, type Receipt } from '../../src/contract/intake.ts';
import { encryptedPdf } from '../ports/reading-machine-pdf.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { countOf, filesUnder, letter, logOf } from './samples.ts';

/** A file at the door: what is taken, what is refused, and that what is refused leaves nothing. */

let house: TestHouse;
let owner: pg.Pool;
let clerk: Visitor;
beforeAll(async () => {
  house = await startHouse({ settings: { VANKHO_LARGEST_FILE_MB: '1' } });
  owner = house.database.owner();
  clerk = await house.visit('clerk');
});
afterAll(() => house.close());

const megabyte = 1_048_576;
const hash = (kind: 'sha256' | 'sha512', bytes: Uint8Array | string): string =>
  createHash(kind).update(bytes).digest('hex');
const expectCode = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
};

/** Bytes that lie in the house besides those of files it has acknowledged, once nothing is being read any more. */
async function settled(): Promise<{ rows: number; objects: number; spooled: number }> {
  return eventually(async () => {
    const { rows } = await owner.query<{ busy: string }>(
      "select count(*) as busy from vankho.record_file where stage not in ('ready', 'kept-unread', 'failed')",
    );
    const count = (folder: string): number =>
      existsSync(join(house.folder, folder)) ? filesUnder(join(house.folder, folder)).length : 0;
    const found = {
      rows: await countOf(owner, 'content_object'),
      objects: count('objects'),
      spooled: count('spool'),
    };
    return rows[0]?.busy === '0' && found.rows === found.objects && found.spooled === 0 ? found : undefined;
  });
}

/** Does what it is given and says that the house holds as many rows and objects as before. */
async function leavesNothing(work: () => Promise<void>): Promise<void> {
  const before = await settled();
  const records = await countOf(owner, 'record');
  await work();
  expect(await settled()).toEqual(before);
  expect(await countOf(owner, 'record')).toBe(records);
}

async function send(
  ...parts: readonly (readonly [string, string] | readonly [string, string, Blob])[]
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value, file] of parts) {
    if (file) form.append(name, file, value);
    else form.append(name, value);
  }
  const response = await fetch(`${house.base}${intakeLines.upload.path}`, {
    method: 'POST',
    headers: { cookie: clerk.cookie, 'x-vankho-client': 'tests' },
    body: form,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

describe('a file that is taken', () => {
  test('is answered with a receipt whose two hashes are those of its bytes', async () => {
    const bytes = await letter('Ha Noi, ngay 2 thang 9');
    const answer = await clerk.upload('Công văn 12.pdf', bytes);
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      fileName: 'Công văn 12.pdf',
      mediaType: 'application/pdf',
      format: 'pdf',
      size: bytes.length,
      sha256: hash('sha256', bytes),
      sha512: hash('sha512', bytes),
      stage: 'received',
    });
    const receipt = answer.json as Receipt;
    const { rows } = await owner.query<{ hash: string; rank: number; state: string }>(
      `select encode(c.sha512, 'hex') as hash, r.rank, r.state from vankho.record_file f
       join vankho.content_object c on c.id = f.content_id join vankho.record r on r.id = f.record_id where f.id = $1`,
      [receipt.fileId],
    );
    expect(rows).toEqual([{ hash: receipt.sha512, rank: 2, state: 'draft' }]);
    const told = (await logOf(owner, 'file.received')).filter((line) => line.recordId === receipt.recordId);
    expect(told.map((line) => JSON.parse(line.leaf).sha256)).toEqual([receipt.sha256]);
    await settled();
  });

  test.each([
    ['Tờ trình về kỷ luật.txt'.normalize('NFD'), 'Tờ trình về kỷ luật.txt'.normalize('NFC')],
    ['D:\\Công việc\\mai\\Văn bản\\Quyết định.txt', 'Quyết định.txt'],
    ['../../etc/Báo cáo.txt', 'Báo cáo.txt'],
    ['Bao\u202ecao\u2066.txt', 'Baocao.txt'],
    ['Đơn "xin" nghỉ; phép.txt', 'Đơn "xin" nghỉ; phép.txt'],
    [`${'ă'.repeat(300)}.txt`, `${'ă'.repeat(251)}.txt`],
    ['../.txt', '.txt'],
  ])('%j is kept as %j', async (given, kept) => {
    const answer = await clerk.upload(given, 'nội dung');
    expect([answer.status, answer.json.fileName]).toEqual([201, kept]);
  });

  test('moves out of quarantine into the vault, byte for byte', async () => {
    const receipt = await clerk.received('a.txt', 'chữ trong tệp');
    await settled();
    expect(filesUnder(join(house.folder, 'objects/quarantine'))).toEqual([]);
    const { rows } = await owner.query<{ id: string }>(
      'select content_id as id from vankho.record_file where id = $1',
      [receipt.fileId],
    );
    expect(filesUnder(join(house.folder, 'objects/vault')).map((path) => path.split('/').at(-1))).toContain(
      rows[0]?.id,
    );
  });
});

describe('a file that is refused', () => {
  const program = Buffer.concat([Buffer.from('MZ\u0090\u0000', 'latin1'), Buffer.alloc(600), Buffer.from('PE\0\0')]);
  program.writeUInt32LE(604, 0x3c);
  const cases: readonly (readonly [string, string, () => Uint8Array | string | Promise<Uint8Array>, number, string])[] =
    [
      ['empty', 'a.pdf', () => '', 422, 'file-empty'],
      ['blank', 'a.txt', () => ' \n\t\n', 422, 'file-empty'],
      ['a program', 'a.exe', () => program, 415, 'file-type-not-allowed'],
      ['text under the name of a program', 'a.bat', () => 'dir', 415, 'file-type-not-allowed'],
      ['an archive', 'a.zip', () => Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1'), 415, 'file-type-not-allowed'],
      ['a PDF cut off', 'a.pdf', async () => (await letter('mot')).subarray(0, 500), 422, 'file-broken'],
      ['a PDF with a password', 'a.pdf', () => encryptedPdf('mật khẩu'), 422, 'file-encrypted'],
      ['a program under the name of a PDF', 'a.pdf', () => program, 422, 'file-broken'],
      ['a script under the name of text', 'a.txt', () => '#!/bin/sh\nrm -rf /\n', 422, 'file-broken'],
    ];
  test.each(cases)('because it is %s leaves nothing but its event', async (_why, name, bytes, status, code) => {
    const before = (await logOf(owner, 'file.refused')).length;
    await leavesNothing(async () => {
      expectCode(await clerk.upload(name, await bytes()), status, code);
    });
    const told = (await logOf(owner, 'file.refused')).slice(before);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ outcome: 'refused', personId: house.people.clerk.id, recordId: null });
    expect(told[0]?.leaf).not.toContain(name);
  });

  test('because it is too large leaves nothing, not even of a text that would read well when cut', async () => {
    await leavesNothing(async () => {
      const answer = await clerk.upload('a.txt', 'chữ '.repeat(megabyte / 2));
      expectCode(answer, 413, 'file-too-large');
      expect(answer.json.detail).toContain('1 MB');
    });
  });

  test('is not refused when it is exactly as large as may be', async () => {
    expect((await clerk.upload('a.txt', 'a'.repeat(megabyte))).status).toBe(201);
  });
});

describe('a request that is not one file', () => {
  const blob = () => new Blob(['chữ']);
  test('without a file is refused', async () => {
    await leavesNothing(async () => expectCode(await send(['relativePath', 'a/b']), 400, 'file-missing'));
    await leavesNothing(async () => expectCode(await send(['file', 'no file']), 400, 'file-missing'));
    const json = await clerk.call(intakeLines.upload, { body: {} });
    expectCode(json, 400, 'file-missing');
  });

  test('with two files keeps neither', async () => {
    await leavesNothing(async () =>
      expectCode(await send(['file', 'a.txt', blob()], ['file', 'b.txt', blob()]), 400, 'bad-request'),
    );
  });

  test('with a file under another name keeps nothing', async () => {
    await leavesNothing(async () => expectCode(await send(['tep', 'a.txt', blob()]), 400, 'bad-request'));
    await leavesNothing(async () =>
      expectCode(await send(['file', 'a.txt', blob()], ['other', 'b.txt', blob()]), 400, 'bad-request'),
    );
  });

  test('with a field after the file keeps nothing: what it says would be heard too late', async () => {
    await leavesNothing(async () => {
      const answer = await send(['file', 'a.txt', blob()], ['rank', '3']);
      expectCode(answer, 400, 'bad-request');
      expect(answer.json.fields).toEqual([{ path: 'rank', problem: 'after-file' }]);
    });
  });

  test('with a field nobody knows, or a wrong one, keeps nothing and names it', async () => {
    for (const [name, value] of [
      ['state', 'declared'],
      ['attachTo', 'x'],
      ['rank', '9'],
    ] as const) {
      await leavesNothing(async () => {
        const answer = await send([name, value], ['file', 'a.txt', blob()]);
        expectCode(answer, 400, 'bad-request');
        expect(answer.json.fields[0].path).toBe(name);
      });
    }
  });

  test('that is cut off in the middle leaves no row and no object', async () => {
    await leavesNothing(async () => {
      const boundary = randomUUID();
      const sending = request(`${house.base}${intakeLines.upload.path}`, {
        method: 'POST',
        headers: {
          cookie: clerk.cookie,
          'x-vankho-client': 'tests',
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': 900_000,
        },
      });
      sending.on('error', () => undefined);
      const head = 'content-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain';
      sending.write(`--${boundary}\r\n${head}\r\n\r\n${'chữ '.repeat(50_000)}`);
      // The bytes have come: what is cut now is an upload under way.
      await eventually(async () => filesUnder(join(house.folder, 'objects/quarantine/incoming')).length > 0);
      sending.destroy();
    });
  });
});

test('whoever would not see what they bring is told so before a byte is kept', async () => {
  const { id } = house.people.clerk;
  await owner.query('update vankho.clearance set rank = 1 where person_id = $1', [id]);
  try {
    await leavesNothing(async () => expectCode(await clerk.upload('a.txt', 'chữ'), 403, 'clearance-needed'));
  } finally {
    await owner.query('update vankho.clearance set rank = 2 where person_id = $1', [id]);
  }
  const [told] = (await logOf(owner, 'access.refused')).slice(-1);
  expect(JSON.parse(told?.leaf ?? '{}').rule).toBe('clearance-needed');
});

describe('a secret rank on a networked house', () => {
  test('is refused before a byte is kept, and the log says so', async () => {
    const before = (await logOf(owner, 'access.refused')).length;
    await leavesNothing(async () => {
      for (const rank of ['3', '4', '5'])
        expectCode(await clerk.upload('a.txt', 'chữ', { fields: { rank } }), 422, 'secret-not-kept-here');
    });
    const told = (await logOf(owner, 'access.refused')).slice(before);
    expect(told.map((line) => JSON.parse(line.leaf).rule)).toEqual(new Array(3).fill('secret-not-kept-here'));
  });

  test('is refused with fifty megabytes behind it too', async () => {
    const large = await startHouse();
    try {
      const person = await large.visit('clerk');
      const answer = await person
        .upload('a.txt', Buffer.alloc(50 * megabyte, 'a'), { fields: { rank: '3' } })
        .then((given) => given.status)
        // The house need not hear fifty megabytes out.
        .catch(() => 'cut');
      expect([422, 'cut']).toContain(answer);
      const pool = large.database.owner();
      await eventually(async () => (await logOf(pool, 'access.refused')).length === 1);
      expect(await countOf(pool, 'record')).toBe(0);
      expect(existsSync(join(large.folder, 'spool'))).toBe(false);
      expect(filesUnder(join(large.folder)).filter((path) => path.includes('objects'))).toEqual([]);
    } finally {
      await large.close();
    }
  });
});

describe('an Idempotency-Key', () => {
  test('makes a repeated request the same request: one receipt, one record, one object', async () => {
    const key = randomUUID();
    const first = await clerk.upload('a.txt', 'một lần', { key });
    await settled();
    await leavesNothing(async () => {
      const second = await clerk.upload('a.txt', 'một lần', { key });
      expect([second.status, second.json]).toEqual([201, first.json]);
    });
  });

  test('that was used for something else is refused, and nothing of it stays', async () => {
    const key = randomUUID();
    await clerk.upload('a.txt', 'một', { key });
    await settled();
    await leavesNothing(async () => {
      expectCode(await clerk.upload('a.txt', 'hai', { key }), 422, 'idempotency-mismatch');
      expectCode(await clerk.upload('b.txt', 'một', { key }), 422, 'idempotency-mismatch');
    });
  });

  test('sent eight times at once makes one record', async () => {
    const key = randomUUID();
    const before = await settled();
    const answers = await Promise.all(new Array(8).fill(0).map(() => clerk.upload('a.txt', 'cùng lúc', { key })));
    expect(answers.map((answer) => answer.status)).toEqual(new Array(8).fill(201));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(await settled()).toMatchObject({ rows: before.rows + 1, objects: before.objects + 1 });
  });

  test('of one person means nothing for another', async () => {
    const key = randomUUID();
    const other = await house.visit('otherClerk');
    const [mine, theirs] = [await clerk.upload('a.txt', 'x', { key }), await other.upload('a.txt', 'y', { key })];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.json.recordId).not.toBe(theirs.json.recordId);
  });

  test('with a sign that cannot stand in one is refused', async () => {
    expectCode(await clerk.upload('a.txt', 'x', { key: 'a b' }), 400, 'bad-request');
  });
});
