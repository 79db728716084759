import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { auditLines } from '../../src/contract/audit.ts';
import { contract } from '../../src/contract/index.ts';
import { identityLines } from '../../src/contract/identity.ts';
import { intakeLines } from '../../src/contract/intake.ts';
import type { Line } from '../../src/contract/line.ts';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { problem } from '../../src/contract/shapes.ts';
import { systemLines } from '../../src/contract/system.ts';
import { permissionsOf, type Permission, type Role } from '../../src/kernel/permissions.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { counter } from '../../src/platform/http/counter.ts';
import { serve, sessionCookie } from '../../src/platform/http/serve.ts';
import { startHouse, type CastName, type TestHouse } from '../support/house.ts';
import { passerBy, type Answer, type Visitor } from '../support/visitor.ts';
import { letter, logOf } from './samples.ts';

/** What holds for every counter alike; the counters are read from the contract, so that a new one is asked too. */

const lines: readonly Line[] = Object.values(contract).flatMap((department) => Object.values<Line>(department));
const named = lines.map((one) => [`${one.method} ${one.path}`, one] as const);
const openToAnyone: readonly Line[] = [
  identityLines.signIn,
  identityLines.firstStart,
  identityLines.firstAdministrator,
  identityLines.signInForToken,
  systemLines.alive,
  systemLines.ready,
  systemLines.openapi,
  systemLines.apiPage,
  // By a token of its own, which no person has; tests/api/metrics.test.ts knocks there.
  systemLines.metrics,
];
const closed = named.filter(([, one]) => !openToAnyone.includes(one));
const changes = named.filter(([, one]) => one.method !== 'GET');

let house: TestHouse;
let described: Readonly<Record<string, Readonly<Record<string, { readonly 'x-permission': string }>>>>;
const visitors = new Map<Role, Visitor>();
const castOf: Readonly<Record<Role, CastName>> = {
  clerk: 'clerk',
  staff: 'staff',
  leader: 'leader',
  'records-officer': 'archivist',
  auditor: 'auditor',
  administrator: 'administrator',
  'security-officer': 'security',
};

beforeAll(async () => {
  house = await startHouse();
  for (const [role, who] of Object.entries(castOf) as [Role, CastName][]) visitors.set(role, await house.visit(who));
  const document = (await passerBy(house.base).call(systemLines.openapi)).json as {
    paths: typeof described;
  };
  described = document.paths;
});
afterAll(() => house.close());

const someParams = {
  id: randomUUID(),
  fileId: randomUUID(),
  copyId: randomUUID(),
  recordId: randomUUID(),
  appointmentId: randomUUID(),
  page: 1,
} as never;
const ask = (who: Visitor, one: Line, headers?: Record<string, string>): Promise<Answer> =>
  who.call(one, { params: someParams, ...(headers ? { headers } : {}) });

function permissionOf(one: Line): string | undefined {
  return described[one.path.replace(/:(\w+)/gu, '{$1}')]?.[one.method.toLowerCase()]?.['x-permission'];
}

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
  expect(problem.strict().parse(answer.json)).toMatchObject({ status, code, title: code });
}

