import { dossierLines, type DossierRow } from '../../contract/dossiers.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { foldedForm } from '../../kernel/folding.ts';
import type { Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import type { AuditLog } from '../audit/index.ts';
import { dossierHistoryViewed, dossierViewed, dossiersLooked, planTakenOut } from './events.ts';
import {
  dossierHistory,
  dossierList,
  dossierRow,
  dossiersOfRecord,
  itemList,
  knownRecords,
  sightOf,
  type Door,
} from './queries.ts';
import { dossiersOfYear, headingHistory, headingsOf, planOf, planTables } from './queries-plan.ts';
import type { Dossiers } from './service.ts';
import type { DossierItems } from './service-items.ts';
import type { DocumentLists } from './service-list.ts';
import type { FilePlan } from './service-plan.ts';

const identifier = /^[0-9a-f-]{36}$/u;

/** Where a page begins is an identifier that the page before gave. */
function begins(after: string | undefined): string | undefined {
  if (after !== undefined && !identifier.test(after))
    throw new Refusal('bad-request', {}, [{ path: 'query.after', problem: 'unknown' }]);
  return after;
}

const highest = (rows: readonly DossierRow[]): Rank => Math.max(0, ...rows.map((row) => row.rank)) as Rank;

/** One more than asked was read: the last that is given says where the next page begins. */
function pageOf<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string) {
  const given = rows.slice(0, limit);
  const last = given.at(-1);
  return { rows: given, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}

export function dossierCounters(options: {
  readonly dossiers: Dossiers;
  readonly items: DossierItems;
  readonly plan: FilePlan;
  readonly lists: DocumentLists;
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly audit: AuditLog;
  readonly clock: Clock;
}): Counter[] {
  const { dossiers, items, plan, lists, onBehalfOf, audit, clock } = options;
  const today = (): string => vietnamDay(clock.now());
  const sight = (actor: Actor) => sightOf(actor, today());

  /** The dossier that is read, or nothing; told before what is in it is answered. */
  async function known(actor: Actor, id: string) {
    const found = await dossierRow(onBehalfOf(actor), sight(actor), id);
    if (!found) throw new Refusal('not-found');
    return found;
  }

  async function looked(who: Requester, rows: readonly DossierRow[], recordId?: string): Promise<void> {
    await audit.tellDurably(who, dossiersLooked(rows.length, highest(rows), recordId));
  }

  return [
    // Before `/api/dossiers/:id`, which would take "plan" for an identifier.
    counter({
      line: dossierLines.plan,
      access: 'dossier.read',
      audit: { event: 'dossiers.looked' },
      rate: 'read',
      async handle({ actor, who, query }) {
        const door = onBehalfOf(actor);
        const { year, document, years } = await planOf(door, actor, query.year, Number(today().slice(0, 4)));
        const headings = await headingsOf(door, actor.agencyId, year);
        const rows = await dossiersOfYear(door, sight(actor), year, headings);
        await looked(who, rows);
        const may = { plan: actor.permissions.has('dossier.plan'), open: actor.permissions.has('dossier.keep') };
        return { year, document, years, headings, dossiers: rows, may };
      },
    }),
    counter({
      line: dossierLines.takeOut,
      access: 'dossier.plan',
      audit: { event: 'plan.taken-out' },
      rate: 'read',
      async handle({ actor, who, query }) {
        const door = onBehalfOf(actor);
        const { document } = await planOf(door, actor, query.year, query.year);
        const rows = await planTables(door, actor, query.year, await headingsOf(door, actor.agencyId, query.year));
        await audit.tellDurably(who, planTakenOut(query.year, rows.length));
        return { document, rows };
      },
    }),
    counter({
      line: dossierLines.addHeading,
      access: 'dossier.plan',
      audit: { event: 'plan.heading-added' },
      rate: 'write',
      handle: ({ actor, who, body }) => plan.addHeading(who, actor, body),
    }),
    // Before the addresses of one heading, which would take "history" for an identifier.
    counter({
      line: dossierLines.headingHistory,
      access: 'dossier.plan',
      audit: { none: 'what headings were called; no dossier is looked at' },
      rate: 'read',
      handle: async ({ actor, query }) => ({
        rows: await headingHistory(onBehalfOf(actor), actor.agencyId, query.year),
      }),
    }),
    counter({
      line: dossierLines.renameHeading,
      access: 'dossier.plan',
      audit: { event: 'plan.heading-renamed' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => plan.renameHeading(who, actor, params.id, body),
    }),
    counter({
      line: dossierLines.removeHeading,
      access: 'dossier.plan',
      audit: { event: 'plan.heading-removed' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => plan.removeHeading(who, actor, params.id, body),
    }),
    counter({
      line: dossierLines.load,
      access: 'dossier.plan',
      audit: { event: 'plan.loaded' },
      rate: 'write',
      handle: ({ actor, who, body }) => plan.load(who, actor, body),
    }),
    counter({
      line: dossierLines.dossiers,
      access: 'dossier.read',
      audit: { event: 'dossiers.looked' },
      rate: 'read',
      async handle({ actor, who, query }) {
        const rows = await dossierList(onBehalfOf(actor), sight(actor), {
          words: foldedForm(query.q).split(' '),
          ownerId: query.owner === 'me' ? actor.personId : null,
          state: query.state === 'all' ? null : query.state,
          after: begins(query.after),
          limit: query.limit + 1,
        });
        const page = pageOf(rows, query.limit, ({ id }) => id);
        await looked(who, page.rows);
        return page;
      },
    }),
    counter({
      line: dossierLines.dossier,
      access: 'dossier.read',
      audit: { event: 'dossier.viewed' },
      rate: 'read',
      async handle({ actor, who, params }) {
        const view = await dossiers.view(actor, params.id);
        await audit.tellDurably(who, dossierViewed(view, view.records));
        return view;
      },
    }),
    counter({
      line: dossierLines.items,
      access: 'dossier.read',
      audit: { event: 'dossier.viewed' },
      rate: 'read',
      async handle({ actor, who, params, query }) {
        const dossier = await known(actor, params.id);
        const asked = { after: begins(query.after), limit: query.limit + 1 };
        const rows = await itemList(onBehalfOf(actor), sight(actor), params.id, asked);
        const page = pageOf(rows, query.limit, ({ recordId }) => recordId);
        await audit.tellDurably(who, dossierViewed(dossier, page.rows.length));
        return page;
      },
    }),
    counter({
      line: dossierLines.history,
      access: 'dossier.read',
      audit: { event: 'dossier.history-viewed' },
      rate: 'read',
      async handle({ actor, who, params }) {
        const dossier = await known(actor, params.id);
        await audit.tellDurably(who, dossierHistoryViewed(dossier));
        return { rows: (await dossierHistory(onBehalfOf(actor), sight(actor), params.id)) as never };
      },
    }),
    counter({
      line: dossierLines.list,
      access: 'dossier.read',
      audit: { event: 'dossier.list-given' },
      rate: 'read',
      handle: ({ actor, who, params, query }) => lists.give(who, actor, params.id, query.form),
    }),
    counter({
      line: dossierLines.ofRecord,
      access: 'dossier.read',
      audit: { event: 'dossiers.looked' },
      rate: 'read',
      async handle({ actor, who, params }) {
        const door = onBehalfOf(actor);
        if ((await knownRecords(door, actor, [params.id], today())).size === 0) throw new Refusal('not-found');
        const rows = await dossiersOfRecord(door, sight(actor), params.id);
        await looked(who, rows, params.id);
        return { rows };
      },
    }),
    counter({
      line: dossierLines.add,
      access: 'dossier.keep',
      audit: { event: 'dossier.added' },
      rate: 'write',
      handle: ({ actor, who, body }) => dossiers.add(who, actor, body),
    }),
    counter({
      line: dossierLines.open,
      access: 'dossier.keep',
      audit: { event: 'dossier.opened' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => dossiers.open(who, actor, params.id, body),
    }),
    counter({
      line: dossierLines.correct,
      access: 'dossier.keep',
      audit: { event: 'dossier.corrected' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => dossiers.correct(who, actor, params.id, body),
    }),
    counter({
      line: dossierLines.put,
      access: 'dossier.keep',
      audit: { event: 'dossier.record-put' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => items.put(who, actor, params.id, body),
    }),
    counter({
      line: dossierLines.take,
      access: 'dossier.keep',
      audit: { event: 'dossier.record-taken' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => items.take(who, actor, params.id, params.recordId, body),
    }),
    counter({
      line: dossierLines.describeItem,
      access: 'dossier.keep',
      audit: { event: 'dossier.record-placed' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => items.describe(who, actor, params.id, params.recordId, body),
    }),
    counter({
      line: dossierLines.move,
      access: 'dossier.keep',
      audit: { event: 'dossier.record-placed' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => items.move(who, actor, params.id, params.recordId, body),
    }),
    counter({
      line: dossierLines.close,
      access: 'dossier.keep',
      audit: { event: 'dossier.closed' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => dossiers.close(who, actor, params.id, body),
    }),
    counter({
      line: dossierLines.reopen,
      access: 'dossier.plan',
      audit: { event: 'dossier.reopened' },
      rate: 'write',
      handle: ({ actor, who, params, body }) => dossiers.reopen(who, actor, params.id, body),
    }),
  ];
}
