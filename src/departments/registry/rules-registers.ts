import type { Direction } from '../../contract/shapes.ts';

/** What kind of book it is, and from which number it allocates. */
export interface BookSetting {
  readonly kind: 'own' | 'external';
  readonly startNumber: number;
  readonly otherSystem: string | null;
}

/**
 * A book that nobody has set up. Incoming documents get their numbers here unless the years before took another system's:
 * a January must not begin a second allocator of the same series (Nghị định 30/2020, Điều 22(2)). Outgoing and internal
 * documents come with the number they were issued under.
 */
export function bookBeforeSetUp(
  direction: Direction,
  yearBefore: Pick<BookSetting, 'kind' | 'otherSystem'> | undefined,
): BookSetting {
  if (direction !== 'incoming') return { kind: 'external', startNumber: 1, otherSystem: null };
  if (yearBefore?.kind === 'external') return { kind: 'external', startNumber: 1, otherSystem: yearBefore.otherSystem };
  return { kind: 'own', startNumber: 1, otherSystem: null };
}

export type NumberDecision =
  /** The next number of ours. */
  | { readonly number: 'next' }
  /** This number, given by another system. */
  | { readonly number: 'taken'; readonly taken: number }
  /** None: the document's own number stands in its place. */
  | { readonly number: 'none' }
  | { readonly number: 'refused'; readonly why: 'number-needed' | 'number-not-needed' | 'incoming-only' };

/** Which number a document gets in its book; `taken` is the one it is said to bear already. */
export function numberFor(direction: Direction, book: BookSetting, taken: number | null): NumberDecision {
  if (direction !== 'incoming')
    return taken === null ? { number: 'none' } : { number: 'refused', why: 'incoming-only' };
  if (book.kind === 'external')
    return taken === null ? { number: 'refused', why: 'number-needed' } : { number: 'taken', taken };
  if (taken === null) return { number: 'next' };
  return taken < book.startNumber ? { number: 'taken', taken } : { number: 'refused', why: 'number-not-needed' };
}

/** What stands in a book already. */
export interface BookContent {
  readonly allocated: boolean;
  readonly highestTaken: number | null;
}

/**
 * Whether a book may be set so: nothing of ours has been allocated in it, and no number of another system stands where
 * ours would come.
 */
export function maySetTo(setting: BookSetting, content: BookContent): boolean {
  if (content.allocated) return false;
  return setting.kind === 'external' || (content.highestTaken ?? 0) < setting.startNumber;
}

/** A book of outgoing documents that allocates is another work (cấp số văn bản đi), which this house does not do yet. */
export const wrongKind = (direction: Direction, kind: BookSetting['kind']): boolean =>
  kind === 'own' && direction !== 'incoming';

/**
 * The arrival number that a scan's file name gives: `den 28417.pdf`, `28417.pdf`, `28417-2026.pdf`. A name with other
 * words says nothing, and a guess is only offered, never followed.
 */
export function guessFromFileName(
  fileName: string,
  yearWhenUnsaid: number,
): { readonly number: number; readonly year: number } | null {
  const bare = fileName.normalize('NFC').replace(/\.[A-Za-z0-9]{1,5}$/u, '');
  const said =
    /^(?:(?:(?:công\s*văn|cong\s*van|văn\s*bản|van\s*ban|cv|vb|số|so)[\s._-]*)?(?:đến|den)[\s._-]*(?:số|so)?[\s._-]*)?0*([1-9]\d{0,8})(?:[\s._-]+((?:19|20|21)\d\d))?$/iu.exec(
      bare.trim(),
    );
  if (!said) return null;
  return { number: Number(said[1]), year: said[2] === undefined ? yearWhenUnsaid : Number(said[2]) };
}
