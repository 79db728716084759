import type { dossierLines, Heading } from '../../contract/dossiers.ts';
import type { BodyOf, ReplyOf } from '../../contract/line.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import type { Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { mayKnowDossier } from '../classification/index.ts';
import { dossiersLooked, headingAdded, headingRemoved, headingRenamed, planLoaded } from './events.ts';
import { mayKeep, nextNumeral, retentionText, stateAllows } from './rules.ts';
import { readPlan, type LoadedDossier, type PlanLoad, type StandingDossier } from './rules-load.ts';
import { wrongField, type DossierPorts, type Dossiers } from './service.ts';
import {
  insertDossier,
  lockCodes,
  lockDossiers,
  notationsOf,
  type CodedDossier,
  type Transaction,
  type Writing,
} from './store.ts';
import * as store from './store-plan.ts';

type Body<Name extends keyof typeof dossierLines> = BodyOf<(typeof dossierLines)[Name]>;
type LoadReply = ReplyOf<(typeof dossierLines)['load']>;
export type FilePlan = ReturnType<typeof createFilePlan>;

/** The yearly plan: its headings one by one, or the whole of it from a table. */
export function createFilePlan(options: {
  readonly database: DossierPorts['database'];
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly dossiers: Pick<Dossiers, 'setFields'>;
}) {
  const { database, audit, clock, dossiers } = options;

  const writing = (tx: Transaction, actor: Actor): Writing => ({ tx, at: clock.now(), by: actor.personId });

  /** Two levels, as the form has: what stands below a large heading bears an Arabic numeral and has nothing below it. */
  function addHeading(who: Requester, actor: Actor, wish: Body<'addHeading'>): Promise<Heading> {
    return database.transaction(async (tx) => {
      await lockCodes(tx, actor.agencyId);
      const standing = await store.headingsOfPlan(tx, actor.agencyId, wish.year);
      const parent = standing.find(({ id }) => id === wish.parentId);
      if (wish.parentId !== null && !parent) throw wrongField('parentId', 'unknown-heading');
      if (parent && parent.parentId !== null) throw wrongField('parentId', 'too-deep');
      const beside = standing.filter(({ parentId }) => parentId === wish.parentId);
      if (beside.some(({ title }) => title === wish.title)) throw wrongField('title', 'taken');
      const at = writing(tx, actor);
      const planId = await store.planFor(at, actor.agencyId, wish.year);
      const { ordinal, numeral } = nextNumeral(
        beside.map((heading) => heading.numeral),
        wish.parentId === null,
      );
      const heading = { parentId: wish.parentId, numeral, title: wish.title };
      const id = await store.insertHeading(at, { planId, ordinal, ...heading });
      await audit.tell(tx, who, headingAdded(id, wish.year));
      return { id, ...heading };
    });
  }

  /** The heading, its plan held: whatever comes under a heading takes the same lock. */
  async function heldHeading(tx: Transaction, actor: Actor, id: string): Promise<store.StoredHeading> {
    await lockCodes(tx, actor.agencyId);
    const heading = await store.headingById(tx, actor.agencyId, id);
    if (!heading) throw new Refusal('not-found');
    return heading;
  }

  function renameHeading(who: Requester, actor: Actor, id: string, wish: Body<'renameHeading'>): Promise<Heading> {
    return database.transaction(async (tx) => {
      const heading = await heldHeading(tx, actor, id);
      const { title, reason } = wish;
      const standing = await store.headingsOfPlan(tx, actor.agencyId, heading.year);
      if (standing.some((one) => one.id !== id && one.parentId === heading.parentId && one.title === title))
        throw wrongField('title', 'taken');
      if (title !== heading.title) {
        await store.changeHeading(writing(tx, actor), heading, title, reason);
        await audit.tell(tx, who, headingRenamed(id, heading.year));
      }
      return shownAs(heading, title);
    });
  }

  function removeHeading(who: Requester, actor: Actor, id: string, wish: Body<'removeHeading'>): Promise<Heading> {
    return database.transaction(async (tx) => {
      const heading = await heldHeading(tx, actor, id);
      if (await store.headingHolds(tx, id)) throw new Refusal('heading-in-use');
      await store.changeHeading(writing(tx, actor), heading, null, wish.reason);
      await audit.tell(tx, who, headingRemoved(id, heading.year));
      return shownAs(heading, heading.title);
    });
  }

  /** The rows as they stand to what is there now. */
  async function readIn(tx: Transaction, actor: Actor, wish: Body<'load'>) {
    const names = await store.namesOf(tx, actor.agencyId, vietnamDay(clock.now()));
    const standing = await store.headingsOfPlan(tx, actor.agencyId, wish.year);
    const ways = waysOf(standing);
    const codes = await notationsOf(tx, actor.agencyId, wish.year);
    const read = readPlan(wish.rows, {
      headings: new Map(standing.map(({ id, title }) => [ways.get(id) ?? '', title])),
      dossiers: new Map(codes.map((dossier) => [dossier.notation, standingFor(actor, dossier)])),
      units: new Set(names.units.keys()),
      people: new Map([...names.people].map(([name, { clearance }]) => [name, clearance])),
      clearance: actor.clearance,
    });
    return { read, ways, names, codes };
  }

  /**
   * Said first, done when asked for and nothing is wrong. Dossiers are held before codes, as everywhere; what came between
   * is read again under both.
   */
  function load(who: Requester, actor: Actor, wish: Body<'load'>): Promise<LoadReply> {
    return database.transaction(async (tx) => {
      const first = await readIn(tx, actor, wish);
      if (!wish.apply || first.read.problems.length > 0) {
        const shown = new Set(first.read.corrections.map(({ id }) => id));
        const ranks = first.codes.filter(({ id }) => shown.has(id)).map(({ titleRank }) => titleRank);
        // What a title is today is said beside what the table has: these dossiers were looked at.
        if (ranks.length > 0) await audit.tell(tx, who, dossiersLooked(ranks.length, Math.max(...ranks) as Rank));
        return answerOf(first.read, false);
      }
      const held = await lockDossiers(
        tx,
        first.read.corrections.map(({ id }) => id),
      );
      await lockCodes(tx, actor.agencyId);
      const { read, ways, names } = await readIn(tx, actor, wish);
      if (read.problems.length > 0) return answerOf(read, false);
      const at = writing(tx, actor);
      const planId = await store.planFor(at, actor.agencyId, wish.year);
      if (wish.document !== null && wish.document !== '') await store.setPlanDocument(at, planId, wish.document);
      const headingIds = new Map([...ways].map(([id, way]) => [way, id]));
      for (const { key, parentKey, title, ...heading } of read.headings) {
        const parentId = headingIds.get(parentKey ?? '') ?? null;
        headingIds.set(key, await store.insertHeading(at, { planId, parentId, title, ...heading }));
      }
      for (const dossier of read.dossiers)
        await insertDossier(at, {
          ...plannedFrom(dossier),
          headingId: headingIds.get(dossier.headingKey) ?? null,
          unitId: names.units.get(dossier.unit ?? '') ?? null,
          ownerId: names.people.get(dossier.owner ?? '')?.id ?? null,
          agencyId: actor.agencyId,
          year: wish.year,
          planId,
        });
      for (const { id, after } of read.corrections) {
        const dossier = held.get(id);
        if (!dossier) throw new Refusal('conflict');
        await dossiers.setFields(at, who, actor, dossier, { title: after });
      }
      await audit.tell(tx, who, planLoaded(wish.year, read.headings.length, read.dossiers.length));
      return answerOf(read, true);
    });
  }

  return { addHeading, renameHeading, removeHeading, load };
}

