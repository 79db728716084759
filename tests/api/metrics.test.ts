import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { readConfig } from '../../src/config.ts';
import { contract } from '../../src/contract/index.ts';
import type { Line } from '../../src/contract/line.ts';
import { identityLines } from '../../src/contract/identity.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { systemLines } from '../../src/contract/system.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { counter } from '../../src/platform/http/counter.ts';
import { serve } from '../../src/platform/http/serve.ts';
import { createMetrics, type MetricsOptions } from '../../src/platform/metrics/metrics.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { passerBy, visitorWithToken } from '../support/visitor.ts';
import { letter } from './samples.ts';

/** What leaves the house for whoever watches it: to them alone, and nothing of a document or a person. */

interface Figure {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A page in the text format of Prometheus; a line that is neither a comment nor a figure fails. */
function figuresOf(page: string): Figure[] {
  return page
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const match = /^([a-z][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/u.exec(line);
      if (!match) throw new Error(`not a figure: ${line}`);
      const labels = [...(match[2] ?? '').matchAll(/([a-z_]+)="([^"]*)"/gu)].map(([, name, value]) => [name, value]);
      return { name: match[1] ?? '', labels: Object.fromEntries(labels) as Figure['labels'], value: Number(match[3]) };
    });
}

function valueOf(figures: readonly Figure[], name: string, labels: Readonly<Record<string, string>> = {}): number {
  const found = figures.filter(
    (one) => one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  );
  if (found.length !== 1)
    throw new Error(`${name} ${JSON.stringify(labels)} stands there ${String(found.length)} times`);
  return found[0]?.value ?? NaN;
}

const token = 'so-lieu-0123456789';

describe('a house that is watched', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await startHouse({ settings: { VANKHO_METRICS_TOKEN: token } });
  });
  afterAll(() => house.close());

  const scrape = async (): Promise<Figure[]> => {
    const answer = await visitorWithToken(house.base, token).call(systemLines.metrics);
    expect(answer.status).toBe(200);
    return figuresOf(answer.text);
  };

  test('shows its figures to the token of the settings, as text for Prometheus', async () => {
    const answer = await visitorWithToken(house.base, token).call(systemLines.metrics);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.text).toContain('# TYPE vankho_http_requests_total counter');
  });

  test('shows nothing to anybody else', async () => {
    const administrator = await house.visit('administrator');
    const own = await administrator.ask(identityLines.newToken, {
      body: { name: 'máy theo dõi', scopes: ['search'], days: 1 },
    });
    for (const who of [
      passerBy(house.base),
      administrator,
      visitorWithToken(house.base, own.token),
      visitorWithToken(house.base, `${token}0`),
      visitorWithToken(house.base, token.slice(0, -1)),
      visitorWithToken(house.base, ''),
    ]) {
      const answer = await who.call(systemLines.metrics);
      expect([answer.status, answer.json?.code]).toEqual([401, 'not-signed-in']);
      expect(answer.text).not.toContain('vankho_');
    }
  });

  test('says which parts stand, whose they are, and how the machine does', async () => {
    const figures = await scrape();
    for (const part of ['database', 'store', 'search', 'queue'])
      expect([part, valueOf(figures, 'vankho_part_up', { part })]).toEqual([part, 1]);
    // The database of the tests is a server's; objects and search are the install's own.
    const embedded = ['database', 'store', 'search'].map((part) => valueOf(figures, 'vankho_part_embedded', { part }));
    expect(embedded).toEqual([0, 1, 1]);
    const free = valueOf(figures, 'vankho_disk_free_bytes', { folder: 'data' });
    expect(free).toBeGreaterThan(0);
    expect(free).toBeLessThanOrEqual(valueOf(figures, 'vankho_disk_size_bytes', { folder: 'data' }));
    for (const pool of ['write', 'read', 'log', 'queue']) {
      const most = valueOf(figures, 'vankho_database_connections_limit', { pool });
      const used = ['in-use', 'idle'].map((state) => valueOf(figures, 'vankho_database_connections', { pool, state }));
      expect((used[0] ?? 0) + (used[1] ?? 0)).toBeLessThanOrEqual(most);
      expect(valueOf(figures, 'vankho_database_connection_waiters', { pool })).toBe(0);
    }
    expect(valueOf(figures, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(valueOf(figures, 'vankho_metrics_failures_total', { source: 'jobs' })).toBe(0);
  });

  test('counts requests by the template of their route', async () => {
    const before = await scrape();
    const clerk = await house.visit('clerk');
    await clerk.call(registryLines.record, { params: { id: randomUUID() } });
    await fetch(`${house.base}/api/${randomUUID()}`);
    const after = await scrape();
    const more = (route: string, method: string, status: string): number => {
      const of = (figures: readonly Figure[]): number =>
        figures
          .filter(({ name }) => name === 'vankho_http_requests_total')
          .filter(
            ({ labels }) => labels['route'] === route && labels['method'] === method && labels['status'] === status,
          )
          .reduce((sum, one) => sum + one.value, 0);
      return of(after) - of(before);
    };
    expect(more('/api/sign-in', 'POST', '2xx')).toBe(1);
    expect(more('/api/records/:id', 'GET', '4xx')).toBe(1);
    expect(more('other', 'GET', '4xx')).toBe(1);
    const labels = { route: '/api/records/:id', method: 'GET' };
    expect(valueOf(after, 'vankho_http_request_duration_seconds_count', labels)).toBe(1);
  });

  test('counts uploads and their bytes, kept or not', async () => {
    const before = await scrape();
    const clerk = await house.visit('clerk');
    const bytes = await letter('mot cong van');
    expect((await clerk.upload('a.pdf', bytes)).status).toBe(201);
    const broken = '#!/bin/sh\nrm -rf /\n';
    expect((await clerk.upload('b.txt', broken)).status).toBe(422);
    const after = await scrape();
    const more = (name: string, labels = {}): number => valueOf(after, name, labels) - valueOf(before, name, labels);
    expect(more('vankho_uploads_total', { end: 'kept' })).toBe(1);
    expect(more('vankho_uploads_total', { end: 'not-kept' })).toBe(1);
    expect(more('vankho_upload_bytes_total')).toBe(bytes.length + Buffer.byteLength(broken));
  });

  test('counts jobs by task, those that gave up apart', async () => {
    const queue = house.database.pool('vk_queue');
    await queue.query(
      `select graphile_worker.add_job(task, '{}'::json, run_at => now() + interval '1 day', max_attempts => 1)
       from unnest(array['search.index', 'search.index', 'a task of another version']) as task`,
    );
    await queue.query(
      `update graphile_worker._private_jobs set attempts = 1 where id = (select min(id) from graphile_worker._private_jobs
         where run_at > now() + interval '1 hour')`,
    );
    await eventually(async () => {
      const figures = await scrape();
      const of = (task: string): number[] =>
        ['vankho_jobs_waiting', 'vankho_jobs_dead'].map((name) => valueOf(figures, name, { task }));
      return JSON.stringify([of('search.index'), of('other'), of('intake.read')]) === '[[1,1],[1,0],[0,0]]';
    });
  });

  test('says nothing of a document, a person or a level, whatever was done', async () => {
    const clerk = await house.visit('clerk');
    const words = 'bauxite Nhân Cơ';
    const one = await clerk.received('mật danh.pdf', await letter('quang'));
    await clerk.register(one.recordId, { subject: `Về việc ${words}`, codeNotation: 'BTC-QUANG', rank: 2 });
    await clerk.ask(searchLines.search, { query: { q: words } });
    await fetch(`${house.base}/api/search?q=${encodeURIComponent(words)}`);
    await fetch(`${house.base}/${encodeURIComponent(words)}`, { method: 'OPTIONS' });
    const page = (await visitorWithToken(house.base, token).call(systemLines.metrics)).text;
    for (const word of ['bauxite', 'Nhân', 'QUANG', 'quang', 'mật', 'clerk', one.recordId, one.fileId, token])
      expect(page).not.toContain(word);
    for (const person of Object.values(house.people)) expect(page).not.toContain(person.name);
    expect(page).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/u);
    expect(page).not.toMatch(/rank|clearance|level|\bq=/u);
    expect(page).toMatch(/^[\n\x20-\x7eăố]*$/u);

    // Each label that we make has a closed list, and each value stands on it.
    const templates = Object.values(contract).flatMap((room) => Object.values<Line>(room).map((entry) => entry.path));
    const lists: Readonly<Record<string, readonly string[]>> = {
      route: [...templates, 'other'],
      method: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'other'],
      status: ['2xx', '3xx', '4xx', '5xx', 'cut'],
      part: ['database', 'store', 'search', 'queue'],
      task: ['intake.read', 'intake.recognise', 'search.index', 'registry.bodies', 'other'],
      pool: ['write', 'read', 'log', 'queue'],
      state: ['in-use', 'idle'],
      source: ['parts', 'jobs', 'connections', 'disk'],
      folder: ['data'],
      end: ['kept', 'not-kept'],
      version: ['0.1.0'],
      le: ['0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '10', '60', '+Inf'],
    };
    const strange = figuresOf(page)
      .filter(({ name }) => name.startsWith('vankho_'))
      .flatMap(({ name, labels }) => Object.entries(labels).map(([label, value]) => ({ name, label, value })))
      .filter(({ label, value }) => !(lists[label] ?? []).includes(value));
    expect(strange).toEqual([]);
  });
});

