import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type pg from 'pg';
import { identityLines } from '../../src/contract/identity.ts';
import { peopleLines, type PersonView } from '../../src/contract/people.ts';
import { searchLines } from '../../src/contract/search.ts';
import { houseRoot } from '../house/house-files.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { eventually } from '../support/eventually.ts';
import { visitor, type Answer, type Visitor } from '../support/visitor.ts';
import { newcomers, reason } from './newcomers.ts';
import { logOf } from './samples.ts';

/** People after the first day: who comes, what they may, who goes; and what one person alone cannot do. */

let house: TestHouse;
let owner: pg.Pool;
let administrator: Visitor;
let security: Visitor;
let newcomer: ReturnType<typeof newcomers>;
beforeAll(async () => {
  house = await startHouse();
  owner = house.database.owner();
  administrator = await house.visit('administrator');
  security = await house.visit('security');
  newcomer = newcomers(house, administrator);
});
afterAll(() => house.close());

const view = (id: string, by: Visitor = administrator): Promise<PersonView> =>
  by.ask(peopleLines.person, { params: { id } });
const code = (answer: Answer): [number, string | undefined] => [answer.status, answer.json?.code];
const changeOf = async (personId: string): Promise<string> =>
  (await security.ask(peopleLines.changes)).rows.find((row) => row.person.id === personId)?.id ?? '';
const decide = (by: Visitor, id: string, confirm: boolean, said = ''): Promise<Answer> =>
  by.call(peopleLines.decideChange, { params: { id }, body: { confirm, reason: said } });
const own = 'chín con trâu qua cầu khỉ';

async function enters(loginName: string, password: string): Promise<Visitor> {
  const first = await visitor(house.base, loginName, password);
  expect((await first.call(peopleLines.changePassword, { body: { current: password, next: own } })).status).toBe(204);
  return first;
}

describe('a newcomer', () => {
  test('sets a password of their own before anything else', async () => {
    const { loginName, password, id, waits } = await newcomer();
    expect(waits).toEqual([]);
    const first = await visitor(house.base, loginName, password);
    expect(await first.ask(identityLines.me)).toMatchObject({ passwordIsGiven: true, unit: { symbol: 'KHTC' } });
    expect(code(await first.call(searchLines.search, { query: {} }))).toEqual([403, 'password-is-given']);
    const token = await first.call(identityLines.signInForToken, {
      body: { name: loginName, password, tokenName: 'máy', scopes: ['search'], days: 1 },
    });
    expect(code(token)).toEqual([403, 'password-is-given']);

    for (const [next, field] of [
      ['ngắn', { path: 'next', problem: 'short' }],
      [password, { path: 'next', problem: 'same' }],
      [`${loginName} đi làm`, { path: 'next', problem: 'own-name' }],
    ] as const)
      expect((await first.call(peopleLines.changePassword, { body: { current: password, next } })).json.fields).toEqual(
        [field],
      );
    const wrong = await first.call(peopleLines.changePassword, { body: { current: 'không phải', next: own } });
    expect([wrong.status, wrong.json.fields]).toEqual([400, [{ path: 'current', problem: 'wrong' }]]);

    const elsewhere = await visitor(house.base, loginName, password);
    expect((await first.call(peopleLines.changePassword, { body: { current: password, next: own } })).status).toBe(204);
    expect((await first.call(searchLines.search, { query: {} })).status).toBe(200);
    expect((await elsewhere.call(identityLines.me)).status).toBe(401);
    expect((await visitor(house.base, loginName, own)).cookie).not.toBe('');
    const leaves = (await logOf(owner)).map((line) => line.leaf).join();
    for (const secret of [password, own, reason, 'Người Mới']) expect(leaves).not.toContain(secret);
    expect((await view(id)).sessions).toHaveLength(2);
  });

  test('must have a name that nobody has, a unit that stands, and duties that one person may hold', async () => {
    const body = { loginName: 'một.hai', fullName: 'Một Hai', roles: ['staff' as const], unitId: null, reason };
    const add = (given: object): Promise<Answer> =>
      administrator.call(peopleLines.addPerson, { body: { ...body, ...given } });
    expect(code(await add({ loginName: 'STAFF' }))).toEqual([409, 'name-taken']);
    expect(code(await add({ roles: ['auditor', 'clerk'] }))).toEqual([409, 'incompatible-roles']);
    expect((await add({ unitId: house.agencyId })).json.fields).toEqual([{ path: 'unitId', problem: 'unknown-unit' }]);
    expect((await add({ unitId: house.units.legal, post: 'unit-leader' })).json.fields).toEqual([
      { path: 'post', problem: 'needs-leader-role' },
    ]);
    expect((await add({ clearance: 2 })).status).toBe(400);
    expect((await add({ reason: '' })).status).toBe(400);
    // Nothing of what was refused is there.
    expect((await administrator.ask(peopleLines.people, { query: { q: 'mot hai', state: 'all' } })).rows).toEqual([]);
  });
});

