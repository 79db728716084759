import type { Actor } from '../../kernel/actor.ts';
import { isSecret, type Rank } from '../../kernel/labels.ts';
import type { Permission } from '../../kernel/permissions.ts';

/**
 * The one rule of access. It stands here as pure code; `queries.ts` says the same in SQL and `readersOf` gives the
 * search engines their filter. `tests/rules/access-agreement.test.ts` holds the three against each other.
 *
 * First the mandatory part (clearance dominates the rank), then need-to-know (one way in that is open today); both
 * must allow. Seeing that a record exists and reading what is in it are two actions.
 */
export type RecordAction =
  'know' | 'read' | 'download' | 'original' | 'register' | 'correct' | 'add-file' | 'relabel' | 'history';

export interface Subject {
  readonly agencyId: string;
  readonly rank: Rank;
  readonly state: 'draft' | 'declared' | 'frozen' | 'joined';
  readonly readers: readonly {
    readonly reader: string;
    readonly validFrom: string;
    readonly validUntil: string | null;
  }[];
}

export interface Decision {
  readonly allowed: boolean;
  /** Which rule decided; stands in the log. */
  readonly rule:
    'other-agency' | 'frozen' | 'joined' | 'clearance' | 'need-to-know' | 'permission' | 'state' | 'reader';
}

const permissionFor: Readonly<Record<RecordAction, Permission>> = {
  know: 'document.search',
  read: 'document.view',
  download: 'document.download',
  original: 'document.original',
  register: 'document.register',
  correct: 'document.register',
  'add-file': 'document.register',
  relabel: 'document.relabel',
  history: 'document.history',
};

/**
 * The ways in this person carries today: everybody's, their own, their units', and the desk's for clerks and records
 * officers, who see what has not been distributed yet.
 */
export function readersOf(actor: Pick<Actor, 'personId' | 'unitIds' | 'deskOf'>): string[] {
  return [
    'all',
    `person:${actor.personId}`,
    ...actor.unitIds.map((unit) => `unit:${unit}`),
    ...actor.deskOf.map((agency) => `desk:${agency}`),
  ];
}

/** May this person know that the record is there? `today` is an ISO calendar date. */
export function mayKnow(actor: Actor, subject: Subject, today: string): Decision {
  if (actor.agencyId !== subject.agencyId) return { allowed: false, rule: 'other-agency' };
  // Withheld from everybody, or no document any more: what lay in it lies in another record.
  if (subject.state === 'frozen' || subject.state === 'joined') return { allowed: false, rule: subject.state };
  if (actor.clearance < subject.rank) return { allowed: false, rule: 'clearance' };
  const carried = new Set(readersOf(actor));
  const open = subject.readers.some(
    ({ reader, validFrom, validUntil }) =>
      carried.has(reader) && validFrom <= today && (validUntil === null || today < validUntil),
  );
  return open ? { allowed: true, rule: 'reader' } : { allowed: false, rule: 'need-to-know' };
}

/** May this person do this to this record? */
export function decide(actor: Actor, action: RecordAction, subject: Subject, today: string): Decision {
  const known = mayKnow(actor, subject, today);
  if (!known.allowed) return known;
  // The bytes that came in: of what is Công khai everybody's who may download, above it the desk's.
  const needed = action === 'original' && subject.rank === 0 ? 'document.download' : permissionFor[action];
  if (!actor.permissions.has(needed)) return { allowed: false, rule: 'permission' };
  if (action === 'register' && subject.state !== 'draft') return { allowed: false, rule: 'state' };
  return known;
}

/** The ways in that a record's distribution opens. A record not yet registered: its uploader and the desk. */
export function readersFor(record: {
  readonly agencyId: string;
  readonly uploaderId: string | null;
  readonly leadUnitId: string | null;
  readonly supportingUnitIds: readonly string[];
  readonly openToAll: boolean;
}): string[] {
  const ways = [`desk:${record.agencyId}`];
  if (record.uploaderId !== null) ways.push(`person:${record.uploaderId}`);
  if (record.openToAll) ways.push('all');
  if (record.leadUnitId !== null) ways.push(`unit:${record.leadUnitId}`);
  ways.push(...record.supportingUnitIds.map((unit) => `unit:${unit}`));
  return [...new Set(ways)];
}

/** Luật Bảo vệ bí mật nhà nước: a secret is never made, kept or sent on a machine joined to a network. */
export function mayBeKept(rank: Rank, site: 'networked' | 'isolated'): boolean {
  return site === 'isolated' || !isSecret(rank);
}

/** Công khai is open to everyone signed in, whatever the distribution says (docs/DECISIONS.md, labels). */
export function opensToAll(rank: Rank, asked: boolean): boolean {
  return rank === 0 || asked;
}
