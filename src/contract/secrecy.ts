import { z } from 'zod';
import { line } from './line.ts';
import { direction, id, moment, neededText, personRef, text, wholeNumber } from './shapes.ts';

/** What is withheld because it may bear a độ mật. Who settles it sees that it is there and why, and nothing that stands in it. */

export const withholdingCause = z.enum(['reported', 'officer', 'mark-read', 'mark-sent', 'mark-lifted']);
export const releaseGround = z.enum(['false-alarm', 'struck-through', 'declassified']);
export type ReleaseGround = z.infer<typeof releaseGround>;

/** Asked for by the security officer; nothing is so until another person agrees. */
export const release = z.object({
  id,
  ground: releaseGround,
  /** Number of the decision it rests on. */
  decision: z.string(),
  reason: z.string(),
  askedBy: personRef,
  askedAt: moment,
  mayConfirm: z.boolean(),
  mayWithdraw: z.boolean(),
});

export const withheld = z.object({
  id,
  cause: withholdingCause,
  note: z.string().nullable(),
  withheldAt: moment,
  /** `null`: the machine, which read the mark. */
  withheldBy: personRef.nullable(),
  /** Who has the paper, and where it stands in the book; only for the security officer. */
  broughtBy: personRef.nullable(),
  entry: z.object({ direction, year: z.number().int(), number: z.number().int().nullable() }).nullable(),
  registered: z.boolean(),
  release: release.nullable(),
});
export type Withheld = z.infer<typeof withheld>;

export const secrecyLines = {
  withheld: line({
    method: 'GET',
    path: '/api/withheld',
    title: { vi: 'Văn bản đang tạm giữ vì dấu mật', en: 'Documents withheld for a secrecy mark' },
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(withheld) }) },
  }),
  /** By its number in the book: whoever keeps the secrets sees no document. */
  withhold: line({
    method: 'POST',
    path: '/api/withheld',
    title: { vi: 'Tạm giữ một văn bản theo số trong sổ', en: 'Withhold a document by its number in the book' },
    body: z.strictObject({
      direction,
      year: wholeNumber.min(1900).max(2200),
      number: wholeNumber.min(1).max(10_000_000),
      reason: neededText(500),
    }),
    reply: { kind: 'none' },
  }),
  askRelease: line({
    method: 'POST',
    path: '/api/withheld/:id/releases',
    title: { vi: 'Đề nghị thôi tạm giữ', en: 'Ask for a release' },
    params: z.strictObject({ id }),
    body: z.strictObject({ ground: releaseGround, decision: neededText(100), reason: neededText(500) }),
    reply: { kind: 'none' },
  }),
  decideRelease: line({
    method: 'POST',
    path: '/api/withheld-releases/:id/decision',
    title: { vi: 'Xác nhận hoặc bác việc thôi tạm giữ', en: 'Confirm or decline a release' },
    params: z.strictObject({ id }),
    /** A decline says why; who asked may withdraw by declining. */
    body: z.strictObject({ confirm: z.boolean(), reason: text(500).default('') }),
    reply: { kind: 'none' },
  }),
};
