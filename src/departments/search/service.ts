import { randomBytes } from 'node:crypto';
import type { Hit, SearchQuery } from '../../contract/search.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { sha256Of } from '../../kernel/digest.ts';
import { levels, ranks, type Rank } from '../../kernel/labels.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Language } from '../../kernel/text.ts';
import type { AuditLog } from '../audit/index.ts';
import { readersOf } from '../classification/index.ts';
import { numberAndSymbol } from '../registry/index.ts';
import { searchAsked } from './events.ts';
import { SearchUnavailable, type FacetName, type Found, type Question, type SearchEngine } from './ports.ts';
import {
  knowableRecords,
  listByMetadata,
  pageTexts,
  unitNames,
  type Door,
  type FoundRow,
  type PageText,
} from './queries.ts';
import { highlighted, parseWords, snippet, type ParsedQuestion } from './rules.ts';
import { entryOf, recordsOfRank } from './store.ts';

export interface SearchPorts {
  readonly engine: SearchEngine;
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly database: { transaction<T>(work: (tx: Door) => Promise<T>): Promise<T> };
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export type Search = ReturnType<typeof createSearch>;

/** Asking, and what of a record may be asked for. */
export function createSearch(ports: SearchPorts) {
  const { engine, onBehalfOf, database, audit, clock } = ports;

  /** Brings one record's place in the index up to date; the job `search.index`. */
  async function index(recordId: string): Promise<void> {
    const entry = await database.transaction((tx) => entryOf(tx, recordId, vietnamDay(clock.now())));
    if (entry) await engine.write([entry]);
    else await engine.remove([recordId]);
  }

  /** What an index has lost (a server set up anew, a restored disk) is brought back; answers how many records. */
  async function reconcile(): Promise<number> {
    let lost = 0;
    for (const rank of ranks) {
      const standing = new Set<string>();
      for await (const { recordId } of engine.inventory(rank)) standing.add(recordId);
      for await (const ids of recordsOfRank((work) => database.transaction(work), rank)) {
        for (const id of ids.filter((one) => !standing.has(one))) {
          await index(id);
          lost += 1;
        }
      }
    }
    return lost;
  }

  /** Never fails because the index is down: then it lists by metadata, and says so. */
  async function ask(who: Requester, actor: Actor, query: SearchQuery, language: Language) {
    const found = await askEngine(actor, query);
    const answer = found ?? (await askMetadata(actor, query));
    const rows = await hitsOf(actor, query.q, answer.recordIds);
    await tellAsked(who, query, rows.length, found === undefined);
    // A record that was relabelled a moment ago may stand in the index still: its figures are not this person's then.
    const late = rows.length < answer.recordIds.length;
    const understood = parseWords(query.q);
    return {
      hits: rows,
      next: answer.next,
      total: late ? { count: rows.length, atLeast: answer.next !== null } : answer.total,
      facets: late || answer.facets === null ? null : await labelled(actor, answer.facets, language),
      degraded: found === undefined,
      understood: {
        numbers: [...understood.numbers],
        phrases: understood.phrases.map((phrase) => phrase.words.map((word) => word.exact).join(' ')),
        words: understood.words.map((word) => word.exact),
        excluded: understood.excluded.map((phrase) => phrase.words.map((word) => word.exact).join(' ')),
      },
    };
  }

  async function askEngine(actor: Actor, query: SearchQuery): Promise<Found | undefined> {
    // A place in the list by metadata means nothing to an engine.
    if (query.after?.startsWith('m ')) return undefined;
    try {
      return await engine.find(questionOf(actor, query));
    } catch (cause) {
      if (cause instanceof SearchUnavailable) return undefined;
      if (cause instanceof Error && cause.name === 'UnknownPlace')
        throw new Refusal('bad-request', {}, [{ path: 'query.after', problem: 'unknown-place' }]);
      throw cause;
    }
  }

  async function askMetadata(actor: Actor, query: SearchQuery): Promise<Found> {
    const words = query.q
      .normalize('NFC')
      .split(/\s+/u)
      .filter((word) => word !== '')
      .slice(0, 20);
    const list = await listByMetadata(onBehalfOf(actor), actor, vietnamDay(clock.now()), words, query);
    return {
      recordIds: list.ids,
      next: list.next,
      total: { count: list.ids.length, atLeast: list.next !== null },
      facets: null,
    };
  }

  async function hitsOf(actor: Actor, words: string, ids: readonly string[]): Promise<Hit[]> {
    if (ids.length === 0) return [];
    const door = onBehalfOf(actor);
    const rows = await knowableRecords(door, actor, ids, vietnamDay(clock.now()));
    const parsed = parseWords(words);
    const texts = parsed.empty
      ? []
      : await pageTexts(
          door,
          rows.map((row) => row.recordId),
        );
    const byRecord = Map.groupBy(texts, (page) => page.recordId);
    return rows.map((row) => hitOf(row, byRecord.get(row.recordId) ?? [], parsed));
  }

  /** Newest documents this person may know, for the first page. */
  async function newest(actor: Actor, limit: number): Promise<Hit[]> {
    const list = await listByMetadata(onBehalfOf(actor), actor, vietnamDay(clock.now()), [], {
      q: '',
      limit,
      facets: 'no',
    });
    return hitsOf(actor, '', list.ids);
  }

  /** Filters by name only: their values name bodies and units, which do not belong in a log that stands for ever. */
  async function tellAsked(who: Requester, query: SearchQuery, shown: number, degraded: boolean): Promise<void> {
    const salt = randomBytes(16);
    const filters = Object.keys(query)
      .filter((name) => !['q', 'limit', 'facets', 'after'].includes(name))
      .sort();
    const digest = sha256Of(salt, query.q).toString('hex');
    const rank: Rank = who.actor?.clearance ?? 0;
    await audit.tellDurably(who, searchAsked(digest, shown, filters, degraded), { salt, words: query.q, rank });
  }

  async function labelled(actor: Actor, facets: NonNullable<Found['facets']>, language: Language) {
    const names = await unitNames(
      onBehalfOf(actor),
      actor,
      facets.unit.map(({ value }) => value),
    );
    const label = (name: FacetName | 'rank', value: string): string => {
      if (name === 'unit') return names.get(value) ?? value;
      if (name === 'rank') return levels[Number(value) as Rank].word[language];
      return value;
    };
    const labels = (name: FacetName | 'rank') =>
      facets[name].map(({ value, count }) => ({ value, count, label: label(name, value) }));
    return {
      documentType: labels('documentType'),
      issuer: labels('issuer'),
      unit: labels('unit'),
      direction: labels('direction'),
      urgency: labels('urgency'),
      year: labels('year'),
      rank: labels('rank'),
    };
  }

  return { index, reconcile, ask, newest, ping: () => engine.ping(), engineName: engine.name };
}

function questionOf(actor: Actor, query: SearchQuery): Question {
  const chosen = (pairs: readonly [FacetName, readonly string[] | undefined][]) =>
    Object.fromEntries(pairs.filter((pair) => pair[1] !== undefined));
  return {
    words: query.q,
    ranks: ranks.filter((rank) => rank <= actor.clearance),
    clearance: actor.clearance,
    readers: readersOf(actor),
    filters: {
      include: chosen([
        ['documentType', query.type],
        ['issuer', query.issuer],
        ['unit', query.unit],
        ['direction', query.direction],
        ['urgency', query.urgency],
        ['year', query.year],
      ]),
      exclude: chosen([
        ['documentType', query.notType],
        ['issuer', query.notIssuer],
        ['unit', query.notUnit],
      ]),
      ...(query.from === undefined ? {} : { issuedFrom: query.from }),
      ...(query.until === undefined ? {} : { issuedUntil: query.until }),
      ...(query.rank === undefined ? {} : { onlyRanks: query.rank }),
    },
    limit: query.limit,
    ...(query.after === undefined ? {} : { after: query.after }),
    withFacets: query.facets === 'yes',
  };
}

function hitOf(row: FoundRow, pages: readonly PageText[], parsed: ParsedQuestion): Hit {
  const { codeNumber, codeNotation, subject, receivedAt, ...rest } = row;
  const line = parsed.empty
    ? null
    : snippet(
        pages.map((page) => page.text),
        parsed,
      );
  const page = line === null ? undefined : pages[line.page - 1];
  return {
    ...rest,
    numberAndSymbol: numberAndSymbol(codeNumber, codeNotation),
    subject: [...highlighted(subject, parsed)],
    line:
      line === null || page === undefined || !line.parts.some((part) => part.hit)
        ? null
        : {
            fileId: page.fileId,
            unit: page.unit,
            number: page.number,
            pieces: [
              ...(line.cutBefore ? [{ text: '… ', hit: false }] : []),
              ...line.parts,
              ...(line.cutAfter ? [{ text: ' …', hit: false }] : []),
            ],
          },
    receivedAt: receivedAt.toISOString(),
  };
}
