import { createHash } from 'node:crypto';
import type pg from 'pg';
import { identityLines } from '../../src/contract/identity.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { passerBy, visitorWithToken, type Answer } from '../support/visitor.ts';
import { countOf, letter, logOf } from './samples.ts';

/** Who comes in, for how long, and what ends it. */

let house: TestHouse;
let owner: pg.Pool;
beforeAll(async () => {
  house = await startHouse({ settings: { VANKHO_TRUSTED_PROXIES: '1' } });
  owner = house.database.owner();
});
afterAll(() => house.close());

const wrong = 'không phải mật khẩu này';
let places = 0;
/** An address nobody has come from yet. */
const newPlace = (): string => `203.0.113.${String((places += 1))}`;

function signIn(name: string, password: string, from = newPlace()): Promise<Answer> {
  return passerBy(house.base).call(identityLines.signIn, {
    body: { name, password },
    headers: { 'x-forwarded-for': from },
  });
}
const right = (who: keyof TestHouse['people'], from?: string): Promise<Answer> =>
  signIn(house.people[who].name, house.people[who].password, from);
const same = (answer: Answer): unknown => [
  answer.status,
  answer.text,
  [...answer.headers].filter(([name]) => name !== 'x-request-id' && name !== 'date'),
];
const expectCode = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
};

describe('the door', () => {
  test('a name nobody bears, a wrong password and a person without a role are answered with the same bytes', async () => {
    await owner.query('update vankho.role_assignment set valid_until = valid_from where person_id = $1', [
      house.people.otherClerk.id,
    ]);
    const unknown = await signIn('nobody', wrong);
    expectCode(unknown, 401, 'sign-in-failed');
    expect(same(await signIn('clerk', wrong))).toEqual(same(unknown));
    expect(same(await right('otherClerk'))).toEqual(same(unknown));
    expect(unknown.headers.get('set-cookie')).toBeNull();
  });

  test('a person without a role is counted, logged and made to wait like a wrong password', async () => {
    const from = newPlace();
    for (let tried = 0; tried < 8; tried += 1) expectCode(await right('otherClerk', from), 401, 'sign-in-failed');
    expectCode(await right('otherClerk', from), 429, 'too-many-attempts');
    const told = (await logOf(owner, 'sign-in.refused')).filter((line) => line.address === from);
    expect(told.map((line) => line.personId)).toEqual(new Array(9).fill(house.people.otherClerk.id));
  });

  test('a name nobody bears costs the same work as a wrong password', async () => {
    const taken: Record<'nobody' | 'leader', number[]> = { nobody: [], leader: [] };
    await signIn('nobody', wrong);
    // By turns, so that whatever else the machine does falls on both.
    for (let tried = 0; tried < 11; tried += 1) {
      for (const name of ['nobody', 'leader'] as const) {
        const begun = performance.now();
        await signIn(name, wrong);
        taken[name].push(performance.now() - begun);
      }
    }
    const [nobody, somebody] = [taken.nobody, taken.leader].map(
      (times) => times.sort((one, other) => one - other)[5] ?? 0,
    ) as [number, number];
    // The hash is most of it: without it a stranger's name would be answered in a tenth of the time.
    expect(nobody / somebody).toBeGreaterThan(0.5);
    expect(nobody / somebody).toBeLessThan(2);
  });

  test('a name is known in any case and with blanks around it, a password only as it is', async () => {
    expect((await signIn(' Clerk ', house.people.clerk.password)).status).toBe(200);
    expectCode(await signIn('clerk', house.people.clerk.password.toUpperCase()), 401, 'sign-in-failed');
    expect((await signIn('clerk', house.people.clerk.password.normalize('NFD'))).status).toBe(200);
  });
});

