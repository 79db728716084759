import type { CopyRow } from '../../contract/reading-room.ts';
import { levels, type Rank } from '../../kernel/labels.ts';

export type Purpose = CopyRow['purpose'];

export interface CopyEntry {
  readonly id: string;
  readonly agencyId: string;
  readonly year: number;
  readonly rank: Rank;
  readonly number: number;
  readonly recordId: string;
  readonly fileId: string;
  readonly version: number;
  readonly fileName: string;
  readonly purpose: Purpose;
  readonly personId: string;
  readonly personName: string;
  readonly unitName: string;
  readonly at: Date;
  readonly tool: string;
  readonly font: string;
}

/** Signs of the series of copies, behind the year: Nội bộ, Có điều kiện, and the three state secrets. */
const seriesSigns: Readonly<Record<Rank, string>> = { 0: 'CK', 1: 'NB', 2: 'CĐK', 3: 'M', 4: 'TM', 5: 'TuM' };

/** As it stands on the copy and in the register: `12/2026/NB`. */
export const copyLabel = (copy: { readonly number: number; readonly year: number; readonly rank: Rank }): string =>
  `${String(copy.number)}/${String(copy.year)}/${seriesSigns[copy.rank]}`;

/** What has pages that can bear a mark. */
export const hasPages = (format: string): boolean => ['pdf', 'png', 'jpeg', 'tiff'].includes(format);

/** `09:31 ngày 25/11/2026`, on the clock of an office in Vietnam. */
export function vietnamMoment(moment: Date): { readonly clock: string; readonly day: string } {
  const there = new Date(moment.getTime() + 7 * 3_600_000).toISOString();
  return { clock: there.slice(11, 16), day: there.slice(0, 10).split('-').reverse().join('/') };
}

interface Bearer {
  readonly personName: string;
  readonly unitName: string;
  readonly rank: Rank;
  readonly at: Date;
}

interface MarkText {
  readonly id: string;
  readonly moment: string;
  readonly title: string;
  readonly rank: Rank;
  readonly level: string;
  readonly foot: string;
  readonly quiet: string;
  readonly unsigned: string;
}

const composed = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
const unsigned = 'Chữ ký số chỉ có trên bản gốc';

/** Everything on a copy that is not the document: made from its entry alone, so that it can be made again. */
export function copyMark(
  copy: Bearer & { readonly id: string; readonly label: string; readonly title: string },
): MarkText {
  const { clock, day } = vietnamMoment(copy.at);
  const [person, unit] = [composed(copy.personName), composed(copy.unitName)];
  return {
    id: copy.id,
    moment: copy.at.toISOString(),
    title: composed(copy.title),
    rank: copy.rank,
    level: levels[copy.rank].word.vi.toLocaleUpperCase('vi'),
    foot: `Bản sao số ${copy.label}  ·  cấp cho ${person}, ${unit}  ·  ${clock} ngày ${day}`,
    quiet: `${person}  ·  ${unit}  ·  ${clock} ${day}  ·  số ${copy.label}`,
    unsigned,
  };
}

/** On a page looked at on the screen: no copy, so it has no number. */
export function pictureMark(page: Bearer): MarkText {
  const { clock, day } = vietnamMoment(page.at);
  const [person, unit] = [composed(page.personName), composed(page.unitName)];
  return {
    id: '',
    moment: page.at.toISOString(),
    title: '',
    rank: page.rank,
    level: levels[page.rank].word.vi.toLocaleUpperCase('vi'),
    foot: `Xem trên màn hình  ·  ${person}, ${unit}  ·  ${clock} ngày ${day}`,
    quiet: `${person}  ·  ${unit}  ·  ${clock} ${day}`,
    unsigned,
  };
}
