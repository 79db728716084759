import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { systemLines } from '../../src/contract/system.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { startMeilisearch } from '../support/meilisearch-server.ts';
import { onPath, startMinio } from '../support/s3-server.ts';
import { passerBy } from '../support/visitor.ts';

/** The same house on the servers of an office: MinIO and Meilisearch, real ones, one of them away for a while. */

const missing = ['minio', 'meilisearch'].filter((program) => !onPath(program));
if (missing.length > 0)
  console.warn(`SKIPPED: the house on MinIO and Meilisearch: not on the PATH: ${missing.join(', ')}`);

(missing.length === 0 ? describe : describe.skip)('the house on MinIO and Meilisearch', () => {
  let house: TestHouse;
  let minio: Awaited<ReturnType<typeof startMinio>>;
  let meilisearch: Awaited<ReturnType<typeof startMeilisearch>>;

  let meilisearchIsAway = false;

  beforeAll(async () => {
    [minio, meilisearch] = await Promise.all([startMinio(), startMeilisearch()]);
    house = await startHouse({
      settings: {
        VANKHO_S3_URL: minio.url,
        VANKHO_S3_ACCESS_KEY: minio.accessKey,
        VANKHO_S3_SECRET_KEY: minio.secretKey,
        VANKHO_MEILISEARCH_URL: meilisearch.url,
        VANKHO_MEILISEARCH_KEY: meilisearch.key,
      },
    });
  }, 120_000);
  afterAll(async () => {
    await house.close();
    await minio.stop();
    if (!meilisearchIsAway) await meilisearch.stop();
  });

  test('says which servers it stands on', async () => {
    const ready = await passerBy(house.base).ask(systemLines.ready);
    expect(ready.parts.map((part) => [part.name, part.kind, part.up])).toEqual([
      ['database', 'postgres', true],
      ['store', 'minio', true],
      ['search', 'meilisearch', true],
      ['queue', 'graphile-worker', true],
    ]);
  });

  test('a letter goes from the door to the reader, and to nobody else', async () => {
    const clerk = await house.visit('clerk');
    const receipt = await clerk.received('công văn.txt', 'Bảo đảm cung ứng điện mùa khô năm 2026');
    await clerk.register(receipt.recordId, {
      subject: 'V/v cung ứng điện',
      codeNumber: '41',
      codeNotation: 'BCT-ĐTĐL',
      leadUnitId: house.units.finance,
    });
    const staff = await house.visit('staff');
    for (const q of ['cung ung dien', '41/BCT-ĐTĐL', '41/bct-dtdl', '41 BCT DTDL', 'mua kho']) {
      const found = await eventually(
        async () => (await staff.ask(searchLines.search, { query: { q } })).hits[0],
        5_000,
      );
      expect([q, found.recordId]).toEqual([q, receipt.recordId]);
    }
    const content = await clerk.call(readingRoomLines.content, { params: { fileId: receipt.fileId } });
    expect(content.text).toBe('Bảo đảm cung ứng điện mùa khô năm 2026');
    const part = await clerk.call(readingRoomLines.content, {
      params: { fileId: receipt.fileId },
      headers: { range: 'bytes=0-3' },
    });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, expect.stringMatching(/^bytes 0-3\/\d+$/u)]);
    const stranger = await house.visit('stranger');
    expect(await stranger.ask(searchLines.search, { query: { q: 'cung ung dien' } })).toMatchObject({
      hits: [],
      total: { count: 0 },
    });
    expect((await stranger.call(registryLines.record, { params: { id: receipt.recordId } })).status).toBe(404);
  });

  test('Meilisearch goes away: search lists by metadata and says so, uploads go on', async () => {
    const clerk = await house.visit('clerk');
    await meilisearch.stop();
    meilisearchIsAway = true;
    const receipt = await clerk.received('khi vắng.txt', 'văn bản đến khi máy chủ tra cứu vắng mặt');
    const record = await clerk.register(receipt.recordId, { subject: 'Về tiết kiệm năng lượng' });
    const degraded = await clerk.ask(searchLines.search, { query: { q: 'tiết kiệm' } });
    expect(degraded).toMatchObject({ degraded: true, hits: [{ recordId: record.id }] });
    expect((await passerBy(house.base).call(systemLines.ready)).status).toBe(503);
  });
});