describe('a session', () => {
  test('is a cookie that scripts and other sites do not get, of which only the hash is kept', async () => {
    const answer = await right('clerk');
    expect(answer.json).toMatchObject({ fullName: 'Trần Thị Mai', roles: ['clerk'], clearance: 2 });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^vankho=vks_[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u);
    const secret = cookie.slice('vankho='.length).split(';')[0] ?? '';
    expect(answer.text).not.toContain(secret);
    const { rows } = await owner.query<{ row: string; hash: string }>(
      "select s::text as row, encode(token_hash, 'hex') as hash from vankho.session s where person_id = $1",
      [house.people.clerk.id],
    );
    expect(rows.map((row) => row.hash)).toContain(createHash('sha256').update(secret).digest('hex'));
    expect(rows.map((row) => row.row).join()).not.toContain(secret);
    const { rows: passwords } = await owner.query<{ hash: string }>('select hash from vankho.person_password');
    for (const { hash } of passwords) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
  });

  test('ends with signing out', async () => {
    const leader = await house.visit('leader');
    expect((await leader.call(identityLines.signOut)).status).toBe(204);
    expectCode(await leader.call(identityLines.me), 401, 'not-signed-in');
  });

  test('ends when its time is over, idle or in all', async () => {
    const leader = await house.visit('leader');
    const mine = 'id = (select id from vankho.session where person_id = $1 order by started_at desc limit 1)';
    await owner.query(`update vankho.session set expires_at = now() - interval '1 second' where ${mine}`, [
      house.people.leader.id,
    ]);
    expectCode(await leader.call(identityLines.me), 401, 'not-signed-in');
    const other = await house.visit('leader');
    const until = async (): Promise<number> =>
      Date.parse((await other.ask(identityLines.me)).signedInUntil) - Date.now();
    expect(await until()).toBeLessThanOrEqual(30 * 60_000);
    await owner.query(`update vankho.session set started_at = now() - interval '11 hours 50 minutes' where ${mine}`, [
      house.people.leader.id,
    ]);
    expect(await until()).toBeLessThanOrEqual(10 * 60_000);
  });
});

describe('a right that ended today', () => {
  test('is gone at the next request: a role, a clearance, an appointment', async () => {
    const clerk = await house.visit('clerk');
    const { recordId } = await clerk.received('a.pdf', await letter('mot'));
    await clerk.register(recordId, { subject: 'Về việc có điều kiện', rank: 1, leadUnitId: house.units.legal });
    const stranger = await house.visit('stranger');
    const look = async (): Promise<number> =>
      (await stranger.call(registryLines.record, { params: { id: recordId } })).status;
    const id = house.people.stranger.id;
    const end = (table: string) =>
      owner.query(`update vankho.${table} set valid_until = valid_from where person_id = $1`, [id]);
    const again = (table: string) =>
      owner.query(`update vankho.${table} set valid_until = null where person_id = $1`, [id]);
    expect(await look()).toBe(200);
    for (const [table, status] of [
      ['clearance', 404],
      ['appointment', 404],
      ['role_assignment', 401],
    ] as const) {
      await end(table);
      expect([table, await look()]).toEqual([table, status]);
      await again(table);
      expect([table, await look()]).toEqual([table, 200]);
    }
  });
});

describe('too many failures', () => {
  test('make the place wait for that name, whoever comes then, and not another name or place', async () => {
    const from = newPlace();
    for (let tried = 0; tried < 8; tried += 1) expectCode(await signIn('staff', wrong, from), 401, 'sign-in-failed');
    const waits = await right('staff', from);
    expectCode(waits, 429, 'too-many-attempts');
    expect(waits.headers.get('retry-after')).not.toBeNull();
    expect((await right('auditor', from)).status).toBe(200);
    expect((await right('staff')).status).toBe(200);
  });

  test('of many names make the place wait for every name', async () => {
    const from = newPlace();
    for (let tried = 0; tried < 60; tried += 1) await signIn(`nobody-${String(tried)}`, wrong, from);
    expectCode(await right('auditor', from), 429, 'too-many-attempts');
  });

  test('of strangers from many places do not lock the person out of a place they know', async () => {
    const home = newPlace();
    expect((await right('archivist', home)).status).toBe(200);
    await owner.query(
      `insert into vankho.sign_in_failure (name_hash, address, at)
       select sha256('archivist'::bytea), '198.51.100.' || n, now() from generate_series(1, 100) n`,
    );
    expect((await right('archivist', home)).status).toBe(200);
    expectCode(await right('archivist'), 429, 'too-many-attempts');
  });

  test('a sender who writes X-Forwarded-For himself stays in his place', async () => {
    const from = newPlace();
    for (let tried = 0; tried < 8; tried += 1) await signIn('staff', wrong, `192.0.2.${String(tried)}, ${from}`);
    expectCode(await right('staff', from), 429, 'too-many-attempts');
  });

  test('are counted for the password of a token too', async () => {
    const from = newPlace();
    const ask = (password: string): Promise<Answer> =>
      passerBy(house.base).call(identityLines.signInForToken, {
        body: { name: 'staff', password, tokenName: 'máy', scopes: ['search'], days: 1 },
        headers: { 'x-forwarded-for': from },
      });
    for (let tried = 0; tried < 8; tried += 1) expectCode(await ask(wrong), 401, 'sign-in-failed');
    expectCode(await ask(house.people.staff.password), 429, 'too-many-attempts');
  });
});

