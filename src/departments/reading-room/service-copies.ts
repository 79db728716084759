import { createReadStream } from 'node:fs';
import type { Readable as Stream } from 'node:stream';
import type { Actor } from '../../kernel/actor.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { newId } from '../../kernel/ids.ts';
import { Refusal, type RefusalCode } from '../../kernel/refusal.ts';
import type { CopyMade, CopyProblem } from '../intake/index.ts';
import { rangeOf } from '../strongroom/index.ts';
import { copiesListed, copyChecked, copyFailed, copyGiven, copyMade } from './events.ts';
import { copyRows, keptCopy, unitNameOf, type KeptCopy, type Readable } from './queries.ts';
import { copyLabel, copyMark, hasPages, type CopyEntry, type Purpose } from './rules.ts';
import type { ReadingRoomPorts } from './service.ts';
import { createShelf, type Shelved } from './service-shelf.ts';
import { enterCopy, enterOutcome } from './store.ts';

const hour = 3_600_000;
/** A copy is for this moment: whoever looks again tomorrow gets another, with tomorrow's rights and another number. */
const givenForHours = 24;

const refusalFor: Readonly<Record<CopyProblem, RefusalCode>> = {
  'no-pages': 'copy-without-pages',
  form: 'copy-not-possible',
  encrypted: 'copy-not-possible',
  broken: 'copy-not-possible',
  crashed: 'copy-not-possible',
  'too-slow': 'copy-too-large',
  'too-much-memory': 'copy-too-large',
  'too-large-inside': 'copy-too-large',
  interrupted: 'content-not-ready',
};

interface CopyPorts extends ReadingRoomPorts {
  readonly fileFor: (actor: Actor, action: 'read' | 'download', fileId: string) => Promise<Readable>;
  /** Work on its bytes on this machine; says in the log when they are no longer those that came. */
  readonly withLocalCopy: <T>(who: Requester, file: Readable, work: (path: string) => Promise<T>) => Promise<T>;
  /** A record may be withheld while its copy is on the way: what was allowed at `moment` is asked again, and its stream is cut. */
  readonly moment: () => number;
  readonly stillHis: (actor: Actor, action: 'read' | 'download', fileId: string, since: number) => Promise<void>;
  readonly watchedFor: (recordId: string, stream: Stream) => void;
}

