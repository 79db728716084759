import type { Rank } from '../../kernel/labels.ts';

/**
 * Finds records by words. Derived data: whatever is lost here can be built again from Postgres.
 *
 * The contract, which `tests/ports/search-engine.suite.ts` runs against every adapter:
 * - One index per access rank. A query names the ranks it may look into; nothing of another rank can change its
 *   answer: not hits, not order, not counts, not misspelling help.
 * - Inside a rank, `reader` is the need-to-know filter; a record whose `readers` share nothing with it does not exist.
 * - `write` is idempotent, and ignores an entry older than the one it holds (`version`). A record that moves to another
 *   rank leaves its old one first, before `write` resolves.
 * - `write` resolves when the entries are accepted; `settled` resolves when every accepted entry can be found.
 * - Words match with or without Vietnamese marks, case, old or new tone placement (`hoá`/`hóa`), in any order; all
 *   words must match, the last one by its beginning while the person types. Exact marks come before folded ones,
 *   number before subject before text, near before far. A quoted phrase must stand as it is; `-word` excludes.
 * - A document number in any usual spelling (`123/QĐ-BCT`, `123/qd-bct`, `123 QĐ BCT`) puts that record first.
 * - The counts of a facet that is filtered by are those without that filter: they say what may be chosen besides.
 * - No scores leave an engine. Ties end in record id, so that order is total.
 * - An unreachable engine rejects with `SearchUnavailable`.
 */
export interface SearchEngine {
  readonly name: 'postgres' | 'meilisearch';
  /** Creates or mends indexes and settings from search-index/; safe when many processes do it at once. */
  provision(): Promise<void>;
  write(entries: readonly IndexEntry[]): Promise<void>;
  remove(recordIds: readonly string[]): Promise<void>;
  settled(): Promise<void>;
  find(question: Question): Promise<Found>;
  /** What stands in an index, for the reconciler. */
  inventory(rank: Rank): AsyncIterable<{ readonly recordId: string; readonly version: number }>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The allow-list of what leaves the vault for an index. */
export interface IndexEntry {
  readonly recordId: string;
  readonly rank: Rank;
  /** Rises with every change of the record; older entries are ignored. */
  readonly version: number;
  /** Who may know it besides clearance: `all`, `unit:<id>`, `person:<id>`, `desk:<agency id>`. */
  readonly readers: readonly string[];
  readonly numberAndSymbol: string | null;
  readonly arrivalNumber: number | null;
  readonly subject: string;
  readonly issuer: string | null;
  readonly signer: string | null;
  readonly fileNames: readonly string[];
  /** Text of pages or paragraphs in order. */
  readonly text: readonly string[];
  readonly facets: FacetValues;
  /** The moment the record was received or registered; newest first when nothing else decides. */
  readonly receivedAt: Date;
}

export interface FacetValues {
  readonly documentType: string | null;
  readonly issuer: string | null;
  readonly unit: string | null;
  readonly direction: string;
  readonly urgency: string;
  readonly state: string;
  readonly year: number | null;
  /** ISO calendar date of the document. */
  readonly issuedDate: string | null;
}

export const facetNames = ['documentType', 'issuer', 'unit', 'direction', 'urgency', 'year'] as const;
export type FacetName = (typeof facetNames)[number];

export interface Question {
  /** As typed; the engine's own parsing is never used. Empty: newest first. */
  readonly words: string;
  readonly ranks: readonly Rank[];
  /** Of whoever asks: an engine in PostgreSQL reads as that login, which reaches no rank above it. */
  readonly clearance: Rank;
  readonly readers: readonly string[];
  readonly filters: {
    readonly include?: Partial<Record<FacetName, readonly string[]>>;
    readonly exclude?: Partial<Record<FacetName, readonly string[]>>;
    readonly issuedFrom?: string;
    readonly issuedUntil?: string;
    /** Narrower than `ranks`, when the person chose levels. */
    readonly onlyRanks?: readonly Rank[];
  };
  readonly limit: number;
  /** Opaque position the engine gave out as `next`. */
  readonly after?: string;
  /** Counting facets costs; a next page does not need them. */
  readonly withFacets: boolean;
}

export interface Found {
  readonly recordIds: readonly string[];
  readonly next: string | null;
  /** Exact while few enough records had to be looked at; beyond that `atLeast` is true, and so many there are. */
  readonly total: { readonly count: number; readonly atLeast: boolean };
  readonly facets: Readonly<
    Record<FacetName | 'rank', readonly { readonly value: string; readonly count: number }[]>
  > | null;
}

export class SearchUnavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('search engine unavailable', options);
    this.name = 'SearchUnavailable';
  }
}