const shownAs = ({ id, parentId, numeral }: store.StoredHeading, title: string): Heading => ({
  id,
  parentId,
  numeral,
  title,
});

/**
 * How a dossier stands to a table that names its code. One outside the plan and under no heading was opened for something
 * else: no plan that was taken out has it. Of the plan's own codes the title is compared whoever asks, since it was in a table.
 */
function standingFor(actor: Actor, dossier: CodedDossier): StandingDossier {
  const known = mayKnowDossier(actor, dossier).allowed;
  const { id, planned, headingId, state } = dossier;
  const title = known || planned ? dossier.title : null;
  if (!known || (!planned && headingId === null)) return { id, title, fixed: 'code-taken' };
  if (!mayKeep(actor, 'correct', dossier)) return { id, title, fixed: 'not-yours' };
  return { id, title, fixed: stateAllows('correct', state) ? null : 'closed' };
}

/** `I`, `I.2`: the way to each heading, as the load says it. */
function waysOf(headings: readonly store.StoredHeading[]): Map<string, string> {
  const ways = new Map<string, string>();
  for (const { id, parentId, numeral } of headings)
    ways.set(id, parentId === null ? numeral : `${ways.get(parentId) ?? ''}.${numeral}`);
  return ways;
}

function plannedFrom({ notation, title, titleRank, retention, note, order }: LoadedDossier) {
  return {
    notation,
    title,
    titleRank,
    retention: retentionText(retention),
    retentionBasis: null,
    language: null,
    startDate: null,
    endDate: null,
    note,
    planOrder: order,
    state: 'planned',
  } as const;
}

function answerOf(read: PlanLoad, applied: boolean): LoadReply {
  return {
    applied,
    problems: [...read.problems],
    headings: { added: read.headings.length, there: read.there.headings },
    dossiers: { added: read.dossiers.length, there: read.there.dossiers },
    corrections: read.corrections.map(({ id: _dossier, ...correction }) => correction),
  };
}
