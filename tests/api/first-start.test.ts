import { createOffice, type MovedIn, type OfficePlan } from '../../src/departments/identity/index.ts';
import { createAuditLog } from '../../src/departments/audit/index.ts';
import { identityLines } from '../../src/contract/identity.ts';
import { RecordSchema } from '../../src/departments/registry/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openDatabase, type Database } from '../../src/platform/database/database.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { passerBy, type Answer } from '../support/visitor.ts';
import { logOf } from './samples.ts';

/** An empty house, and the one token that lets its first administrator in. */

type Mover = OfficePlan['people'][number];

let house: TestHouse;
let database: Database;
let office: ReturnType<typeof createOffice>;

beforeAll(async () => {
  house = await startHouse();
  // A house as it is on its first day: its people and everything that names them are gone.
  await empty();
  database = await openDatabase({
    ownerUrl: house.database.ownerUrl,
    loginSecret: house.database.loginSecret,
    entities: [RecordSchema],
    connections: 2,
    onPoolError: () => undefined,
  });
  const audit = createAuditLog({ alone: database.alone, clock: systemClock });
  office = createOffice({ database, audit, clock: systemClock });
});
afterAll(async () => {
  await database.close();
  await house.close();
});

const empty = (): Promise<unknown> =>
  house.database
    .owner()
    .query('truncate vankho.agency, vankho.person, vankho.unit, vankho.first_start, vankho.audit_event cascade');

const wish = {
  agencyName: 'Bộ Thử nghiệm',
  agencyCode: 'G01',
  agencySymbol: 'BTN',
  fullName: 'Bùi Công Thành',
  name: 'Thanh.BC',
  password: 'chín con trâu qua cầu',
};
const make = (given: Partial<typeof wish> & { token: string }): Promise<Answer> =>
  passerBy(house.base).call(identityLines.firstAdministrator, { body: { ...wish, ...given } });
const needed = async (): Promise<boolean> => (await passerBy(house.base).ask(identityLines.firstStart)).needed;

test('the token of the first start makes one administrator, once', async () => {
  const old = await office.firstStartToken();
  const token = (await office.firstStartToken()) ?? '';
  expect(token).toMatch(/^vkf_[\w-]{43}$/u);
  expect(await needed()).toBe(true);

  // Printed by an earlier start: only the last one opens.
  expect((await make({ token: old ?? '' })).json.code).toBe('sign-in-failed');
  for (const [password, problem] of [
    ['ngắn quá', 'short'],
    ['matkhau123456789', 'common'],
    ['aaaaaaaaaaaabbb', 'common'],
    ['ông thành.bc đi làm', 'own-name'],
  ] as const) {
    const answer = await make({ token, password });
    expect([answer.status, answer.json.fields]).toEqual([422, [{ path: 'password', problem }]]);
  }
  expect(await needed()).toBe(true);

  const answers = await Promise.all([make({ token }), make({ token }), make({ token })]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 401, 401]);
  expect(await needed()).toBe(false);
  expect(await office.firstStartToken()).toBeUndefined();
  expect((await make({ token })).status).toBe(401);

  const signedIn = await passerBy(house.base).call(identityLines.signIn, {
    body: { name: 'thanh.bc', password: wish.password },
  });
  expect(signedIn.json).toMatchObject({ roles: ['administrator'], clearance: 0, agency: { symbol: 'BTN' } });
  const told = await logOf(house.database.owner());
  expect(told.map((line) => line.type)).toEqual(expect.arrayContaining(['agency.added', 'person.added']));
  for (const secret of [token, wish.password, wish.fullName, 'thanh.bc'])
    expect(told.map((line) => line.leaf).join()).not.toContain(secret);
});

test('a first start that fails halfway has not happened: its token opens again', async () => {
  const owner = house.database.owner();
  await empty();
  const token = (await office.firstStartToken()) ?? '';
  await owner.query('revoke insert on vankho.person_password from vk_app');
  expect((await make({ token })).status).toBe(500);
  await owner.query('grant insert on vankho.person_password to vk_app');
  expect(await needed()).toBe(true);
  expect((await make({ token })).status).toBe(201);
});

const who = { actor: null, address: 'local', requestId: 'tests', machine: 'first-start' };
const person = (name: string, given: Partial<Mover> = {}): Mover => ({
  name,
  fullName: 'Lê Thị Hai',
  roles: ['clerk'],
  clearance: 1,
  password: wish.password,
  appointment: { unit: 'VP', post: 'unit-clerk' },
  ...given,
});
const movingIn = (people: readonly Mover[]): Promise<MovedIn | undefined> =>
  office.moveIn(who, {
    agency: { code: 'G01', symbol: 'BTN', name: 'Bộ Thử nghiệm' },
    units: [
      { symbol: 'VP', name: 'Văn phòng', parent: null },
      { symbol: 'VT', name: 'Phòng Văn thư', parent: 'VP' },
    ],
    people,
  });

test('an office moves in whole or not at all', async () => {
  await empty();
  const token = (await office.firstStartToken()) ?? '';
  for (const roles of [
    ['auditor', 'administrator'],
    ['clerk', 'administrator'],
  ] as const)
    await expect(movingIn([person('một'), person('hai', { roles })])).rejects.toMatchObject({
      code: 'incompatible-roles',
    });
  await expect(
    movingIn([person('một'), person('hai', { appointment: { unit: 'XX', post: 'officer' } })]),
  ).rejects.toMatchObject({ code: 'bad-request', fields: [{ path: 'units.XX', problem: 'unknown-unit' }] });
  await expect(movingIn([person('một'), person('một')])).rejects.toThrow(/unique/u);
  expect(await needed()).toBe(true);

  const people = [person('mai'), person('thanh', { roles: ['administrator'], clearance: 0, appointment: null })];
  const answers = await Promise.all([movingIn(people), movingIn(people), movingIn(people)]);
  const made = answers.filter((answer) => answer !== undefined);
  expect(made).toHaveLength(1);
  expect(Object.keys(made[0]?.units ?? {})).toEqual(['VP', 'VT']);
  expect(await needed()).toBe(false);
  // The token that was printed before opens nothing now, and nobody moves in on top.
  expect((await make({ token })).json.code).toBe('sign-in-failed');
  expect(await movingIn([person('ba')])).toBeUndefined();
  const signedIn = await passerBy(house.base).call(identityLines.signIn, {
    body: { name: 'mai', password: wish.password },
  });
  expect(signedIn.json).toMatchObject({ roles: ['clerk'], clearance: 1, unit: { symbol: 'VP' }, post: 'unit-clerk' });
});

test('nobody moves in on top of the first administrator', async () => {
  await empty();
  expect((await make({ token: (await office.firstStartToken()) ?? '' })).status).toBe(201);
  expect(await movingIn([person('mai')])).toBeUndefined();
});
