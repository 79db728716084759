/** One look of a person is many requests: a search as it is typed, a page and its pictures. They come this close. */
export const foldingSeconds = 10;

const folding: ReadonlySet<string> = new Set([
  'search.asked',
  'audit.looked',
  'record.viewed',
  'content.viewed',
  'picture.viewed',
  'text.viewed',
  'copy.given',
  'copies.listed',
]);

export interface Foldable {
  readonly type: string;
  readonly outcome: string;
  readonly sessionId: string | null;
  readonly record: { readonly id: string } | null;
  readonly at: Date;
}

/**
 * Newest first in, newest first out: each run of looks of one kind, in one session, at one record, becomes its last and
 * a count. What was refused, downloaded or changed stands for itself.
 */
export function fold<Row extends Foldable>(rows: readonly Row[]): (Row & { readonly folded: number })[] {
  const out: { row: Row; folded: number; oldest: Date }[] = [];
  const open = new Map<string, (typeof out)[number]>();
  for (const row of rows) {
    const key =
      folding.has(row.type) && row.sessionId !== null
        ? [row.type, row.outcome, row.sessionId, row.record?.id].join(' ')
        : undefined;
    const last = key === undefined ? undefined : open.get(key);
    if (last && last.oldest.getTime() - row.at.getTime() <= foldingSeconds * 1000) {
      last.folded += 1;
      last.oldest = row.at;
      continue;
    }
    const kept = { row, folded: 1, oldest: row.at };
    out.push(kept);
    if (key !== undefined) open.set(key, kept);
  }
  return out.map(({ row, folded }) => ({ ...row, folded }));
}

/** A cell that a spreadsheet would run is made text (ASVS 5.0 V1.2.10). */
export function csvCell(value: string): string {
  const inert = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return `"${inert.replaceAll('"', '""')}"`;
}
