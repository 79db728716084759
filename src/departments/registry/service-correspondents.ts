import type { Correspondent, correspondentLines } from '../../contract/correspondents.ts';
import type { BodyOf, ReplyOf } from '../../contract/line.ts';
import type { Actor } from '../../kernel/actor.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { correspondentAdded, correspondentChanged, correspondentsLoaded, correspondentsMerged } from './events.ts';
import { knowableBodies, knownBodies } from './queries-correspondents.ts';
import { nameKey, readBodies, type LoadedBody } from './rules-correspondents.ts';
import type { RegistryPorts } from './service.ts';
import * as store from './store-correspondents.ts';
import type { Transaction } from './store.ts';

type Lines = typeof correspondentLines;
export type Correspondents = ReturnType<typeof createCorrespondents>;

const documentsAtOnce = 500;
const issuersAtOnce = 100;

/** Outside bodies: met on documents, put on the list, renamed and merged by the desk. */
export function createCorrespondents(
  ports: Pick<RegistryPorts, 'database' | 'audit' | 'clock' | 'changed'> & {
    /** Adds the job that brings the index up to date for the documents of a body after this one. */
    readonly indexLater: (tx: Transaction, correspondentId: string, after: string | null) => Promise<void>;
    readonly view: (actor: Actor, correspondentId: string) => Promise<Correspondent>;
  },
) {
  const { database, audit, clock } = ports;
  const writingOf = (tx: Transaction, actor: Actor): store.Writing => ({
    tx,
    agencyId: actor.agencyId,
    at: clock.now(),
    by: actor.personId,
  });

  /** A body this person may know, held; others are not there. */
  async function held(tx: Transaction, actor: Actor, id: string): Promise<store.HeldBody> {
    const body = await store.heldBody(tx, actor.agencyId, id);
    const known = await knowableBodies(tx, actor, vietnamDay(clock.now()), [id]);
    if (!body || !known.has(id)) throw new Refusal('not-found');
    return body;
  }

  async function giveCode(writing: store.Writing, body: store.HeldBody, code: string | null): Promise<void> {
    const bearer = code === null ? undefined : await store.bearerOfCode(writing, code);
    if (bearer !== undefined && bearer !== body.id)
      throw new Refusal('bad-request', {}, [{ path: 'code', problem: 'code-taken' }]);
    await store.setCode(writing, body, code);
  }

  async function add(who: Requester, actor: Actor, wish: BodyOf<Lines['addCorrespondent']>): Promise<Correspondent> {
    const code = wish.code === '' ? null : wish.code;
    const id = await database.transaction(async (tx) => {
      const writing = writingOf(tx, actor);
      await store.holdName(writing, nameKey(wish.name));
      const [bearer] = await store.bearersOf(writing, nameKey(wish.name), actor);
      const standing = bearer && (await held(tx, actor, bearer.id));
      if (standing?.listed) throw new Refusal('name-taken', { name: wish.name });
      const made = standing?.id ?? (await store.insertBody(writing, { name: wish.name, code: null, listed: true }));
      const body = standing ?? (await held(tx, actor, made));
      await store.listBody(writing, body);
      await giveCode(writing, body, code);
      await audit.tell(tx, who, correspondentAdded(made));
      return made;
    });
    return ports.view(actor, id);
  }

  async function correct(
    who: Requester,
    actor: Actor,
    id: string,
    wish: BodyOf<Lines['correctCorrespondent']>,
  ): Promise<Correspondent> {
    const { name, code } = wish;
    const from = wish.from ?? null;
    await database.transaction(async (tx) => {
      const writing = writingOf(tx, actor);
      await (name === undefined ? store.holdList(writing) : store.holdName(writing, nameKey(name)));
      const body = await held(tx, actor, id);
      await store.listBody(writing, body);
      if (code !== undefined) {
        await giveCode(writing, body, code === '' ? null : code);
        await audit.tell(tx, who, correspondentChanged(id, 'code'));
      }
      if (name === undefined) return;
      const bearers = await store.bearersOf(writing, nameKey(name), actor);
      if (bearers.some((one) => one.id !== id)) throw new Refusal('name-taken', { name });
      if (from === null) await store.insertName(writing, id, { kind: 'spelling', name, from: null });
      else {
        // A name that is not borne yet would be shown on documents of today.
        if (from > vietnamDay(writing.at))
          throw new Refusal('bad-request', {}, [{ path: 'from', problem: 'in-the-future' }]);
        if (body.nameFrom !== null && from <= body.nameFrom)
          throw new Refusal('bad-request', {}, [{ path: 'from', problem: 'before-the-last' }]);
        await store.endName(tx, id, from);
        await store.insertName(writing, id, { kind: 'name', name, from });
        await ports.indexLater(tx, id, null);
      }
      await audit.tell(tx, who, correspondentChanged(id, from === null ? 'spelling' : 'name'));
    });
    return ports.view(actor, id);
  }

  async function merge(who: Requester, actor: Actor, id: string, wish: BodyOf<Lines['merge']>): Promise<Correspondent> {
    const { intoId, reason } = wish;
    if (intoId === id) throw new Refusal('bad-request', {}, [{ path: 'intoId', problem: 'itself' }]);
    await database.transaction(async (tx) => {
      const writing = writingOf(tx, actor);
      // Nobody waits for the documents of a body they may not know.
      const known = await knowableBodies(tx, actor, vietnamDay(writing.at), [id, intoId]);
      if (known.size < 2) throw new Refusal('not-found');
      const documents = await store.holdDocuments(tx, actor.agencyId, id);
      await store.holdList(writing);
      // Held in one order for everybody: two who merge the same pair both ways do not wait for each other.
      const bodies = new Map<string, store.HeldBody>();
      for (const one of [id, intoId].sort()) bodies.set(one, await held(tx, actor, one));
      const [body, into] = [bodies.get(id), bodies.get(intoId)];
      if (!body || !into) throw new Refusal('not-found');
      await store.listBody(writing, into);
      await store.mergeBody(writing, body, { id: intoId, documents, reason });
      // Its code goes along where the other has none; two codes are two answers, and the one that stays is kept.
      if (into.code === null && body.code !== null) await store.setCode(writing, into, body.code);
      await audit.tell(tx, who, correspondentsMerged(id, intoId, documents.length));
      await ports.indexLater(tx, intoId, null);
    });
    return ports.view(actor, intoId);
  }

  /** A table of bodies, all or nothing; loaded twice it changes nothing the second time. */
  async function load(
    who: Requester,
    actor: Actor,
    wish: BodyOf<Lines['loadCorrespondents']>,
  ): Promise<ReplyOf<Lines['loadCorrespondents']>> {
    return database.transaction(async (tx) => {
      const writing = writingOf(tx, actor);
      if (wish.apply) await store.holdWholeList(writing);
      const known = await knownBodies(tx, actor, vietnamDay(clock.now()));
      const { problems, bodies } = readBodies(wish.rows, known);
      const there = bodies.filter((body) => body.id !== undefined).length;
      const figures = { problems: [...problems], added: bodies.length - there, there };
      if (!wish.apply || problems.length > 0) return { applied: false, ...figures };
      const names = new Map(known.map((body) => [body.id, new Set(body.names.map((name) => name.exact))]));
      for (const body of bodies) await write(tx, actor, writing, body, names);
      await audit.tell(tx, who, correspondentsLoaded(figures.added, there));
      return { applied: true, ...figures };
    });
  }

  async function write(
    tx: Transaction,
    actor: Actor,
    writing: store.Writing,
    loaded: LoadedBody,
    names: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<void> {
    const id = loaded.id ?? (await store.insertBody(writing, { name: loaded.name, code: null, listed: true }));
    const body = await store.heldBody(tx, actor.agencyId, id);
    if (!body) throw new Refusal('conflict');
    await store.listBody(writing, body);
    if (loaded.code !== null) await giveCode(writing, body, loaded.code);
    const standing = names.get(id) ?? new Set([nameKey(loaded.name).exact]);
    for (const name of loaded.otherNames)
      if (!standing.has(nameKey(name).exact))
        await store.insertName(writing, id, { kind: 'spelling', name, from: null });
  }

  /** So many documents of a body go to the index anew, and the job for the rest is added. */
  async function indexDocuments(correspondentId: string, after: string | null): Promise<void> {
    await database.transaction(async (tx) => {
      if (after === null) await store.takeInStrays(tx, correspondentId);
      const ids = await store.documentsOf(tx, correspondentId, after, documentsAtOnce);
      for (const id of ids) await ports.changed(tx, id);
      const last = ids.at(-1);
      if (last !== undefined && ids.length === documentsAtOnce) await ports.indexLater(tx, correspondentId, last);
    });
  }

  /**
   * Finds the bodies of documents from before there was a list, and takes in what was registered under a body in the moment
   * it was merged. Answers how many documents from before have a body now.
   */
  async function meetAll(): Promise<number> {
    let met = 0;
    for (;;) {
      const issuers = await database.transaction((tx) => store.namelessIssuers(tx, issuersAtOnce));
      let given = 0;
      for (const { agencyId, issuer } of issuers)
        given += await database.transaction(async (tx) => {
          const body = await store.bodyOf({ tx, agencyId, at: clock.now(), by: null }, issuer, null);
          return body === null ? 0 : store.giveBody(tx, agencyId, issuer, body);
        });
      met += given;
      if (given === 0 || issuers.length < issuersAtOnce) break;
    }
    await database.transaction(async (tx) => {
      for (const id of await store.bodiesWithStrays(tx)) await ports.indexLater(tx, id, null);
    });
    return met;
  }

  return { add, correct, merge, load, indexDocuments, meetAll };
}