describe('an access token', () => {
  const wish = { name: 'Máy quét phòng văn thư', scopes: ['search' as const], days: 30 };

  test('does what its scopes say and nothing else', async () => {
    const clerk = await house.visit('clerk');
    const made = await clerk.ask(identityLines.newToken, { body: wish });
    expect(made.token).toMatch(/^vkt_[\w-]{43}$/u);
    const program = visitorWithToken(house.base, made.token);
    expect((await program.call(searchLines.search)).status).toBe(200);
    expectCode(await program.upload('a.txt', 'chữ'), 403, 'scope-not-allowed');
    expectCode(await program.call(identityLines.newToken, { body: wish }), 403, 'scope-not-allowed');
    expectCode(await program.call(identityLines.me), 403, 'scope-not-allowed');
    const uploads = await clerk.ask(identityLines.newToken, { body: { ...wish, scopes: ['upload'] } });
    expect((await visitorWithToken(house.base, uploads.token).upload('a.txt', 'chữ')).status).toBe(201);
  });

  test('is shown once, kept as a hash, and listed for its person alone', async () => {
    const clerk = await house.visit('clerk');
    const made = await clerk.ask(identityLines.newToken, { body: wish });
    const listed = await clerk.call(identityLines.tokens);
    expect(listed.json.rows.map((row: { id: string }) => row.id)).toContain(made.id);
    expect(listed.text).not.toContain(made.token);
    expect((await (await house.visit('staff')).ask(identityLines.tokens)).rows).toEqual([]);
    const { rows } = await owner.query<{ row: string }>('select t::text as row from vankho.access_token t');
    expect(rows.map((row) => row.row).join()).not.toContain(made.token);
  });

  test('ends on its day, or when its person revokes it, and no one else can', async () => {
    const clerk = await house.visit('clerk');
    const [one, other] = [
      await clerk.ask(identityLines.newToken, { body: wish }),
      await clerk.ask(identityLines.newToken, { body: wish }),
    ];
    const look = async (token: string): Promise<number> =>
      (await visitorWithToken(house.base, token).call(searchLines.search)).status;
    const staff = await house.visit('staff');
    expectCode(await staff.call(identityLines.revokeToken, { params: { id: one.id } }), 404, 'not-found');
    expect(await look(one.token)).toBe(200);
    expect((await clerk.call(identityLines.revokeToken, { params: { id: one.id } })).status).toBe(204);
    expect(await look(one.token)).toBe(401);
    expectCode(await clerk.call(identityLines.revokeToken, { params: { id: one.id } }), 404, 'not-found');
    await owner.query("update vankho.access_token set expires_at = now() - interval '1 second' where id = $1", [
      other.id,
    ]);
    expect(await look(other.token)).toBe(401);
  });

  test('comes by name and password too, and dies with the last role of its person', async () => {
    const { name, password, id } = house.people.leader;
    const body = { name, password, tokenName: 'máy', scopes: ['search' as const], days: 1 };
    const made = await passerBy(house.base).ask(identityLines.signInForToken, { body });
    const program = visitorWithToken(house.base, made.token);
    expect((await program.call(searchLines.search)).status).toBe(200);
    await owner.query('update vankho.role_assignment set valid_until = valid_from where person_id = $1', [id]);
    expectCode(await program.call(searchLines.search), 401, 'not-signed-in');
    await owner.query('update vankho.role_assignment set valid_until = null where person_id = $1', [id]);
  });
});

test('all of it stands in the log, with no name, no password and no secret in it', async () => {
  const told = await logOf(owner);
  for (const type of ['sign-in.done', 'sign-in.refused', 'sign-out.done', 'token.made', 'token.revoked'])
    expect(told.map((line) => line.type)).toContain(type);
  const leaves = told.map((line) => line.leaf).join('\n');
  for (const secret of [wrong, house.people.clerk.password, 'vks_', 'vkt_', 'Trần Thị Mai', 'nobody', 'Máy quét'])
    expect(leaves).not.toContain(secret);
  const failed = told.filter((line) => line.type === 'sign-in.refused' && line.personId === house.people.staff.id);
  expect(failed.map((line) => (JSON.parse(line.leaf) as { rule: string }).rule)).toEqual(
    expect.arrayContaining(['password', 'throttled']),
  );
  expect(await countOf(owner, 'sign_in_failure')).toBeGreaterThan(0);
});
