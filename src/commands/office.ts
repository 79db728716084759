import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { compose } from '../compose.ts';
import type { Config } from '../config.ts';
import type { Office } from '../departments/identity/index.ts';
import type { Requester } from '../kernel/event.ts';
import { readOffice, WrongOffice, type OfficeFile } from './office-file.ts';

export interface Password {
  readonly name: string;
  readonly password: string;
}

const commandLine: Requester = { actor: null, address: 'local', requestId: 'first-start', machine: 'first-start' };

export function madePasswords({ people }: OfficeFile): readonly Password[] {
  return people.map((person) => ({ name: person.loginName, password: passwordFor(person) }));
}

/** Nobody is given a password with their own name in it: the archive refuses that, and with it the whole office. */
function passwordFor({ loginName, fullName }: OfficeFile['people'][number]): string {
  const own = [loginName, ...fullName.toLowerCase().normalize('NFC').split(/\s+/u)].filter((part) => part.length >= 5);
  for (;;) {
    const password = madePassword();
    if (!own.some((part) => password.includes(part))) return password;
  }
}

/**
 * Moves the office of the file into an empty archive, all of it or nothing; `false` when somebody is there already.
 * Passwords that are `given` are for one sign-in: each person sets their own then.
 */
export async function moveIn(
  office: Office,
  { agency, units, people }: OfficeFile,
  passwords: readonly Password[],
  { given }: { readonly given: boolean },
): Promise<boolean> {
  const passwordOf = new Map(passwords.map(({ name, password }) => [name, password]));
  const made = await office.moveIn(commandLine, {
    agency,
    units: units.map(({ nameEn, ...unit }) => ({ ...unit, ...(nameEn === undefined ? {} : { nameEn }) })),
    people: people.map((person) => ({
      name: person.loginName,
      fullName: person.fullName,
      password: passwordOf.get(person.loginName) ?? '',
      roles: person.roles,
      clearance: person.clearance,
      passwordIsGiven: given,
      appointment: person.unit === null ? null : { unit: person.unit, post: person.post },
    })),
  });
  return made !== undefined;
}

/** `vankho office FILE`: the first start of an office whose people are known. */
export async function setUpOffice(config: Config, path: string): Promise<void> {
  const file = readOffice(await readFile(path, 'utf8'));
  const house = await compose(config);
  try {
    const passwords = madePasswords(file);
    if (!(await moveIn(house.office, file, passwords, { given: true })))
      throw new WrongOffice('Trong kho đã có người. Lệnh này chỉ dùng khi kho còn trống.');
    console.log(
      `Đã lập ${file.agency.name}: ${String(file.units.length)} đơn vị, ${String(file.people.length)} người.`,
    );
    console.log('Mật khẩu chỉ hiện lần này; hãy trao riêng cho từng người:');
    for (const { name, password } of passwords) console.log(`  ${name.padEnd(24)} ${password}`);
  } finally {
    await house.close();
  }
}

/** `vankho password NAME`: for who forgot theirs and whose password nobody else may make. */
export async function issuePassword(config: Config, name: string): Promise<void> {
  const house = await compose(config);
  try {
    const password = madePassword();
    if (!(await house.office.issuePassword(commandLine, name, password)))
      throw new WrongOffice(`Không có ai tên đăng nhập ${name}.`);
    console.log(`Mật khẩu mới của ${name}, chỉ hiện lần này: ${password}`);
  } finally {
    await house.close();
  }
}

/** Four syllables and nine figures: 47 bits behind a throttle, and easy to copy from paper. */
function madePassword(): string {
  const syllables = 'ban cam den gio hoa kem lua may nui song thu trang vang xuan bien dong lang mua nang sao'.split(
    ' ',
  );
  const words = Array.from({ length: 4 }, () => syllables[randomInt(syllables.length)] ?? '');
  return `${words.join('-')}-${String(randomInt(1_000_000_000)).padStart(9, '0')}`;
}