describe('two persons', () => {
  test('a role is nothing until another has confirmed it', async () => {
    const { id, loginName, password, waits } = await newcomer(['clerk'], 'office');
    expect(waits).toEqual(['clerk']);
    expect(await view(id)).toMatchObject({ roles: [], waiting: 1, state: 'left' });
    // Without a role nobody comes in.
    await expect(visitor(house.base, loginName, password)).rejects.toThrow('401');
    const change = await changeOf(id);
    expect(code(await decide(administrator, change, true))).toEqual([403, 'second-person-needed']);
    expect(code(await decide(security, change, false))).toEqual([400, 'bad-request']);
    expect((await decide(security, change, true)).status).toBe(204);
    expect(code(await decide(security, change, true))).toEqual([404, 'not-found']);
    expect(await view(id)).toMatchObject({ roles: ['clerk'], waiting: 0, state: 'here' });
    const clerk = await enters(loginName, password);
    expect((await clerk.call(identityLines.directory)).status).toBe(200);
  });

  test('nobody confirms what they asked for, or what is about themselves; who asked may take it back', async () => {
    const { id } = await newcomer();
    await security.ask(peopleLines.setClearance, { params: { id }, body: { rank: 2, reason } });
    const change = await changeOf(id);
    expect(code(await decide(security, change, true))).toEqual([403, 'second-person-needed']);
    const asked = (await security.ask(peopleLines.changes)).rows.find((row) => row.id === change);
    expect(asked).toMatchObject({ mayDecide: false, mayWithdraw: true, change: { kind: 'clearance', from: 1, to: 2 } });
    expect((await decide(security, change, false, 'nhầm người')).status).toBe(204);
    expect(await view(id)).toMatchObject({ clearance: 1, waiting: 0 });

    const self = house.people.security.id;
    await administrator.ask(peopleLines.giveRole, { params: { id: self }, body: { role: 'records-officer', reason } });
    expect(code(await decide(security, await changeOf(self), true))).toEqual([403, 'second-person-needed']);
    expect(code(await decide(security, await changeOf(self), false, 'không'))).toEqual([403, 'second-person-needed']);
    await decide(administrator, await changeOf(self), false, 'thôi');
  });

  test('raising a clearance waits, lowering it does not, and both apply to open sessions at once', async () => {
    const { id, loginName, password } = await newcomer();
    const person = await enters(loginName, password);
    const set = (rank: 0 | 1 | 2): Promise<{ waits: boolean }> =>
      security.ask(peopleLines.setClearance, { params: { id }, body: { rank, reason } });
    expect(await set(2)).toEqual({ waits: true });
    expect((await person.ask(identityLines.me)).clearance).toBe(1);
    expect((await decide(administrator, await changeOf(id), true)).status).toBe(204);
    expect((await person.ask(identityLines.me)).clearance).toBe(2);
    expect(await set(0)).toEqual({ waits: false });
    expect((await person.ask(identityLines.me)).clearance).toBe(0);
    expect(code(await security.call(peopleLines.setClearance, { params: { id }, body: { rank: 0, reason } }))).toEqual([
      409,
      'conflict',
    ]);
    expect((await view(id)).clearanceHistory.map(({ rank, given }) => [rank, given.by?.fullName])).toEqual([
      [0, 'Cù Thiện Minh'],
      [2, 'Bùi Công Thành'],
      [1, 'Bùi Công Thành'],
    ]);
  });

  test('what has become impossible since is refused when it is confirmed, and goes on waiting', async () => {
    const { id } = await newcomer();
    await administrator.ask(peopleLines.endRole, { params: { id }, body: { role: 'staff', reason } });
    await administrator.ask(peopleLines.giveRole, { params: { id }, body: { role: 'auditor', reason } });
    await administrator.ask(peopleLines.giveRole, { params: { id }, body: { role: 'staff', reason } });
    expect(code(await decide(security, await changeOf(id), true))).toEqual([409, 'incompatible-roles']);
    expect(await view(id)).toMatchObject({ roles: ['staff'], waiting: 1 });
    const again = await administrator.call(peopleLines.giveRole, { params: { id }, body: { role: 'auditor', reason } });
    expect(code(again)).toEqual([409, 'incompatible-roles']);
  });
});