test('a house that nobody watches has no such address', async () => {
  const house = await startHouse();
  try {
    for (const headers of [{}, { authorization: `Bearer ${token}` }, { authorization: 'Bearer ' }]) {
      const [answer, nothing] = await Promise.all(
        ['/metrics', '/api/nothing'].map(async (path) => {
          const response = await fetch(`${house.base}${path}`, { headers });
          return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
        }),
      );
      expect(answer).toEqual(nothing);
      expect(answer?.status).toBe(404);
    }
  } finally {
    await house.close();
  }
});

test('a token that could be guessed is refused at the start, and not repeated', () => {
  expect(readConfig({}).metricsToken).toBeUndefined();
  expect(readConfig({ VANKHO_METRICS_TOKEN: token }).metricsToken).toBe(token);
  for (const weak of ['short', 'fifteen-letters', 'two words, sixteen letters']) {
    let said = '';
    try {
      readConfig({ VANKHO_METRICS_TOKEN: weak });
    } catch (cause) {
      said = String(cause);
    }
    expect(said).toContain('VANKHO_METRICS_TOKEN');
    expect(said).not.toContain(weak);
  }
});

const still: MetricsOptions = {
  version: '1.2.3',
  routes: ['/healthz'],
  tasks: ['intake.read'],
  embedded: { database: true, store: true, search: true },
  parts: async () => [{ name: 'database', up: true }],
  jobs: async () => [],
  connections: () => [],
  disk: async () => ({ free: 1, whole: 2 }),
};

