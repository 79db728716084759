import type { LoadProblem, PersonCells, UnitCells } from '../../contract/people.ts';
import { foldedForm } from '../../kernel/folding.ts';
import { accessRanks, levels, type AccessRank } from '../../kernel/labels.ts';
import { clashingRoles, roles, type Role } from '../../kernel/permissions.ts';
import { leadsBelow, type Post } from './rules.ts';

/**
 * Two tables of cells as people typed them, read into units and people. Words are taken as an office writes them ("văn
 * thư", "Nội bộ") or as codes; a cell that cannot be read is named, and nothing is guessed.
 */
export interface LoadedUnit {
  readonly symbol: string;
  readonly name: string;
  readonly nameEn: string;
  /** Symbol of the unit above, standing before this one; null right under the agency. */
  readonly parent: string | null;
}

export interface LoadedPerson {
  readonly loginName: string;
  readonly fullName: string;
  readonly unit: string | null;
  readonly post: Post;
  readonly roles: readonly Role[];
  readonly clearance: AccessRank;
}

export interface Known {
  /** Symbols of units that stand today, and login names of everybody there ever was, in small letters. */
  readonly symbols: ReadonlySet<string>;
  readonly loginNames: ReadonlySet<string>;
}

export interface Load {
  readonly problems: readonly LoadProblem[];
  readonly units: readonly LoadedUnit[];
  readonly people: readonly LoadedPerson[];
  readonly there: { readonly units: number; readonly people: number };
}

const roleWords: Readonly<Record<Role, string>> = {
  clerk: 'văn thư',
  staff: 'chuyên viên',
  leader: 'lãnh đạo',
  'records-officer': 'lưu trữ viên',
  auditor: 'kiểm tra viên',
  administrator: 'quản trị viên',
  'security-officer': 'phụ trách bảo mật',
};
const postWords: Readonly<Record<Post, string>> = {
  'ministry-leader': 'lãnh đạo Bộ',
  'chief-of-office': 'Chánh Văn phòng',
  'unit-leader': 'lãnh đạo đơn vị',
  'unit-clerk': 'văn thư đơn vị',
  officer: 'chuyên viên',
};
const posts = Object.keys(postWords) as Post[];

/** The value whose code or word the cell holds, marks and case aside. */
function meant<Value extends string>(cell: string, values: readonly Value[], word: (value: Value) => string) {
  const said = foldedForm(cell);
  return values.find((value) => value === cell.trim().toLowerCase() || foldedForm(word(value)) === said);
}

const key = (symbol: string): string => symbol.trim().normalize('NFC').toLowerCase();

export function readLoad(units: readonly UnitCells[], people: readonly PersonCells[], known: Known): Load {
  const problems: LoadProblem[] = [];
  const standing = new Map([...known.symbols].map((symbol) => [key(symbol), symbol]));
  const loadedUnits: LoadedUnit[] = [];
  const seenUnits = new Set<string>();
  let thereUnits = 0;
  for (const [index, cells] of units.entries()) {
    const wrong = (column: keyof UnitCells, problem: LoadProblem['problem']): void => {
      problems.push({ table: 'units', row: index + 1, column, problem });
    };
    const symbol = cells.symbol.trim().normalize('NFC');
    const name = text(cells.name, 200, true, (problem) => wrong('name', problem));
    const nameEn = text(cells.nameEn, 200, false, (problem) => wrong('nameEn', problem));
    text(symbol, 20, true, (problem) => wrong('symbol', problem));
    if (symbol !== '' && seenUnits.has(key(symbol))) wrong('symbol', 'twice');
    seenUnits.add(key(symbol));
    const parent = cells.parent.trim() === '' ? null : standing.get(key(cells.parent));
    if (parent === undefined) wrong('parent', 'unknown-unit');
    if (standing.has(key(symbol)) && known.symbols.has(standing.get(key(symbol)) ?? '')) thereUnits += 1;
    else {
      loadedUnits.push({ symbol, name, nameEn, parent: parent ?? null });
      standing.set(key(symbol), symbol);
    }
  }

  const loadedPeople: LoadedPerson[] = [];
  const seenNames = new Set<string>();
  let therePeople = 0;
  for (const [index, cells] of people.entries()) {
    const wrong = (column: keyof PersonCells, problem: LoadProblem['problem']): void => {
      problems.push({ table: 'people', row: index + 1, column, problem });
    };
    const loginName = text(cells.loginName, 100, true, (problem) => wrong('loginName', problem)).toLowerCase();
    const fullName = text(cells.fullName, 50, true, (problem) => wrong('fullName', problem));
    if (loginName !== '' && seenNames.has(loginName)) wrong('loginName', 'twice');
    seenNames.add(loginName);
    const unit = cells.unit.trim() === '' ? null : standing.get(key(cells.unit));
    if (unit === undefined) wrong('unit', 'unknown-unit');
    const post = cells.post.trim() === '' ? 'officer' : meant(cells.post, posts, (one) => postWords[one]);
    if (post === undefined) wrong('post', 'unknown-post');
    const held = rolesOf(cells.roles, (problem) => wrong('roles', problem));
    const clearance = rankOf(cells.clearance);
    if (clearance === undefined) wrong('clearance', 'not-a-rank');
    if (post !== undefined && leadsBelow(post) && unit !== null && !held.includes('leader'))
      wrong('post', 'needs-leader-role');
    if (known.loginNames.has(loginName)) therePeople += 1;
    else
      loadedPeople.push({
        loginName,
        fullName,
        unit: unit ?? null,
        post: post ?? 'officer',
        roles: held,
        clearance: clearance ?? 0,
      });
  }
  return {
    problems,
    units: loadedUnits,
    people: loadedPeople,
    there: { units: thereUnits, people: therePeople },
  };
}

function text(cell: string, longest: number, needed: boolean, wrong: (problem: 'needed' | 'too-long') => void): string {
  const said = cell.trim().normalize('NFC');
  if (needed && said === '') wrong('needed');
  if ([...said].length > longest) wrong('too-long');
  return said;
}

function rolesOf(cell: string, wrong: (problem: 'needed' | 'unknown-role' | 'clash') => void): Role[] {
  const words = cell
    .split(/[;,]/u)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) wrong('needed');
  const held = words.map((word) => meant(word, roles, (role) => roleWords[role]));
  if (held.includes(undefined)) wrong('unknown-role');
  const known = [...new Set(held.filter((role) => role !== undefined))];
  if (clashingRoles(known).length > 0) wrong('clash');
  return known;
}

/** Empty is Nội bộ, what nearly everybody has. */
function rankOf(cell: string): AccessRank | undefined {
  if (cell.trim() === '') return 1;
  return accessRanks.find(
    (rank) => String(rank) === cell.trim() || foldedForm(levels[rank].word.vi) === foldedForm(cell),
  );
}
