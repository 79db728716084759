import { z } from 'zod';
import { vi } from 'zod/locales';
import { neededText, role } from '../contract/shapes.ts';
import { clashingRoles } from '../kernel/permissions.ts';
import { Told } from '../kernel/told.ts';

/** An office as it is written down before it moves in: what stands in the file, lengths as Nghị định 30/2020, Phụ lục VI. */
export const officeFile = z
  .strictObject({
    agency: z.strictObject({ code: neededText(35), symbol: neededText(20), name: neededText(200) }),
    /** Each after the unit above it; `parent` is that unit's symbol, null right under the agency. */
    units: z.array(
      z.strictObject({
        symbol: neededText(20),
        name: neededText(200),
        nameEn: neededText(200).optional(),
        parent: z.string().nullable(),
      }),
    ),
    people: z.array(
      z.strictObject({
        loginName: neededText(100).transform((name) => name.toLowerCase()),
        fullName: neededText(50),
        /** As it reads on a letter; the archive keeps the post. */
        position: neededText(100).optional(),
        roles: z.array(role).min(1),
        /** Mức độ tiếp cận up to which the person may see: 0 Công khai, 1 Nội bộ, 2 Có điều kiện. */
        clearance: z.literal([0, 1, 2]),
        /** The unit's symbol; null for who has none, an administrator from outside for example. */
        unit: z.string().nullable(),
        post: z.enum(['ministry-leader', 'chief-of-office', 'unit-leader', 'unit-clerk', 'officer']).default('officer'),
      }),
    ),
  })
  .superRefine((file, context) => {
    const symbols = new Set<string>();
    for (const [index, { symbol, parent }] of file.units.entries()) {
      const wrong = (name: string, message: string): void =>
        context.addIssue({ code: 'custom', path: ['units', index, name], message });
      if (symbols.has(symbol)) wrong('symbol', `ký hiệu ${symbol} đã có ở đơn vị khác`);
      if (parent !== null && !symbols.has(parent)) wrong('parent', `chưa có đơn vị ${parent} ở trước`);
      symbols.add(symbol);
    }
    const names = new Set<string>();
    for (const [index, person] of file.people.entries()) {
      const wrong = (name: string, message: string): void =>
        context.addIssue({ code: 'custom', path: ['people', index, name], message });
      if (names.has(person.loginName)) wrong('loginName', `tên đăng nhập ${person.loginName} đã có`);
      names.add(person.loginName);
      if (person.unit !== null && !symbols.has(person.unit)) wrong('unit', `không có đơn vị ${person.unit}`);
      for (const [one, other] of clashingRoles(person.roles))
        wrong('roles', `một người không giữ cùng lúc ${one} và ${other}`);
    }
    if (!file.people.some((person) => person.roles.includes('administrator')))
      context.addIssue({ code: 'custom', path: ['people'], message: 'cần ít nhất một người có vai trò administrator' });
  });
export type OfficeFile = z.infer<typeof officeFile>;

/** What is wrong with the file, a line each, by the place in it. */
export class WrongOffice extends Told {}

const inVietnamese = vi().localeError;

/** Reads the file's text; throws `WrongOffice` that names every wrong place. */
export function readOffice(text: string): OfficeFile {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (cause) {
    throw new WrongOffice(`Tệp không phải JSON: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  const read = officeFile.safeParse(said, { error: inVietnamese });
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => `  ${placeOf(issue.path)}: ${issue.message}`);
  throw new WrongOffice(`Tệp cơ quan có chỗ chưa đúng, chưa lập gì:\n${lines.join('\n')}`);
}

/** `people[3].unit` */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./u, '');
}