describe('the description of the API', () => {
  test('is OpenAPI 3.1 and names every line of the contract and no other', async () => {
    const { json } = await passerBy(house.base).call(systemLines.openapi);
    expect(json.openapi).toBe('3.1.0');
    const paths = Object.entries(described).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path.replace(/\{(\w+)\}/gu, ':$1')}`),
    );
    expect(paths.sort()).toEqual(named.map(([name]) => name).sort());
  });

  test('opens to anyone exactly these', () => {
    const open = lines.filter((one) => permissionOf(one) === 'anyone');
    expect(open.map((one) => one.path).sort()).toEqual(openToAnyone.map((one) => one.path).sort());
  });

  test('gives each operation a name of its own', () => {
    const ids = Object.values(described).flatMap((verbs) =>
      Object.values(verbs).map((operation) => (operation as unknown as { operationId: string }).operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('who is let in', () => {
  test.each(closed)('%s answers 401 to a passer-by', async (_name, one) => {
    expectProblem(await ask(passerBy(house.base), one), 401, 'not-signed-in');
  });

  test.each(closed)('%s answers 401 to a cookie that opens nothing', async (_name, one) => {
    const answer = await ask(passerBy(house.base), one, { cookie: `vankho=vks_${'A'.repeat(43)}` });
    expectProblem(answer, 401, 'not-signed-in');
  });

  test.each(Object.keys(castOf) as Role[])('%s is refused at every counter that is not theirs', async (role) => {
    const who = visitors.get(role) as Visitor;
    const granted: ReadonlySet<string> = new Set<Permission>(permissionsOf[role]);
    const theirs = (one: Line): boolean => granted.has(permissionOf(one) ?? '') || permissionOf(one) === 'signed-in';
    const notTheirs = closed.filter(([, one]) => !theirs(one));
    expect(notTheirs.length).toBeGreaterThan(5);
    for (const [name, one] of notTheirs)
      expect([name, (await ask(who, one)).json.code]).toEqual([name, 'role-not-allowed']);
  });

  test('each of these refusals stands in the log with its person and its counter', async () => {
    const owner = house.database.owner();
    const before = (await logOf(owner, 'access.refused')).length;
    const answer = await ask(visitors.get('staff') as Visitor, auditLines.events);
    expect(answer.status).toBe(403);
    const [line] = (await logOf(owner, 'access.refused')).slice(before);
    expect(line).toMatchObject({ outcome: 'refused', personId: house.people.staff.id });
    expect(JSON.parse(line?.leaf ?? '{}')).toMatchObject({
      rule: 'role-not-allowed',
      data: { route: 'GET /api/audit/events' },
    });
  });
});

describe('a change from another site', () => {
  const foreign: readonly (readonly [string, Record<string, string>])[] = [
    ['without the header of our client', {}],
    ['from another origin', { 'x-vankho-client': 'tests', origin: 'https://elsewhere.example' }],
    ['from an origin that is no address', { 'x-vankho-client': 'tests', origin: 'null' }],
    ['that the browser calls cross-site', { 'x-vankho-client': 'tests', 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls same-site', { 'x-vankho-client': 'tests', 'sec-fetch-site': 'same-site' }],
  ];
  test.each(foreign)('%s is refused at every counter', async (_name, headers) => {
    const { cookie } = visitors.get('clerk') as Visitor;
    for (const [name, one] of changes) {
      const path = one.path.replace(/:\w+/gu, randomUUID());
      const response = await fetch(`${house.base}${path}`, { method: one.method, headers: { cookie, ...headers } });
      const { code } = (await response.json()) as { code: string };
      expect([name, response.status, code]).toEqual([name, 403, 'cross-site-request']);
    }
  });

  test('our own origin passes', async () => {
    const headers = { origin: house.base, 'sec-fetch-site': 'same-origin' };
    const answer = await house.visit('otherClerk').then((who) => who.call(identityLines.signOut, { headers }));
    expect(answer.status).toBe(204);
  });
});

describe('headers and bodies of every kind of answer', () => {
  const kinds: readonly (readonly [string, number, () => Promise<Response>])[] = [
    ['a page of data', 200, () => get('/api/me')],
    ['an empty answer', 204, async () => await send('/api/sign-out', '', await house.visit('leader'))],
    ['an upload', 201, async () => uploadRaw()],
    ['bytes', 200, async () => get(`/api/files/${(await file()).fileId}/content`)],
    ['a picture', 200, async () => get(`/api/files/${(await file()).fileId}/pages/1/picture`)],
    ['a table', 200, async () => get('/api/audit/events.csv', await house.visit('auditor'))],
    ['a wrong field', 400, () => get('/api/search?limit=many')],
    ['a body that is no JSON', 400, () => send('/api/sign-in', '{')],
    ['no session', 401, () => fetch(`${house.base}/api/me`)],
    ['no right', 403, () => get('/api/audit/events')],
    ['no record', 404, () => get(`/api/records/${randomUUID()}`)],
    ['no such counter', 404, () => get('/api/nothing')],
    ['no such place to send to', 404, () => send('/nothing', '{}')],
    ['no such asset', 404, () => get('/assets/nothing.js')],
    ['a path that cannot be read', 400, () => get('/api/records/%E0%A4%A')],
    ['the pulse', 200, () => fetch(`${house.base}/healthz`)],
  ];
  const get = (path: string, who = visitors.get('clerk') as Visitor): Promise<Response> =>
    fetch(`${house.base}${path}`, { headers: { cookie: who.cookie } });
  const send = (path: string, body: string, who = visitors.get('clerk') as Visitor): Promise<Response> =>
    fetch(`${house.base}${path}`, {
      method: 'POST',
      headers: { cookie: who.cookie, 'x-vankho-client': 'tests', 'content-type': 'application/json' },
      ...(body === '' ? {} : { body }),
    });
  const file = async () => (visitors.get('clerk') as Visitor).received('a.pdf', await letter('mot'));
  const uploadRaw = async (): Promise<Response> => {
    const form = new FormData();
    form.set('file', new Blob(['chữ']), 'a.txt');
    const { cookie } = visitors.get('clerk') as Visitor;
    return fetch(`${house.base}${intakeLines.upload.path}`, {
      method: 'POST',
      headers: { cookie, 'x-vankho-client': 'tests' },
      body: form,
    });
  };

  test.each(kinds)('%s (%i) bears the security headers', async (_name, status, make) => {
    const response = await make();
    expect(response.status).toBe(status);
    const { headers } = response;
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/u),
    });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
    if (status >= 400) {
      const body = await response.text();
      expect(headers.get('content-type')).toContain('application/problem+json');
      expect(body).not.toMatch(/\bat \w|node_modules|\.ts\b|select |insert |Error:/iu);
    }
  });

  test('a problem is told in English to who asks for it, in Vietnamese to everybody else', async () => {
    const who = passerBy(house.base);
    const detail = async (language: string): Promise<string> =>
      (await who.call(identityLines.me, { headers: { 'accept-language': language } })).json.detail as string;
    expect(await detail('en-GB,en;q=0.9,vi;q=0.1')).toMatch(/^You are not signed in/u);
    expect(await detail('vi')).toMatch(/^Bạn chưa đăng nhập/u);
    expect(await detail('fr')).toMatch(/^Bạn chưa đăng nhập/u);
  });
});

describe('what is not in the contract', () => {
  const wrong: readonly (readonly [string, Line, object, string])[] = [
    [
      'an unknown key of a body',
      registryLines.correct,
      { body: { fields: {}, version: 1, state: 'declared' } },
      'state',
    ],
    [
      'an unknown field of a record',
      registryLines.correct,
      { body: { fields: { rank: 0 }, version: 1 } },
      'fields.rank',
    ],
    ['a missing key of a body', registryLines.correct, { body: { fields: {} } }, 'version'],
    ['an unknown key of a query', searchLines.search, { query: { level: 5 } }, 'query.level'],
    ['a wrong value of a query', searchLines.search, { query: { limit: 51 } }, 'query.limit'],
    ['an identifier that is none', registryLines.record, { params: { id: 'x' } }, 'path.id'],
    ['a page that is none', readingRoomLines.picture, { params: { fileId: randomUUID(), page: 'x' } }, 'path.page'],
  ];
  test.each(wrong)('%s is refused and named', async (_name, one, given, path) => {
    const answer = await (visitors.get('clerk') as Visitor).call(one, { params: someParams, ...given });
    expectProblem(answer, 400, 'bad-request');
    expect((answer.json.fields as { path: string }[]).map((field) => field.path)).toContain(path);
  });

  test('a body over one megabyte is refused', async () => {
    const body = { fields: { trace: 'a'.repeat(1_100_000) }, version: 1 };
    const answer = await (visitors.get('clerk') as Visitor).call(registryLines.correct, {
      params: { id: randomUUID() },
      body,
    });
    expect([answer.status, answer.json.code]).toEqual([400, 'bad-request']);
  });
});

test('who asks too often waits, alone, and the log says so', async () => {
  const strict = await startHouse({ settings: { VANKHO_RATE_FACTOR: '0.05' } });
  try {
    const clerk = await strict.visit('clerk');
    const staff = await strict.visit('staff');
    const answers: Answer[] = [];
    for (let asked = 0; asked < 62; asked += 1) answers.push(await clerk.call(identityLines.me));
    const refused = answers.filter((answer) => answer.status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expectProblem(refused[0] as Answer, 429, 'too-many-requests');
    expect(refused[0]?.headers.get('retry-after')).toBe('30');
    expect((await staff.call(identityLines.me)).status).toBe(200);
    const told = await logOf(strict.database.owner(), 'access.refused');
    expect(told).toHaveLength(refused.length);
  } finally {
    await strict.close();
  }
});

test('behind https the cookie is a __Host- one that is Secure, and HSTS is on every answer', async () => {
  const entry = counter({
    line: identityLines.signOut,
    access: 'anyone',
    audit: { none: 'a counter of the tests' },
    rate: 'write',
    async handle({ setCookie }) {
      setCookie(sessionCookie.secure, 'a secret');
      return undefined;
    },
  });
  const app = serve({
    counters: [entry],
    clock: systemClock,
    log: { info: () => undefined, error: () => undefined },
    secure: true,
    authenticate: async () => undefined,
    tellRefusal: async () => undefined,
    trustedProxies: 0,
    largestFile: 1,
    rateFactor: 1,
    webFolder: undefined,
    meter: undefined,
  });
  const given = await supertest(app).post('/api/sign-out').set('x-vankho-client', 'tests');
  expect([given.status, given.headers['set-cookie']]).toEqual([
    204,
    ['__Host-vankho=a%20secret; Path=/; HttpOnly; Secure; SameSite=Strict'],
  ]);
  for (const path of ['/api/sign-out', '/nowhere'])
    expect((await supertest(app).get(path)).headers['strict-transport-security']).toBe(
      'max-age=31536000; includeSubDomains',
    );
});