describe('who goes', () => {
  test('loses everything in one step, and what they leave behind is listed', async () => {
    const { id, loginName, password } = await newcomer(['clerk'], 'office');
    await decide(security, await changeOf(id), true);
    const clerk = await enters(loginName, password);
    // What is not registered yet is Có điều kiện, also for who brought it in.
    await security.ask(peopleLines.setClearance, { params: { id }, body: { rank: 2, reason } });
    await decide(administrator, await changeOf(id), true);
    await clerk.received('bỏ lại.txt', 'chưa ai đăng ký');
    await clerk.ask(identityLines.newToken, { body: { name: 'máy', scopes: ['upload'], days: 30 } });
    await administrator.ask(peopleLines.giveRole, { params: { id }, body: { role: 'records-officer', reason } });
    expect((await view(id)).leavesBehind).toEqual({ drafts: 1, dossiers: 0, tokens: 1, sessions: 1, lastHolderOf: [] });

    const left = await administrator.ask(peopleLines.leave, { params: { id }, body: { reason } });
    expect(left).toEqual({ drafts: 1, dossiers: 0, tokens: 1, sessions: 1, lastHolderOf: [] });
    expect((await clerk.call(identityLines.me)).status).toBe(401);
    await expect(visitor(house.base, loginName, own)).rejects.toThrow('401');
    const after = await view(id);
    expect(after).toMatchObject({ state: 'left', roles: [], unit: null, clearance: 0, waiting: 0, sessions: [] });
    // Nothing is overwritten: what they were stays, closed with today.
    expect(after.roleHistory).toMatchObject([{ role: 'clerk', given: { reason } }]);
    expect(after.appointments).toHaveLength(1);
    expect([...after.roleHistory, ...after.appointments].every((row) => row.until !== null)).toBe(true);
    const told = (await logOf(owner, 'person.left')).map((line) => JSON.parse(line.leaf));
    expect(told.at(-1)).toMatchObject({ about: id, data: { sessions: 1, tokens: 1 } });
    expect(
      (await administrator.ask(peopleLines.people, { query: { state: 'left' } })).rows.map((row) => row.id),
    ).toContain(id);
  });

  test('the last holder of a duty is named, and nobody sends themselves away', async () => {
    expect((await view(house.people.auditor.id)).leavesBehind.lastHolderOf).toEqual(['auditor']);
    const id = house.people.administrator.id;
    expect(code(await administrator.call(peopleLines.leave, { params: { id }, body: { reason } }))).toEqual([
      403,
      'second-person-needed',
    ]);
  });
});

test('a new password is shown once, ends every session, and must be changed again', async () => {
  const { id, loginName, password } = await newcomer();
  const person = await enters(loginName, password);
  const issued = await administrator.ask(peopleLines.resetPassword, { params: { id }, body: { reason } });
  expect(issued.password).toMatch(/^[a-z2-9]{4}(?:-[a-z2-9]{4}){3}$/u);
  expect((await person.call(identityLines.me)).status).toBe(401);
  const back = await visitor(house.base, loginName, issued.password);
  expect((await back.ask(identityLines.me)).passwordIsGiven).toBe(true);
});

test('nobody makes the password of who confirms as the second person, but the operator at the server', async () => {
  const { id, name, password } = house.people.security;
  const reset = await administrator.call(peopleLines.resetPassword, { params: { id }, body: { reason } });
  expect(code(reset)).toEqual([403, 'password-is-own-only']);
  expect((await visitor(house.base, name, password)).cookie).not.toBe('');
  const unknown = promisify(execFile)(process.execPath, ['src/commands/vankho.ts', 'password', 'Thư.Ký'], {
    cwd: houseRoot,
    env: house.environment,
  });
  await expect(unknown).rejects.toMatchObject({ code: 1, stderr: 'Không có ai tên đăng nhập Thư.Ký.\n' });
  const issued = await promisify(execFile)(process.execPath, ['src/commands/vankho.ts', 'password', 'Archivist'], {
    cwd: houseRoot,
    env: house.environment,
  });
  const given = /: (\S+)\s*$/u.exec(issued.stdout)?.[1] ?? '';
  const archivist = await visitor(house.base, 'archivist', given);
  expect((await archivist.ask(identityLines.me)).passwordIsGiven).toBe(true);
});

test('a person sees and ends their own sessions, and nobody else’s', async () => {
  const { loginName, password } = await newcomer();
  const one = await enters(loginName, password);
  const two = await visitor(house.base, loginName, own);
  const { rows } = await one.ask(peopleLines.ownSessions);
  expect(rows.map((row) => row.own).sort()).toEqual([false, true]);
  const other = rows.find((row) => !row.own)?.id ?? '';
  expect((await administrator.call(peopleLines.endOwnSession, { params: { id: other } })).status).toBe(404);
  expect((await one.call(peopleLines.endOwnSession, { params: { id: other } })).status).toBe(204);
  expect((await two.call(identityLines.me)).status).toBe(401);
  expect((await one.call(identityLines.me)).status).toBe(200);
});

