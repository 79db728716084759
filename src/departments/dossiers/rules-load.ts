import type { PlanCells, PlanProblem, Retention } from '../../contract/dossiers.ts';
import { foldedForm } from '../../kernel/folding.ts';
import { accessRanks, levels, type AccessRank, type Rank } from '../../kernel/labels.ts';
import { romanNumber } from './rules.ts';

/**
 * The plan as its form has it (Phụ lục V, mục II), one row a heading or a dossier, read from cells as people typed them. A
 * cell that cannot be read is named, and nothing is guessed. What stands already is known by its code and counted, so that
 * a table that was taken out changes nothing when it is given again; another title there is a correction of that title.
 */
export interface LoadedHeading {
  /** `I`, `I.2`: the way to it. */
  readonly key: string;
  readonly parentKey: string | null;
  readonly numeral: string;
  readonly ordinal: number;
  readonly title: string;
}

export interface LoadedDossier {
  readonly order: number;
  readonly headingKey: string;
  readonly notation: string;
  readonly title: string;
  readonly titleRank: AccessRank;
  readonly retention: Retention | null;
  /** Sign-in name. */
  readonly owner: string | null;
  /** Symbol. */
  readonly unit: string | null;
  readonly note: string | null;
}

export interface StandingDossier {
  readonly id: string;
  /** Null when who loads is not told what it is called. */
  readonly title: string | null;
  /** Why another title in the table is not a correction of this one; null when it is. */
  readonly fixed: 'code-taken' | 'not-yours' | 'closed' | null;
}

export interface KnownPlan {
  /** Title of each heading that stands, by its way. */
  readonly headings: ReadonlyMap<string, string>;
  /** Dossiers of the year by their code, of the plan or not. */
  readonly dossiers: ReadonlyMap<string, StandingDossier>;
  /** Symbols of the units that stand today. */
  readonly units: ReadonlySet<string>;
  /** Sign-in names of who works here today, with their clearance. */
  readonly people: ReadonlyMap<string, Rank>;
  /** Of who loads: nobody labels above what they may see. */
  readonly clearance: Rank;
}

export interface TitleCorrection {
  readonly id: string;
  readonly row: number;
  readonly notation: string;
  readonly before: string;
  readonly after: string;
}

export interface PlanLoad {
  readonly problems: readonly PlanProblem[];
  readonly headings: readonly LoadedHeading[];
  readonly dossiers: readonly LoadedDossier[];
  readonly corrections: readonly TitleCorrection[];
  readonly there: { readonly headings: number; readonly dossiers: number };
}

const permanentWord = 'Vĩnh viễn';
type Wrong = (column: keyof PlanCells, problem: PlanProblem['problem']) => void;

export function readPlan(rows: readonly PlanCells[], known: KnownPlan): PlanLoad {
  const problems: PlanProblem[] = [];
  const headings: LoadedHeading[] = [];
  const dossiers: LoadedDossier[] = [];
  const corrections: TitleCorrection[] = [];
  const there = { headings: 0, dossiers: 0 };
  const seenHeadings = new Set<string>();
  const seenNotations = new Set<string>();
  let large: string | null = null;
  let above: string | null = null;

  for (const [index, cells] of rows.entries()) {
    const wrong: Wrong = (column, problem) => problems.push({ row: index + 1, column, problem });
    const notation = cells.notation.trim().normalize('NFC');
    const numeral = cells.numeral.trim().replace(/\.$/u, '');
    const title = said(cells.title, numeral === '' ? 500 : 200, true, (problem) => wrong('title', problem));
    if (numeral !== '') {
      if (notation !== '') wrong('numeral', 'not-a-numeral');
      const heading = headingOf(numeral, title, large, wrong);
      if (!heading) continue;
      if (heading.parentKey === null) large = heading.key;
      above = heading.key;
      const standing = known.headings.get(heading.key);
      if (seenHeadings.has(heading.key) || (standing !== undefined && standing !== title)) wrong('numeral', 'twice');
      else if (standing !== undefined) there.headings += 1;
      else headings.push(heading);
      seenHeadings.add(heading.key);
      continue;
    }
    said(notation, 20, true, (problem) => wrong('notation', problem));
    if (notation !== '' && seenNotations.has(notation)) wrong('notation', 'twice');
    seenNotations.add(notation);
    if (above === null) wrong('notation', 'no-heading-above');
    // Of what stands the title alone may change: its other cells decide nothing, its owner may have left since.
    const standing = known.dossiers.get(notation);
    if (standing === undefined)
      dossiers.push({ ...dossierOf(cells, known, wrong), order: index + 1, headingKey: above ?? '', notation, title });
    else if (standing.title === title) there.dossiers += 1;
    else if (standing.title === null || standing.fixed === 'code-taken') wrong('notation', 'code-taken');
    else if (standing.fixed !== null) wrong('title', standing.fixed);
    else if (title !== '')
      corrections.push({ id: standing.id, row: index + 1, notation, before: standing.title, after: title });
  }
  return { problems, headings, dossiers, corrections, there };
}

