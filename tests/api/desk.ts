import type { BodyInput } from '../../src/contract/line.ts';
import { registryLines, type RecordView } from '../../src/contract/registry.ts';
import type { Answer, Visitor } from '../support/visitor.ts';

/** What the desk does with paper, as the tests of the registry say it. */

export type PaperWish = BodyInput<typeof registryLines.registerPaper>;

export const paperWish = (given: Partial<PaperWish> = {}, fields: Partial<PaperWish['fields']> = {}): PaperWish => ({
  fields: { direction: 'incoming', subject: 'Thư đích danh', issuer: 'Bộ Tài chính', paperKind: 'paper', ...fields },
  rank: 1,
  leadUnitId: null,
  supportingUnitIds: [],
  openToAll: false,
  ...given,
});

export const registerPaper = (who: Visitor, body: PaperWish, key?: string): Promise<Answer> =>
  who.call(registryLines.registerPaper, {
    body,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });

/** A record without a file; throws when it was not registered. */
export async function paper(
  who: Visitor,
  given: Partial<PaperWish> = {},
  fields: Partial<PaperWish['fields']> = {},
): Promise<RecordView> {
  const answer = await registerPaper(who, paperWish(given, fields));
  if (answer.status !== 201) throw new Error(`not registered: ${String(answer.status)} ${answer.text}`);
  return registryLines.registerPaper.reply.schema.parse(answer.json);
}

export const viewOf = (who: Visitor, id: string): Promise<RecordView> =>
  who.ask(registryLines.record, { params: { id } });

export const refusal = (answer: Answer): unknown => [
  answer.status,
  answer.json.code,
  ...(answer.json.fields === undefined ? [] : [answer.json.fields]),
];