test('the list is found by words without marks, narrowed, and read page by page', async () => {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await administrator.ask(peopleLines.people, {
      query: { state: 'all', limit: 3, ...(after === undefined ? {} : { after }) },
    });
    ids.push(...page.rows.map((row) => row.id));
    after = page.next ?? undefined;
  } while (after !== undefined);
  const { rows } = await owner.query<{ id: string }>('select id from vankho.person');
  expect(ids.length).toBe(new Set(ids).size);
  expect([...ids].sort()).toEqual(rows.map((row) => row.id).sort());
  const named = async (query: object): Promise<string[]> =>
    (await administrator.ask(peopleLines.people, { query })).rows.map((row) => row.fullName);
  expect(await named({ q: 'hoang yen' })).toEqual(['Lê Hoàng Yến']);
  expect(await named({ q: 'stranger' })).toEqual(['Lê Hoàng Yến']);
  expect(await named({ unit: house.units.legal })).toEqual(['Lê Hoàng Yến']);
  const foreign = await administrator.call(peopleLines.person, { params: { id: house.agencyId } });
  expect(code(foreign)).toEqual([404, 'not-found']);
});

describe('units', () => {
  const units = async (): Promise<Map<string, { id: string; until: string | null; people: number }>> =>
    new Map((await administrator.ask(peopleLines.units)).rows.map((row) => [row.symbol, row]));
  const add = (symbol: string, parentId: string | null = null): Promise<Answer> =>
    administrator.call(peopleLines.addUnit, { body: { symbol, name: `Đơn vị ${symbol}`, parentId, reason } });
  const end = (id: string, successorId: string | null): Promise<Answer> =>
    administrator.call(peopleLines.endUnit, { params: { id }, body: { successorId, reason } });

  test('one that ends gives its people and the reading of its records to its successor', async () => {
    const old = (await add('CU')).json.unitId as string;
    const next = (await add('MOI')).json.unitId as string;
    const bystander = (await add('KHAC')).json.unitId as string;
    const { id, loginName, password } = await newcomer(['staff'], null);
    await administrator.call(peopleLines.appoint, { params: { id }, body: { unitId: old, post: 'officer', reason } });
    const member = await enters(loginName, password);
    const clerk = await house.visit('clerk');
    const { recordId } = await clerk.received('của đơn vị cũ.txt', 'hồ sơ của đơn vị cũ');
    await clerk.register(recordId, { subject: 'Việc của đơn vị cũ', leadUnitId: old });
    const finds = async (who: Visitor): Promise<number> =>
      (await who.ask(searchLines.search, { query: { q: 'đơn vị cũ' } })).hits.length;
    await eventually(async () => (await finds(member)) === 1);

    expect((await end(old, next)).status).toBe(204);
    const now = await units();
    expect([now.get('CU')?.people, now.get('MOI')?.people]).toEqual([0, 1]);
    expect(await view(id)).toMatchObject({ unit: { symbol: 'MOI' }, post: 'officer' });
    expect(await finds(member)).toBe(1);

    const stranger = await newcomer(['staff'], null);
    const place = { post: 'officer' as const, reason };
    await administrator.call(peopleLines.appoint, {
      params: { id: stranger.id },
      body: { unitId: bystander, ...place },
    });
    const other = await enters(stranger.loginName, stranger.password);
    expect(await finds(other)).toBe(0);
    await administrator.call(peopleLines.appoint, { params: { id: stranger.id }, body: { unitId: next, ...place } });
    expect(await finds(other)).toBe(1);
    // A unit that has ended takes nobody in.
    const late = await administrator.call(peopleLines.appoint, {
      params: { id },
      body: { unitId: old, ...place },
    });
    expect(late.json.fields).toEqual([{ path: 'unitId', problem: 'unknown-unit' }]);
  });

  test('a symbol stands for one at a time; one that others stand under ends after them', async () => {
    const top = (await add('TREN')).json.unitId as string;
    const below = (await add('DUOI', top)).json.unitId as string;
    expect(code(await add('tren'))).toEqual([409, 'name-taken']);
    expect((await end(top, null)).json.fields).toEqual([{ path: 'unitId', problem: 'units-under-it' }]);
    expect((await end(below, below)).json.fields).toEqual([{ path: 'successorId', problem: 'unknown-unit' }]);
    expect((await end(below, null)).status).toBe(204);
    expect(code(await end(below, null))).toEqual([404, 'not-found']);
    expect((await end(top, null)).status).toBe(204);
    expect((await add('TREN')).status).toBe(201);
    expect((await add('X', top)).json.fields).toEqual([{ path: 'parentId', problem: 'unknown-unit' }]);
  });
});