/** Copies that bear a name: numbered, registered, made for one person at one moment, and made again from their entry. */
export function createCopies(ports: CopyPorts) {
  const {
    onBehalfOf,
    database,
    audit,
    clock,
    machine,
    copyFolder,
    fileFor,
    withLocalCopy,
    moment,
    stillHis,
    watchedFor,
  } = ports;
  const shelf = createShelf(copyFolder);
  const making = new Map<string, Promise<{ made: CopyMade; shelved: Shelved }>>();

  async function make(who: Requester, actor: Actor, fileId: string, purpose: Purpose) {
    const file = await fileFor(actor, purpose === 'view' ? 'read' : 'download', fileId);
    if (file.rank === 0) throw new Refusal('copy-not-needed');
    if (!hasPages(file.format)) throw new Refusal('copy-without-pages');
    // What is damaged, or finds no room here, is said before a number is taken.
    await withLocalCopy(who, file, () => Promise.resolve());
    const at = clock.now();
    const today = vietnamDay(at);
    const unitName = await unitNameOf(onBehalfOf(actor), actor, today);
    const tools = await machine.copyTools();
    const id = newId(at);
    // Its own transaction, so that a long making keeps no other number waiting; what comes of it is entered beside it.
    const entry = await database.transaction((tx) =>
      enterCopy(tx, {
        id,
        agencyId: actor.agencyId,
        year: Number(today.slice(0, 4)),
        rank: file.rank,
        recordId: file.recordId,
        fileId: file.fileId,
        version: file.version,
        fileName: file.name,
        purpose,
        personId: actor.personId,
        personName: actor.fullName,
        unitName,
        at,
        ...tools,
      }),
    );
    const { made, shelved } = await drawn(who, entry, file).catch(async (cause: unknown) => {
      await failed(who, entry, 'crashed');
      throw systemRefusal(cause);
    });
    if ('problem' in made) {
      await failed(who, entry, made.problem);
      throw new Refusal(refusalFor[made.problem]);
    }
    const { sha256, size } = shelved;
    await database.transaction(async (tx) => {
      await enterOutcome(tx, entry.id, { sha256, size, pages: made.pages }, clock.now());
      await audit.tell(tx, who, copyMade(entry, sha256, made.pages));
    });
    return { id, label: copyLabel(entry), at: at.toISOString(), pages: made.pages, size, signed: made.signed };
  }

  async function failed(who: Requester, entry: CopyEntry, problem: string): Promise<void> {
    await database.transaction(async (tx) => {
      await enterOutcome(tx, entry.id, { problem }, clock.now());
      await audit.tell(tx, who, copyFailed(entry, problem));
    });
  }

  /** From the entry alone, and from the original: what is asked for twice at once is made once. */
  async function drawn(who: Requester, entry: CopyEntry, file: Readable) {
    const under = making.get(entry.id);
    if (under) return under;
    const mark = copyMark({ ...entry, label: copyLabel(entry), title: entry.fileName });
    const one = withLocalCopy(who, file, (path) =>
      shelf.put(
        entry.id,
        (take) => machine.copy({ path, format: file.format }, mark, take),
        (made) => !('problem' in made),
      ),
    ).finally(() => making.delete(entry.id));
    making.set(entry.id, one);
    return one;
  }

  async function again(who: Requester, actor: Actor, copy: KeptCopy): Promise<Shelved> {
    const file = await fileFor(actor, 'read', copy.fileId);
    const { made, shelved } = await drawn(who, copy, file).catch((cause: unknown) => {
      throw systemRefusal(cause);
    });
    if ('problem' in made) throw new Refusal(refusalFor[made.problem]);
    return shelved;
  }

  /** The copy's bytes: to whom it was made for, while it is of this day and the record's level is the same; and to the desk. */
  async function content(
    who: Requester,
    actor: Actor,
    copyId: string,
    as: 'inline' | 'attachment',
    rangeHeader: string | undefined,
  ) {
    const since = moment();
    const copy = await keptCopy(onBehalfOf(actor), actor, copyId);
    if (!copy?.sha256 || !mayHold(actor, copy)) throw new Refusal('not-found');
    const action = copy.purpose === 'view' ? 'read' : 'download';
    const file = await fileFor(actor, action, copy.fileId);
    const isOwn = copy.personId === actor.personId;
    const age = clock.now().getTime() - copy.at.getTime();
    if (isOwn && !keepsRegister(actor) && (age > givenForHours * hour || file.rank !== copy.rank))
      throw new Refusal('copy-outdated');
    const there = shelf.find(copyId) ?? (await again(who, actor, copy));
    if (!there.sha256.equals(copy.sha256)) {
      await shelf.drop(copyId);
      throw new Refusal('copy-outdated');
    }
    const range = rangeOf(rangeHeader, there.size);
    if (range === 'unsatisfiable') throw new Refusal('range-not-satisfiable', { size: there.size });
    const stream = createReadStream(there.path, range ?? {});
    watchedFor(file.recordId, stream);
    try {
      await Promise.all([opened(stream), audit.tellDurably(who, copyGiven(copy, copy.sha256, range))]);
      await stillHis(actor, action, copy.fileId, since);
    } catch (cause) {
      stream.destroy();
      throw cause;
    }
    return {
      stream,
      size: range ? range.end - range.start + 1 : there.size,
      mediaType: 'application/pdf',
      fileName: `${copy.fileName.replace(/\.[^.]{1,5}$/u, '')} - bản sao ${copyLabel(copy).replaceAll('/', '-')}.pdf`,
      disposition: as,
      range: range ? { ...range, of: there.size } : undefined,
      acceptRanges: true,
      etag: `"${copy.sha256.toString('hex')}"`,
    };
  }

  const keepsRegister = (actor: Actor): boolean =>
    actor.permissions.has('copy.read') && actor.permissions.has('document.original');
  const mayHold = (actor: Actor, copy: KeptCopy): boolean => copy.personId === actor.personId || keepsRegister(actor);

  /** Makes the copy again from its entry and says whether it is the same, byte for byte. Gives no bytes. */
  async function check(who: Requester, actor: Actor, copyId: string) {
    const copy = await keptCopy(onBehalfOf(actor), actor, copyId);
    if (!copy?.sha256 || !keepsRegister(actor)) throw new Refusal('not-found');
    await shelf.drop(copyId);
    const there = await again(who, actor, copy);
    const same = there.sha256.equals(copy.sha256);
    if (!same) await shelf.drop(copyId);
    await audit.tellDurably(who, copyChecked(copy, same));
    const tools = await machine.copyTools();
    return { same, sameTools: tools.tool === copy.tool && tools.font === copy.font };
  }

  async function list(
    who: Requester,
    actor: Actor,
    filters: { readonly recordId?: string | undefined; readonly personId?: string | undefined },
    limit: number,
    after: string | undefined,
  ) {
    // Who watches sees of every level that there was a copy, and of none what it is called: not through their own level's login.
    const door = actor.permissions.has('audit.read') ? database.alone : onBehalfOf(actor);
    const page = await copyRows(door, actor, vietnamDay(clock.now()), filters, limit, after);
    await audit.tellDurably(who, copiesListed(page.rows.length));
    return {
      next: page.next,
      rows: page.rows.map((copy) => ({
        id: copy.id,
        label: copyLabel(copy),
        rank: copy.rank,
        at: copy.at.toISOString(),
        person: { id: copy.personId, fullName: copy.personName, unit: copy.unitName },
        purpose: copy.purpose,
        record: { id: copy.recordId, reference: copy.reference, subject: copy.subject },
        version: copy.version,
        pages: copy.pages,
        size: copy.size,
        sha256: copy.sha256?.toString('hex') ?? null,
        problem: copy.problem,
        mayCheck: copy.sha256 !== null && keepsRegister(actor),
      })),
    };
  }

  return { make, content, check, list };
}

function opened(stream: ReturnType<typeof createReadStream>): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', reject);
  });
}

function systemRefusal(cause: unknown): unknown {
  const code = (cause as { code?: string } | undefined)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT' ? Object.assign(new Refusal('store-full'), { cause }) : cause;
}
