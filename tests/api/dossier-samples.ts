import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { dossierLines, type DossierView } from '../../src/contract/dossiers.ts';
import type { BodyInput } from '../../src/contract/line.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { vietnamDay } from '../../src/kernel/dates.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import type { Answer, Visitor } from '../support/visitor.ts';

/** One house for the dossiers of a test file, its people signed in, and what they do again and again. */

export let house: TestHouse;
export let owner: pg.Pool;
export let clerk: Visitor;
export let archivist: Visitor;
export let staff: Visitor;
export let leader: Visitor;
export let stranger: Visitor;

export async function openHouse(): Promise<void> {
  house = await startHouse();
  owner = house.database.owner();
  clerk = await house.visit('clerk');
  archivist = await house.visit('archivist');
  staff = await house.visit('staff');
  leader = await house.visit('leader');
  stranger = await house.visit('stranger');
}

export const today = vietnamDay(new Date());
export const year = Number(today.slice(0, 4));
export const refusal = (answer: Answer): unknown => [
  answer.status,
  answer.json.code,
  ...(answer.json.fields === undefined ? [] : [answer.json.fields]),
];

type New = BodyInput<typeof dossierLines.add>;
export const wish = (given: Partial<New> = {}): New => ({
  year,
  notation: null,
  headingId: null,
  title: 'Hồ sơ thử',
  titleRank: 1,
  unitId: house.units.finance,
  ownerId: house.people.staff.id,
  retention: 20,
  retentionBasis: null,
  language: null,
  startDate: null,
  endDate: null,
  note: null,
  ...given,
});
export const add = (given: Partial<New> = {}, who = clerk): Promise<DossierView> =>
  who.ask(dossierLines.add, { body: wish(given) });
export const view = (id: string, who = clerk): Promise<DossierView> =>
  who.ask(dossierLines.dossier, { params: { id } });
export const put = (id: string, recordIds: string[], as: 'home' | 'link' = 'home', reason?: string, who = clerk) =>
  who.call(dossierLines.put, { params: { id }, body: { recordIds, as, ...(reason === undefined ? {} : { reason }) } });
export const itemsOf = async (id: string, who = clerk) => (await who.ask(dossierLines.items, { params: { id } })).rows;
export const historyOf = async (id: string, who = clerk) =>
  (await who.ask(dossierLines.history, { params: { id } })).rows;

let made = 0;
/** A registered document of the finance unit, whole in every field. */
export async function document(given: { rank?: 0 | 1 | 2; leadUnitId?: string; fields?: object; text?: string } = {}) {
  made += 1;
  const receipt = await clerk.received('Văn bản.txt', given.text ?? `chữ ${String(made)} ${randomUUID()}`);
  await clerk.ask(registryLines.register, {
    params: { id: receipt.recordId },
    body: {
      fields: {
        direction: 'incoming',
        subject: `Về việc thử ${String(made)}`,
        issuer: 'Bộ Tài chính',
        documentType: 'Công văn',
        codeNumber: String(made),
        codeNotation: 'BTC-NSNN',
        issuedDate: today,
        pageAmount: 3,
        ...given.fields,
      },
      rank: given.rank ?? 1,
      leadUnitId: given.leadUnitId ?? house.units.finance,
      supportingUnitIds: [],
      openToAll: false,
      version: 1,
    },
  });
  return receipt.recordId;
}
export const record = (id: string, who = clerk) => who.ask(registryLines.record, { params: { id } });
