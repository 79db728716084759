import type { Check, CheckCode, Retention } from '../../contract/dossiers.ts';
import type { RecordState } from '../../contract/shapes.ts';

/** What the checks look at of one document, in the order of the dossier. */
export interface ItemFacts {
  readonly ordinal: number;
  readonly home: boolean;
  readonly state: RecordState;
  /** Subject, who made it, its day and its type are said. */
  readonly complete: boolean;
  /** Hashes of its main files. */
  readonly hashes: readonly string[];
  /** Number, symbol, issuer and day in one; null when it bears no number. */
  readonly identity: string | null;
  /** Registered without a file. */
  readonly paperOnly: boolean;
  /** Sheets lie somewhere, a file besides or not. */
  readonly paper: boolean;
  readonly sheets: boolean;
}

export interface DossierFacts {
  readonly retention: Retention | null;
  readonly startDate: string | null;
  readonly confirmed: readonly string[];
}

/** What only a person can say. */
export const askedChecks = ['title-right', 'retention-right'] as const satisfies readonly CheckCode[];

/**
 * Nghị định 30/2020, Điều 29, on closing. Whoever made the dossier is to go through all that stands in it, "loại ra khỏi hồ
 * sơ bản trùng, bản nháp; xác định lại thời hạn bảo quản của hồ sơ; chỉnh sửa tiêu đề, số và ký hiệu hồ sơ cho phù hợp";
 * paper kept for five years or longer has its sheets numbered; of an electronic dossier what is missing is filled in.
 *
 * Needed is what the law names and the house can see for certain. Two are said and left to the closing note: that two
 * documents look like one (the second may bear the leader's hand), and that paper has no scan (the law asks for none).
 */
export function checksOf(dossier: DossierFacts, items: readonly ItemFacts[]): Check[] {
  const found = (code: CheckCode, needed: boolean, holds: boolean, about: readonly ItemFacts[] = []): Check => ({
    code,
    by: 'found',
    holds,
    needed,
    about: about.map(({ ordinal }) => ordinal).slice(0, 20),
  });
  const none = (code: CheckCode, needed: boolean, faulty: readonly ItemFacts[]): Check =>
    found(code, needed, faulty.length === 0, faulty);
  const kept = dossier.retention === 'permanent' || (dossier.retention ?? 0) >= 5;
  return [
    // A matter without a document has no dossier: it stays planned, or the archive takes it out of next year's plan.
    found('has-documents', true, items.length > 0),
    // A link to a draft is no part of the dossier; its own documents are registered.
    none(
      'no-drafts',
      true,
      items.filter(({ home, state }) => home && state !== 'declared'),
    ),
    none('no-duplicates', false, duplicates(items)),
    // An envelope that nobody may open has no day and no type: what has no file is as full as it can be.
    none(
      'fields-complete',
      true,
      items.filter(({ complete, paperOnly }) => !complete && !paperOnly),
    ),
    found('retention-set', true, dossier.retention !== null),
    // The day it ends is said in closing.
    found('dates-set', true, dossier.startDate !== null),
    none(
      'paper-scanned',
      false,
      items.filter(({ paperOnly }) => paperOnly),
    ),
    none('sheets-numbered', true, kept ? items.filter(({ paper, sheets }) => paper && !sheets) : []),
    ...askedChecks.map((code): Check => ({
      code,
      by: 'asked',
      needed: true,
      holds: dossier.confirmed.includes(code),
      about: [],
    })),
  ];
}

/** Those after the first of their kind: the same bytes, or the same number, issuer and day. */
function duplicates(items: readonly ItemFacts[]): ItemFacts[] {
  const seen = new Set<string>();
  return items.filter(({ hashes, identity }) => {
    const signs = [...hashes, ...(identity === null ? [] : [`number ${identity}`])];
    const again = signs.some((sign) => seen.has(sign));
    for (const sign of signs) seen.add(sign);
    return again;
  });
}

/** What still stands in the way of closing, once a person has said what only a person can. */
export function missingFor(checks: readonly Check[], confirmed: readonly CheckCode[]): CheckCode[] {
  return checks
    .filter(({ by, code, holds, needed }) => needed && !(by === 'asked' ? confirmed.includes(code) : holds))
    .map(({ code }) => code);
}
