import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { startHouse, type TestHouse } from '../support/house.ts';
import { eventually } from '../support/eventually.ts';
import { largePdf, uploadStream } from '../support/large-pdf.ts';
import { peakMegabytes } from '../support/processes.ts';

/**
 * A file far larger than the process may grow goes through it. VANKHO_TEST_LARGE_MB=2048 is the full number; every run
 * sends a part of that, which a process that gathers the file in memory cannot hide either.
 */
const megabytes = Number(process.env['VANKHO_TEST_LARGE_MB'] ?? 400);
const mostResident = 300;

let house: TestHouse;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house.close());

(existsSync('/proc/self/status') ? test : test.skip)(
  `${String(megabytes)} MiB stream through a process that stays under ${String(mostResident)} MiB`,
  async () => {
    const { cookie } = await house.visit('clerk');
    const hash = createHash('sha256');
    let size = 0;
    function* counted(): Generator<Buffer> {
      for (const chunk of largePdf(megabytes)) {
        hash.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    }
    const { status, body: said } = await uploadStream(house.base, cookie, 'lớn.pdf', counted());
    expect({ status, said: status === 201 ? 'received' : said }).toEqual({ status: 201, said: 'received' });
    expect(JSON.parse(said)).toMatchObject({ size, sha256: hash.digest('hex'), fileName: 'lớn.pdf' });
    const end = await eventually(async () => {
      const { rows } = await house.database
        .owner()
        .query<{ stage: string; area: string }>(
          'select f.stage, c.area from vankho.record_file f join vankho.content_object c on c.id = f.content_id',
        );
      return ['ready', 'kept-unread'].includes(rows[0]?.stage ?? '') ? rows[0] : undefined;
    }, 170_000);
    expect(end.area).toBe('vault');
    expect(peakMegabytes(house.pid)).toBeLessThan(mostResident);
  },
  400_000,
);
