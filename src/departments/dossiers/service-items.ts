import type { dossierLines, DossierView } from '../../contract/dossiers.ts';
import type { BodyOf } from '../../contract/line.ts';
import type { Actor } from '../../kernel/actor.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import type { Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { mayKnowDossier } from '../classification/index.ts';
import { recordPlaced, recordPut, recordTaken } from './events.ts';
import { knownRecords } from './queries.ts';
import { mayKeep, mayNow } from './rules.ts';
import { aboveOwner, checkAct, wrongField, type DossierPorts, type Dossiers } from './service.ts';
import * as store from './store.ts';
import type { DossierChange, StandingItem, StoredDossier, Transaction, Writing } from './store.ts';

type Body<Name extends keyof typeof dossierLines> = BodyOf<(typeof dossierLines)[Name]>;
export type DossierItems = ReturnType<typeof createDossierItems>;

/**
 * What goes into a dossier and out of it. A document has one home, whose retention rules it; the database holds that too.
 * Locks are taken in one order: records, then dossiers.
 */
export function createDossierItems(
  ports: DossierPorts,
  { view, acting, onlySeen }: Pick<Dossiers, 'view' | 'acting' | 'onlySeen'>,
) {
  const { audit, clock } = ports;
  const today = (): string => vietnamDay(clock.now());

  async function put(who: Requester, actor: Actor, id: string, wish: Body<'put'>): Promise<DossierView> {
    const recordIds = [...new Set(wish.recordIds)];
    await acting(actor, async (at) => {
      await store.lockRecords(at.tx, recordIds);
      const places = await store.placesOf(at.tx, recordIds);
      const held = await store.lockDossiers(at.tx, [id, ...places.map((place) => place.dossierId)]);
      const dossier = checkAct(actor, 'fill', held.get(id));
      const ranks = await knownRecords(at.tx, actor, recordIds, today());
      if (ranks.size !== recordIds.length) throw new Refusal('not-found');
      const cleared = await ownerClearance(at, dossier);
      const come: string[] = [];
      for (const [index, recordId] of recordIds.entries()) {
        const path = `recordIds.${String(index)}`;
        const rank = ranks.get(recordId) ?? 0;
        if (rank > cleared) throw aboveOwner(path);
        const stands = places.filter((place) => place.recordId === recordId);
        if (stands.some((place) => place.dossierId === id && (place.home || wish.as === 'link'))) continue;
        const item = { recordId, rank, path, reason: wish.reason === '' ? null : (wish.reason ?? null) };
        if (wish.as === 'home') await putHome(at, who, actor, { dossier, held, stands, ...item });
        else await stand(at, who, { ...item, dossierId: id, as: 'link' });
        come.push(recordId);
      }
      if (come.length === 0) await onlySeen(at, who, actor, id);
      // They stand in the order that was asked for; the jobs that each code brings are queued in the order of all others.
      const code = { year: dossier.year, notation: dossier.notation };
      if (wish.as === 'home')
        for (const recordId of come.sort()) await ports.setCode(at.tx, who, actor, recordId, code);
      await store.remark(at.tx, [...held.keys()]);
    });
    return view(actor, id);
  }

  /** Whoever keeps a dossier must be able to see what stands in it; one whom nobody keeps is the desk's. */
  async function ownerClearance({ tx }: Writing, { agencyId, ownerId }: StoredDossier): Promise<Rank> {
    if (ownerId === null) return 5;
    return (await store.clearanceOf(tx, agencyId, ownerId, today())) ?? 0;
  }

  interface Putting {
    readonly recordId: string;
    readonly rank: Rank;
    readonly path: string;
    readonly reason: string | null;
  }

  interface Homing extends Putting {
    readonly dossier: StoredDossier;
    readonly held: ReadonlyMap<string, StoredDossier>;
    /** Its places today, in any dossier. */
    readonly stands: readonly StandingItem[];
  }

  async function putHome(at: Writing, who: Requester, actor: Actor, given: Homing): Promise<void> {
    const home = given.stands.find((place) => place.home);
    if (home) await leaveHome(at, actor, home, given);
    await settle(at, who, given, home?.dossierId ?? null);
  }

  interface Standing {
    readonly dossierId: string;
    readonly recordId: string;
    readonly rank: Rank;
    readonly as: 'home' | 'link';
    readonly reason: string | null;
    /** The link that stood here and that it takes over. */
    readonly link?: StandingItem | undefined;
    /** The place whose order, sheets and note it takes; else it stands last. */
    readonly like?: StandingItem | undefined;
    /** The dossier that was its home before. */
    readonly from?: string | null;
  }

  /** A place in a dossier, in its history and in the log. */
  async function stand(at: Writing, who: Requester, item: Standing): Promise<void> {
    const { dossierId, recordId, rank, as, reason, link, like = link, from = null } = item;
    if (link) await store.closeItem(at, link.id, reason);
    await store.addItem(at, { dossierId, recordId, home: as === 'home', reason }, like);
    const change: DossierChange = {
      field: 'record',
      before: link ? { recordId, as: 'link' } : null,
      after: { recordId, as },
    };
    await store.keepDossierChange(at, dossierId, change, { recordId, reason });
    await audit.tell(at.tx, who, recordPut({ id: dossierId, rank }, recordId, as, from));
  }

  /** The place as home, taking over the link that stood here. */
  async function settle(at: Writing, who: Requester, { dossier, stands, ...item }: Homing, from: string | null) {
    const link = stands.find((place) => place.dossierId === dossier.id);
    await stand(at, who, { ...item, dossierId: dossier.id, as: 'home', link, from });
  }

  /** Out of the home it has: by who may fill that one too, with a reason. Whose it is is not said to a stranger. */
  async function leaveHome(at: Writing, actor: Actor, home: StandingItem, { held, path, recordId, reason }: Homing) {
    const old = held.get(home.dossierId);
    const theirs = old && mayKnowDossier(actor, old).allowed && mayKeep(actor, 'fill', old);
    if (!theirs || reason === null) throw new Refusal('has-a-home', {}, [{ path, problem: 'has-a-home' }]);
    checkAct(actor, 'fill', old);
    await store.closeItem(at, home.id, reason);
    const change: DossierChange = { field: 'record', before: { recordId, as: 'home' }, after: null };
    await store.keepDossierChange(at, old.id, change, { recordId, reason });
  }

  /** One document's place here, of a dossier they may fill; what they may not know does not stand in it. */
  async function standing(at: Writing, actor: Actor, id: string, recordId: string) {
    await store.lockRecords(at.tx, [recordId]);
    const dossier = checkAct(actor, 'fill', (await store.lockDossiers(at.tx, [id])).get(id));
    const rank = (await knownRecords(at.tx, actor, [recordId], today())).get(recordId);
    const item = (await store.placesOf(at.tx, [recordId])).find((place) => place.dossierId === id);
    if (rank === undefined || !item) throw new Refusal('not-found');
    return { dossier, item, rank };
  }

  async function take(
    who: Requester,
    actor: Actor,
    id: string,
    recordId: string,
    { reason }: Body<'take'>,
  ): Promise<DossierView> {
    await acting(actor, async (at) => {
      const { item, rank } = await standing(at, actor, id, recordId);
      await store.closeItem(at, item.id, reason);
      const before = { recordId, as: item.home ? 'home' : 'link' };
      await store.keepDossierChange(at, id, { field: 'record', before, after: null }, { recordId, reason });
      await audit.tell(at.tx, who, recordTaken({ id, rank }, recordId));
      if (item.home) await ports.setCode(at.tx, who, actor, recordId, null);
      await store.remark(at.tx, [id]);
    });
    return view(actor, id);
  }

  async function describe(
    who: Requester,
    actor: Actor,
    id: string,
    recordId: string,
    wish: Body<'describeItem'>,
  ): Promise<DossierView> {
    if (wish.sheets && wish.sheets.to < wish.sheets.from) throw wrongField('sheets.to', 'before-start');
    await acting(actor, async (at) => {
      const { item, rank } = await standing(at, actor, id, recordId);
      const before = {
        sheets: item.sheetFrom === null || item.sheetTo === null ? null : { from: item.sheetFrom, to: item.sheetTo },
        note: item.note,
      };
      const after = {
        sheets: wish.sheets === undefined ? before.sheets : wish.sheets,
        note: wish.note === undefined ? before.note : wish.note === '' ? null : wish.note,
      };
      const changed = (['sheets', 'note'] as const).filter(
        (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
      );
      if (changed.length === 0) return onlySeen(at, who, actor, id);
      await store.describeItem(at.tx, item.id, {
        sheetFrom: after.sheets?.from ?? null,
        sheetTo: after.sheets?.to ?? null,
        note: after.note,
      });
      for (const field of changed) {
        const change: DossierChange = { field: `record-${field}`, before: before[field], after: after[field] };
        await store.keepDossierChange(at, id, change, { recordId });
      }
      await audit.tell(at.tx, who, recordPlaced({ id, rank }, recordId, changed));
    });
    return view(actor, id);
  }

  async function move(
    who: Requester,
    actor: Actor,
    id: string,
    recordId: string,
    wish: Body<'move'>,
  ): Promise<DossierView> {
    await acting(actor, async (at) => {
      const ids = [recordId, ...(wish.before === null ? [] : [wish.before])];
      await store.lockRecords(at.tx, ids);
      const { dossier, item, rank } = await standing(at, actor, id, recordId);
      if (dossier.version !== wish.version) throw new Refusal('conflict');
      const before = wish.before === null ? undefined : (await standing(at, actor, id, wish.before)).item;
      if (wish.before === recordId) return onlySeen(at, who, actor, id);
      await store.placeItem(at.tx, item, before);
      // Not before which one: who reads this may not know that one.
      const change: DossierChange = { field: 'record-place', before: null, after: null };
      await store.keepDossierChange(at, id, change, { recordId });
      await audit.tell(at.tx, who, recordPlaced({ id, rank }, recordId, ['place']));
    });
    return view(actor, id);
  }

  /**
   * A record was registered or corrected, in the registry's transaction. The dossiers it stands in take over its label; and
   * when its fields name an open dossier that this person may fill, it is put there. A code that names no such dossier
   * stays as typed, but a record that has a home bears the code of its home.
   */
  async function filed(
    tx: Transaction,
    who: Requester,
    actor: Actor,
    record: {
      readonly id: string;
      readonly rank: Rank;
      readonly code: { readonly year: number; readonly notation: string } | null;
      readonly reason: string | null;
    },
  ): Promise<void> {
    const { id: recordId, rank, code, reason } = record;
    const { stands, named } = await store.placesAndNamed(tx, actor.agencyId, recordId, code);
    if (stands.length === 0 && !named) return;
    const held = await store.lockDossiers(tx, [...stands.map((place) => place.dossierId), ...(named ? [named] : [])]);
    await store.remark(tx, [...held.keys()]);
    const at: Writing = { tx, at: clock.now(), by: actor.personId };
    const home = stands.find((place) => place.home);
    if (home && home.dossierId === named) return;
    const dossier = held.get(named ?? '');
    const fits =
      dossier &&
      mayKnowDossier(actor, dossier).allowed &&
      mayNow(actor, 'fill', dossier) &&
      rank <= (await ownerClearance(at, dossier));
    const path = 'fields.dossierNotation';
    if (home && (!fits || reason === null || reason === '')) throw wrongField(path, 'has-a-home');
    if (!fits) return;
    const given: Homing = { dossier, held, stands, recordId, rank, path, reason };
    if (home) await leaveHome(at, actor, home, given);
    await settle(at, who, given, home?.dossierId ?? null);
    await store.remark(tx, [...held.keys()]);
  }

  /**
   * A draft has become the scan of another record, in the registry's transaction. Wherever it stood the other stands now,
   * in its place and with its sheets and note: a dossier that is closed would miss a document otherwise. Whoever keeps the
   * dossier may not be cleared for the other; it is with that as with a label that is raised inside.
   */
  async function joined(tx: Transaction, who: Requester, actor: Actor, draftId: string, intoId: string): Promise<void> {
    const places = await store.placesOf(tx, [draftId, intoId]);
    const left = places.filter((place) => place.recordId === draftId);
    if (left.length === 0) return;
    const held = await store.lockDossiers(
      tx,
      places.map((place) => place.dossierId),
    );
    const at: Writing = { tx, at: clock.now(), by: actor.personId };
    const rank = (await knownRecords(tx, actor, [intoId], today())).get(intoId) ?? 0;
    const stands = places.filter((place) => place.recordId === intoId);
    const homeless = !stands.some((place) => place.home);
    for (const place of left) {
      const { dossierId } = place;
      await store.closeItem(at, place.id, null);
      const before = { recordId: draftId, as: place.home ? 'home' : 'link' };
      await store.keepDossierChange(at, dossierId, { field: 'record', before, after: null }, { recordId: draftId });
      await audit.tell(tx, who, recordTaken({ id: dossierId, rank }, draftId));
      const link = stands.find((standing) => standing.dossierId === dossierId);
      const as = place.home && homeless ? 'home' : 'link';
      if (link && as === 'link') continue;
      await stand(at, who, { dossierId, recordId: intoId, rank, as, reason: null, link, like: link ?? place });
      const dossier = held.get(dossierId);
      if (as === 'home' && dossier)
        await ports.setCode(tx, who, actor, intoId, { year: dossier.year, notation: dossier.notation });
    }
    await store.remark(tx, [...held.keys()]);
  }

  return { put, take, describe, move, filed, joined };
}
