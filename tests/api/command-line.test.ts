import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { houseRoot } from '../house/house-files.ts';
import { searchLines } from '../../src/contract/search.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';

/** The built command line as it runs on a clerk's own PC: plain JavaScript, alone in a folder, with a home of its own. */

let house: TestHouse;
let home: string;
let folder: string;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vankho-home-'));
  folder = join(home, 'Văn bản đến');
  mkdirSync(join(folder, 'Quý I'), { recursive: true });
  writeFileSync(join(folder, 'cv-318.txt'), 'Về việc lập dự toán ngân sách');
  writeFileSync(join(folder, 'Quý I', 'giấy mời.txt'), 'Kính mời dự họp giao ban');
  writeFileSync(join(folder, 'rỗng.pdf'), '');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const built = join(houseRoot, 'dist/cli/vankho.js');

async function vankho(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [built, ...words], {
      cwd: home,
      env: { HOME: home },
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

async function login(name: string, password: string): Promise<number> {
  const child = spawn(process.execPath, [built, 'login', house.base, '--name', name], {
    cwd: home,
    env: { HOME: home },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.end(`${password}\n`);
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

test('a folder goes into the archive once, with its table, and is found', async () => {
  const { name, password } = house.people.clerk;
  expect(await login(name, password)).toBe(0);
  expect(statSync(join(home, '.config/vankho/credentials.json')).mode & 0o077).toBe(0);

  writeFileSync(
    join(home, 'bảng.csv'),
    'file,numberAndSymbol,issuedDate,issuer,subject,leadUnit,supportingUnits,ghi chú\ncv-318.txt,318/BTC-NSNN,05/01/2026,Bộ Tài chính,Về việc lập dự toán,KHTC,VP;PC,không dùng\n',
  );
  const first = await vankho('import', folder, '--csv', join(home, 'bảng.csv'), '--report', join(home, 'kết quả.csv'));
  expect(first.out).toContain('Đã đăng ký 1, chờ đăng ký 1, từ chối 1, lỗi 0');
  expect(first.err).toContain('Cột không dùng: ghi chú');
  const report = readFileSync(join(home, 'kết quả.csv'), 'utf8');
  expect(report).toMatch(/"cv-318.txt","registered","[0-9a-f-]{36}","1","[0-9a-f]{64}",""/u);
  expect(report).toMatch(/"Quý I\/giấy mời.txt","received"/u);
  expect(report).toMatch(/"rỗng.pdf","refused".*không có nội dung/u);

  const again = await vankho('import', folder, '--csv', join(home, 'bảng.csv'), '--report', join(home, 'kết quả.csv'));
  expect(again.out).toContain('Đã đăng ký 1, chờ đăng ký 1, từ chối 1, lỗi 0');
  const { rows } = await house.database.owner().query('select count(*)::integer as count from vankho.record');
  expect(rows[0].count).toBe(2);
  expect(readFileSync(join(home, 'kết quả.csv'), 'utf8')).toMatch(/"cv-318.txt","registered".*số đến là 1\./u);

  // The units of the table read it: their people find it, others do not.
  const staff = await house.visit('staff');
  const hits = await eventually(async () => {
    const found = await staff.ask(searchLines.search, { query: { q: '318/BTC-NSNN' } });
    return found.hits.length > 0 && found.hits;
  });
  expect(hits).toHaveLength(1);

  for (const words of [['318/BTC-NSNN'], ['318/btc-nsnn'], ['318', 'BTC', 'NSNN'], ['lap', 'du', 'toan']]) {
    const found = await vankho('search', ...words, '--json');
    expect(JSON.parse(found.out).hits[0]).toMatchObject({ numberAndSymbol: '318/BTC-NSNN', issuedDate: '2026-01-05' });
  }
  await eventually(async () => (await vankho('search', 'giao', 'ban')).out.includes('giấy mời'));
});

test('what goes wrong is one sentence that says what to do', async () => {
  const nobody = await vankho('search', 'gì');
  expect([nobody.code, nobody.err.trim()]).toEqual([
    1,
    'Chưa đăng nhập. Hãy chạy: vankho login http://địa-chỉ-máy-chủ',
  ]);
  expect(await login(house.people.clerk.name, 'không phải mật khẩu này')).toBe(1);
  const { name, password } = house.people.clerk;
  await login(name, password);
  writeFileSync(join(home, 'sai.csv'), 'file,issuedDate,subject\ncv-318.txt,31/02/2026,x\n');
  const wrong = await vankho('import', folder, '--csv', join(home, 'sai.csv'));
  expect([wrong.code, wrong.err]).toEqual([
    1,
    expect.stringContaining('Dòng 2 của bảng có ô chưa đúng: issuedDate: không phải một ngày có thật'),
  ]);
  writeFileSync(join(home, 'lạ.csv'), 'file,subject,leadUnit\ncv-318.txt,x,KHÔNG\n');
  const strange = await vankho('import', folder, '--csv', join(home, 'lạ.csv'));
  expect([strange.code, strange.err.trim()]).toEqual([1, 'Dòng 2 của bảng có ký hiệu đơn vị chưa có trong kho: KHÔNG']);
  const missing = await vankho('import', join(home, 'không có'));
  expect([missing.code, missing.err.trim()]).toEqual([1, `Không có tệp hay thư mục này: ${join(home, 'không có')}`]);
});