test('what cannot be asked is missing and counted, and the rest of the page stands', async () => {
  let away = false;
  const metrics = createMetrics({
    ...still,
    async disk() {
      if (away) throw new Error('no such folder');
      return { free: 1, whole: 2 };
    },
  });
  expect(valueOf(figuresOf(await metrics.page()), 'vankho_disk_free_bytes')).toBe(1);
  away = true;
  const figures = figuresOf(await metrics.page());
  // No old figure, and above all no zero: somebody is woken by that.
  expect(figures.filter(({ name }) => name === 'vankho_disk_free_bytes')).toEqual([]);
  expect(valueOf(figures, 'vankho_metrics_failures_total', { source: 'disk' })).toBe(1);
  expect(valueOf(figures, 'vankho_part_up', { part: 'database' })).toBe(1);
});

test('a source that hangs holds up the page for four seconds and no longer', async () => {
  const metrics = createMetrics({ ...still, jobs: () => new Promise(() => undefined) });
  const began = Date.now();
  const figures = figuresOf(await metrics.page());
  expect(Date.now() - began).toBeLessThan(6_000);
  expect(valueOf(figures, 'vankho_metrics_failures_total', { source: 'jobs' })).toBe(1);
});

test('two registries stand beside each other', async () => {
  const [one, other] = [createMetrics(still), createMetrics(still)];
  one.received(5);
  expect(valueOf(figuresOf(await one.page()), 'vankho_upload_bytes_total')).toBe(5);
  expect(valueOf(figuresOf(await other.page()), 'vankho_upload_bytes_total')).toBe(0);
});

test('a count that fails never fails a request', async () => {
  const broken = (): never => {
    throw new Error('the count is broken');
  };
  const app = serve({
    counters: [
      counter({
        line: systemLines.alive,
        access: 'anyone',
        audit: { none: 'a counter of the tests' },
        rate: 'system',
        handle: async () => ({ alive: true as const }),
      }),
    ],
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
    secure: false,
    authenticate: async () => undefined,
    tellRefusal: async () => undefined,
    trustedProxies: 0,
    largestFile: 1,
    rateFactor: 1,
    webFolder: undefined,
    meter: { answered: broken, received: broken, uploaded: broken },
  });
  expect((await supertest(app).get('/healthz')).body).toEqual({ alive: true });
  expect((await supertest(app).get('/nothing')).status).toBe(404);
});
