import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { identityLines } from '../../src/contract/identity.ts';
import { registerLines } from '../../src/contract/registers.ts';
import { houseRoot } from '../house/house-files.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Visitor } from '../support/visitor.ts';
import { viewOf } from './desk.ts';

/** An old year moves in by the command line: its numbers and gaps, its paper, and the scans that come after. */

let house: TestHouse;
let clerk: Visitor;
let token: string;
let home: string;
let folder: string;
beforeAll(async () => {
  house = await startHouse();
  clerk = await house.visit('clerk');
  const { name, password } = house.people.clerk;
  const made = await clerk.ask(identityLines.signInForToken, {
    body: { name, password, tokenName: 'nhập năm cũ', scopes: ['upload'], days: 1 },
  });
  token = made.token;
  await clerk.ask(registerLines.setUpRegister, {
    body: { direction: 'incoming', year: 2019, kind: 'external', startNumber: 1, otherSystem: 'QLVB cũ' },
  });
});
afterAll(() => house.close());
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vankho-years-'));
  folder = join(home, 'Năm 2019');
  mkdirSync(folder);
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

async function imported(table: string): Promise<{ code: number; out: string; err: string; report: string }> {
  writeFileSync(join(home, 'bảng.csv'), table);
  const report = join(home, 'kết quả.csv');
  const words = ['import', folder, '--csv', join(home, 'bảng.csv'), '--report', report];
  const env = { HOME: home, VANKHO_SERVER: house.base, VANKHO_TOKEN: token };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [join(houseRoot, 'dist/cli/vankho.js'), ...words],
      { cwd: home, env },
    );
    return { code: 0, out: stdout, err: stderr, report: readFileSync(report, 'utf8') };
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr, report: '' };
  }
}

async function book() {
  const { rows } = await clerk.ask(registerLines.registers);
  const id = rows.find((row) => row.year === 2019)?.id ?? '';
  return clerk.ask(registerLines.entries, { params: { id } });
}

test('its numbers and gaps, marked as the other system’s; the paper by itself, its scan the day after; twice is once', async () => {
  writeFileSync(join(folder, 'cv-7.txt'), 'Nội dung công văn số đến 7');
  const table = [
    'file,arrivalNumber,arrivalDate,issuer,subject,paperKind,paperStore,paperBox',
    'cv-7.txt,7,03/02/2019,Bộ Tài chính,Công văn có tệp,,,',
    ',12,04/02/2019,Bộ Y tế,Công văn giấy,VAN BAN GIAY,Kho 2,14',
    ',15,05/02/2019,Bộ Y tế,Phong bì đích danh,sealed-envelope,Kho 2,14',
  ].join('\n');
  const first = await imported(table);
  expect(first.out).toContain('Đã đăng ký 3, chờ đăng ký 0, từ chối 0, lỗi 0');
  expect(first.report).toMatch(/"","registered","[0-9a-f-]{36}","12","",""/u);
  const { rows, gaps } = await book();
  expect(rows.map((row) => [row.number, row.taken, row.subject, row.withoutFile])).toEqual([
    [15, true, 'Phong bì đích danh', true],
    [12, true, 'Công văn giấy', true],
    [7, true, 'Công văn có tệp', false],
  ]);
  expect(gaps).toEqual([
    { from: 13, until: 14 },
    { from: 8, until: 11 },
  ]);
  const waiting = rows.find((row) => row.number === 12)?.recordId ?? '';
  expect((await viewOf(clerk, waiting)).fields).toMatchObject({
    paperStore: 'Kho 2',
    paperBox: '14',
    arrivalDate: '2019-02-04',
  });

  expect((await imported(table)).out).toContain('Đã đăng ký 3, chờ đăng ký 0, từ chối 0, lỗi 0');
  expect((await book()).rows).toHaveLength(3);

  rmSync(join(folder, 'cv-7.txt'));
  writeFileSync(join(folder, 'scan0001.txt'), 'Bản quét của số 12');
  writeFileSync(join(folder, 'scan0002.txt'), 'Bản quét của số không có');
  const scans = 'file,scanOf\nscan0001.txt,12/2019\nscan0002.txt,99/2019\n';
  for (let run = 0; run < 2; run += 1) {
    const sent = await imported(scans);
    expect(sent.out).toContain('Đã đăng ký 0, chờ đăng ký 0, từ chối 1, lỗi 0, bản quét đã gắn 1');
    expect(sent.report).toContain('Chưa có văn bản nào mang số đến 99 năm 2019.');
  }
  const record = await viewOf(clerk, waiting);
  expect(record.files.map(({ name, role, version }) => [name, role, version])).toEqual([['scan0001.txt', 'main', 1]]);

  writeFileSync(join(folder, 'scan0001.txt'), 'Bản quét lại của số 12, có bút phê');
  rmSync(join(folder, 'scan0002.txt'));
  expect((await imported('file,scanOf\nscan0001.txt,12/2019\n')).report).toContain('reason: needed');
  const again = await imported('file,scanOf,scanReason\nscan0001.txt,12/2019,Có bút phê\n');
  expect(again.out).toContain('bản quét đã gắn 1');
  expect((await viewOf(clerk, waiting)).versions.map(({ kind, note }) => [kind, note])).toEqual([
    ['rescan', 'Có bút phê'],
    ['scan', null],
  ]);
});

test.each([
  ['file,arrivalNumber\na.txt,12b\n', 'arrivalNumber: số đến là một số nguyên dương, ví dụ 28417'],
  ['file,scanOf\na.txt,12\n', 'scanOf: cần số đến và năm của văn bản đã đăng ký, ví dụ 28417/2026'],
  ['file,scanOf\n,12/2019\n', 'Dòng 2 của bảng có scanOf mà không có tệp.'],
  ['file,subject\n,Văn bản giấy\n', 'cần ghi subject (trích yếu) và paperKind'],
  [
    'file,paperKind,subject\n,đá,x\n',
    'Dòng 2 của bảng có ô chưa đúng: paperKind: "đá" không có trong danh sách; hãy ghi Văn bản giấy (paper); ',
  ],
])('a wrong cell stops the import before anything is sent: %j', async (table, sentence) => {
  const before = (await book()).rows.length;
  const answer = await imported(table);
  expect([answer.code, answer.err]).toEqual([1, expect.stringContaining(sentence)]);
  expect((await book()).rows).toHaveLength(before);
});
