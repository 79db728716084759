import { createHash } from 'node:crypto';
import type { FacetName } from '../src/departments/search/ports.ts';
import { spelledForm } from '../src/kernel/folding.ts';
import type { Rank } from '../src/kernel/labels.ts';
import type { FieldWords, Projected } from './projection.ts';

/**
 * How a record stands on a search server (Meilisearch), and the settings of its indexes.
 *
 * The server finds words; which words there are, is ours. Each word is written as one plain token of a-z and 0-9 behind
 * a letter that says where and how it stands, so that the server's own folding, splitting and synonyms have nothing to
 * work on and a question asks for exactly the words it means:
 *
 *     h  folded, in the head        i  exact (marks spelt with digits), in the head
 *     b  folded, anywhere           c  exact, anywhere
 *
 * The server cannot tell `má` from `ma` and ranks both alike; with the spelt token it can.
 */
export const shelves = ['h', 'i', 'b', 'c'] as const;
export type WordShelf = (typeof shelves)[number];

/** The server finds no word beyond position 65,535 of an attribute, and says nothing about it. */
const wordsOfChunk = 60_000;
/** Words told twice, at the end of a chunk and the start of the next, so that a phrase across the cut is found. */
const chunkOverlap = 20;
const chunks = [0, 1, 2, 3, 4, 5, 6, 7] as const;
/** Names of files stand before the text in the first chunk. */
const fileWordsAtMost = 3_000;

/** The server's keys hold 500 bytes; a longer word is found by its beginning. */
const longestToken = 200;

export interface ServerDocument extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly version: number;
}

/** Names are shared by everybody on a server. */
export function indexName(prefix: string, rank: Rank): string {
  return `${prefix}_records_${rank}`;
}

/** Facets, and the need-to-know, as attributes to filter by. */
export const filterAttributes: Readonly<Record<FacetName, string>> = {
  documentType: 'documentType',
  issuer: 'issuer',
  unit: 'unit',
  direction: 'direction',
  urgency: 'urgency',
  year: 'year',
};

/**
 * The settings of every index. No synonyms and no stop words here: vocabulary.ts works on the question, for both engines
 * alike. No misspelling help: it takes words from the whole index, also from records this reader may not know.
 */
export const indexSettings = {
  searchableAttributes: ['head', 'headMarks', ...chunks.map((at) => `body${at}`), ...chunks.map((at) => `marks${at}`)],
  displayedAttributes: ['id', 'version', 'receivedAt'],
  filterableAttributes: [
    ...['id', 'rank', 'readers', 'numberKeys', 'issuedDay', 'receivedAt'],
    ...Object.values(filterAttributes),
  ].sort(),
  sortableAttributes: ['id'],
  rankingRules: ['words', 'exactness', 'proximity', 'receivedAt:desc', 'id:asc'],
  typoTolerance: { enabled: false },
  stopWords: [] as string[],
  synonyms: {},
  separatorTokens: [] as string[],
  nonSeparatorTokens: [] as string[],
  dictionary: [] as string[],
  proximityPrecision: 'byWord' as const,
  prefixSearch: 'indexingTime' as const,
  facetSearch: false,
  faceting: { maxValuesPerFacet: 200, sortFacetValuesBy: { '*': 'count' as const } },
  pagination: { maxTotalHits: 20_000 },
  // Past this the server answers with what it has so far, and says nothing that we would see.
  searchCutoffMs: 10_000,
};

/** A word as one token: letters outside a-z by their number, so that a beginning stays a beginning. */
export function token(shelf: WordShelf, word: string): string {
  const plain = shelf === 'i' || shelf === 'c' ? spelledForm(word) : word;
  return (
    shelf + plain.replace(/[^a-z0-9]/gu, (sign) => `q${(sign.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`)
  ).slice(0, longestToken);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
/** What the server can hold of a value it filters by: 468 bytes. */
const longestValue = 400;

/**
 * A value to filter by. The server folds case and marks in filters too ("Bộ A" = "bo a"), so values travel in base32
 * (RFC 4648); a very long one as its hash, by which it is found but not counted.
 */
export function written(value: string): string {
  let bits = 0;
  let held = 0;
  let text = 'v';
  for (const byte of Buffer.from(value)) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  if (bits > 0) text += alphabet.charAt((held << (5 - bits)) & 31);
  return text.length <= longestValue ? text : `h${createHash('sha256').update(value).digest('hex')}`;
}

/** The value again; undefined for a hash. */
export function readValue(text: string): string | undefined {
  if (!text.startsWith('v')) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const sign of text.slice(1)) {
    held = (held << 5) | alphabet.indexOf(sign);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes).toString('utf8');
}

/** A calendar date as a number that grows with it. */
export function dayNumber(date: string): number {
  return Number(date.replaceAll('-', ''));
}

export function serverDocument(record: Projected): ServerDocument {
  const { facets } = record;
  const facetTexts: Readonly<Record<FacetName, string | null>> = {
    documentType: facets.documentType,
    issuer: facets.issuer,
    unit: facets.unit,
    direction: facets.direction,
    urgency: facets.urgency,
    year: facets.year === null ? null : String(facets.year),
  };
  const head = [record.number, record.subject, record.people];
  const bodies = head.concat(cut(record.files, 0, fileWordsAtMost));
  const document: Record<string, unknown> = {
    rank: String(record.rank),
    readers: record.readers.map(written),
    numberKeys: record.numberKeys.map(written),
    head: head.map((words) => tokens('h', words.folded)),
    headMarks: head.map((words) => tokens('i', words.exact)),
    receivedAt: record.receivedAt.getTime(),
  };
  for (const at of chunks) {
    const text = cut(record.text, at * wordsOfChunk, (at + 1) * wordsOfChunk + chunkOverlap);
    const parts = at === 0 ? [...bodies, text] : [text];
    if (parts.every(({ exact }) => exact.length === 0)) continue;
    document[`body${at}`] = parts.map((words) => tokens('b', words.folded));
    document[`marks${at}`] = parts.map((words) => tokens('c', words.exact));
  }
  for (const [name, value] of Object.entries(facetTexts)) if (value !== null) document[name] = written(value);
  if (facets.issuedDate !== null) document['issuedDay'] = dayNumber(facets.issuedDate);
  return { ...document, id: record.recordId, version: record.version };
}

function tokens(shelf: WordShelf, words: readonly string[]): string {
  return words.map((word) => token(shelf, word)).join(' ');
}

function cut({ exact, folded }: FieldWords, from: number, until: number): FieldWords {
  return { exact: exact.slice(from, until), folded: folded.slice(from, until) };
}
