import type pg from 'pg';
import { peopleLines, type PersonView } from '../../src/contract/people.ts';
import { eventually } from '../support/eventually.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';
import { newcomers, reason } from './newcomers.ts';
import { logOf } from './samples.ts';

/** Several posts of one person, and answers to questions that have changed since they were asked. */

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

const view = (id: string): Promise<PersonView> => administrator.ask(peopleLines.person, { params: { id } });
const code = (answer: Answer): [number, string | undefined] => [answer.status, answer.json?.code];
const changeOf = async (personId: string): Promise<string> =>
  (await security.ask(peopleLines.changes)).rows.find((row) => row.person.id === personId)?.id ?? '';
const decide = (by: Visitor, id: string, confirm: boolean, said = ''): Promise<Answer> =>
  by.call(peopleLines.decideChange, { params: { id }, body: { confirm, reason: said } });

describe('posts', () => {
  test('of several one ends and the others go on; who gave and ended each, and why, is kept', async () => {
    const { id } = await newcomer();
    const appoint = (unitId: string) =>
      administrator.call(peopleLines.appoint, {
        params: { id },
        body: { unitId, post: 'officer', instead: false, reason: 'Biệt phái' },
      });
    expect((await appoint(house.units.legal)).status).toBe(204);
    const second = (await view(id)).appointments.find((one) => one.unit.id === house.units.legal);
    const end = () =>
      administrator.call(peopleLines.endAppointment, {
        params: { id, appointmentId: second?.id ?? '' },
        body: { reason: 'Hết biệt phái' },
      });
    expect((await end()).status).toBe(204);
    const after = await view(id);
    expect(after.unit?.id).toBe(house.units.finance);
    const by = { id: house.people.administrator.id };
    expect(after.appointments).toMatchObject([
      { unit: { id: house.units.legal }, given: { by, reason: 'Biệt phái' }, ended: { by, reason: 'Hết biệt phái' } },
      { unit: { id: house.units.finance }, until: null, given: { by, reason }, ended: null },
    ]);
    const told = await logOf(owner, 'appointment.ended');
    expect(JSON.parse(told.at(-1)?.leaf ?? '{}')).toMatchObject({ data: { unit: house.units.legal, post: 'officer' } });
    expect(told.at(-1)?.leaf).not.toContain('biệt phái');
    // It has ended, and is nobody else's to end either.
    expect(code(await end())).toEqual([409, 'conflict']);
    const { id: other } = await newcomer();
    const first = after.appointments[1]?.id ?? '';
    const foreign = await administrator.call(peopleLines.endAppointment, {
      params: { id: other, appointmentId: first },
      body: { reason },
    });
    expect(code(foreign)).toEqual([409, 'conflict']);
    expect((await view(id)).unit?.id).toBe(house.units.finance);
  });

  test('why a role ended is kept beside why it was given', async () => {
    const { id } = await newcomer();
    await administrator.call(peopleLines.endRole, { params: { id }, body: { role: 'staff', reason: 'Chuyển việc' } });
    expect((await view(id)).roleHistory).toMatchObject([{ role: 'staff', ended: { reason: 'Chuyển việc' } }]);
  });
});

describe('an answer that comes late', () => {
  test('a clearance that was lowered meanwhile is not raised by an old answer', async () => {
    const { id } = await newcomer();
    const set = (rank: 0 | 1 | 2) =>
      security.call(peopleLines.setClearance, { params: { id }, body: { rank, reason } });
    expect((await set(2)).json).toEqual({ waits: true });
    const change = await changeOf(id);
    expect((await set(0)).json).toEqual({ waits: false });
    const answer = await decide(administrator, change, true);
    expect(code(answer)).toEqual([409, 'change-outdated']);
    expect(answer.json.detail).toContain('đề nghị lại');
    expect((await view(id)).clearance).toBe(0);
    // It can still be declined, and asked for again from where it stands now.
    expect((await decide(administrator, change, false, 'đã hạ')).status).toBe(204);
    expect((await set(2)).json).toEqual({ waits: true });
    expect((await decide(administrator, await changeOf(id), true)).status).toBe(204);
    expect((await view(id)).clearance).toBe(2);
  });

  test('whoever decides waits for the person before the change, as whoever leaves does', async () => {
    const { id } = await newcomer(['clerk']);
    const change = await changeOf(id);
    const holder = await owner.connect();
    try {
      await holder.query('begin');
      await holder.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [id]);
      const deciding = decide(security, change, true);
      await eventually(async () => {
        const { rows } = await owner.query("select 1 from pg_locks where locktype = 'advisory' and not granted");
        return rows.length > 0;
      });
      await holder.query('select 1 from vankho.people_change where id = $1 for update nowait', [change]);
      await holder.query('commit');
      expect((await deciding).status).toBe(204);
    } finally {
      holder.release();
    }
  });
});