function headingOf(numeral: string, title: string, large: string | null, wrong: Wrong): LoadedHeading | undefined {
  const roman = romanNumber(numeral);
  if (roman !== undefined) return { key: numeral, parentKey: null, numeral, ordinal: roman, title };
  if (!/^[1-9]\d{0,3}$/u.test(numeral)) {
    wrong('numeral', 'not-a-numeral');
    return undefined;
  }
  if (large === null) {
    wrong('numeral', 'no-heading-above');
    return undefined;
  }
  return { key: `${large}.${numeral}`, parentKey: large, numeral, ordinal: Number(numeral), title };
}

function dossierOf(cells: PlanCells, known: KnownPlan, wrong: Wrong) {
  const retention = retentionIn(cells.retention);
  if (retention === undefined) wrong('retention', 'not-a-period');
  const titleRank = rankIn(cells.titleRank);
  if (titleRank === undefined || titleRank > known.clearance) wrong('titleRank', 'not-a-rank');
  const owner = cells.owner.trim().toLowerCase();
  const cleared = known.people.get(owner);
  // Who keeps it must be able to read its title.
  if (owner !== '' && (cleared === undefined || cleared < (titleRank ?? 0))) wrong('owner', 'unknown-person');
  const unit = cells.unit.trim().normalize('NFC');
  const symbol = [...known.units].find((one) => one.normalize('NFC').toLowerCase() === unit.toLowerCase());
  if (unit !== '' && symbol === undefined) wrong('unit', 'unknown-unit');
  const note = said(cells.note, 500, false, (problem) => wrong('note', problem));
  return {
    titleRank: titleRank ?? 1,
    retention: retention ?? null,
    owner: owner === '' ? null : owner,
    unit: symbol ?? null,
    note: note === '' ? null : note,
  };
}

function said(cell: string, longest: number, needed: boolean, wrong: (problem: 'needed' | 'too-long') => void): string {
  const text = cell.trim().normalize('NFC');
  if (needed && text === '') wrong('needed');
  if ([...text].length > longest) wrong('too-long');
  return text;
}

/** "Vĩnh viễn", "20 năm", "20"; nothing is nothing said yet; `undefined` is no period. */
export function retentionIn(cell: string): Retention | null | undefined {
  const words = foldedForm(cell);
  if (words === '') return null;
  if (words === foldedForm(permanentWord) || words === 'permanent') return 'permanent';
  const years = Number(/^0*(\d{1,3})(?: (?:nam|years?))?$/u.exec(words)?.[1] ?? 0);
  return years >= 1 && years <= 100 ? years : undefined;
}

export function retentionCell(retention: Retention | null): string {
  if (retention === null) return '';
  return retention === 'permanent' ? permanentWord : `${String(retention)} năm`;
}

/** Empty is Nội bộ, what nearly every title is. */
function rankIn(cell: string): AccessRank | undefined {
  if (cell.trim() === '') return 1;
  return accessRanks.find(
    (rank) => String(rank) === cell.trim() || foldedForm(levels[rank].word.vi) === foldedForm(cell),
  );
}

export function rankCell(rank: Rank): string {
  return levels[rank].word.vi;
}
