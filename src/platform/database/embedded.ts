import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { chown, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { placeOf, settleIn, type Place } from './embedded-place.ts';
import { Told } from '../../kernel/told.ts';

/**
 * A real PostgreSQL out of the npm package, for an install without servers. The package brings the binaries; starting
 * and stopping them is ours (docs/DECISIONS.md, "our own launcher"): its own one dies with an unhandled event as root,
 * cannot take over a server that outlived a killed process, and stops the database before we have closed.
 */
export interface EmbeddedPostgres {
  /** The database of the archive, signed in as the superuser of this cluster. */
  readonly url: string;
  readonly port: number;
  /** Of the server that runs now: one that was killed is started again. */
  readonly pid: number;
  /** Ends the server after its transactions (fast shutdown) and resolves when it is gone. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Where this install keeps what is its own; made when it is not there. */
  readonly folder: string;
  /** `false` in tests only: a cluster that forgets when the power goes, and is faster. */
  readonly durable?: boolean;
  /** Told each time a server that died was started again, or why it could not be. */
  readonly onRestart?: (cause?: unknown) => void;
}

const superuser = 'vk_root';
const databaseName = 'vankho';

export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const folder = await realpath(options.folder);
  const password = await ownPassword(folder);
  let place = await placeOf(folder);
  if (!existsSync(join(place.data, 'PG_VERSION'))) {
    await makeCluster(place, password);
    place = await settleIn(folder, place);
  }
  const start = (port: number) => launch(place, password, options.durable ?? true, port);
  const first = (await adopt(place, password)) ?? (await start(await freePort()));
  let mine = await ownFolder(urlOf(password, first.port, 'postgres'));
  await makeDatabase(urlOf(password, first.port, 'postgres'));
  const restart = async (port: number): Promise<Server> => {
    const server = await start(port);
    mine = await ownFolder(urlOf(password, port, 'postgres'));
    return server;
  };
  const watched = watch(first, restart, options.onRestart ?? (() => undefined));
  return {
    url: urlOf(password, first.port, databaseName),
    port: first.port,
    get pid() {
      return watched.pid();
    },
    async stop() {
      await watched.end();
      await mine.end().catch(() => undefined);
      await stop(watched.pid(), place.data);
    },
  };
}

interface Server {
  readonly pid: number;
  readonly port: number;
}

/** An operator restarts their own server; this one has nobody else: when it is gone it is started again, on its port. */
function watch(first: Server, start: (port: number) => Promise<Server>, onRestart: (cause?: unknown) => void) {
  let { pid } = first;
  const ending = new AbortController();
  const isEnding = (): boolean => ending.signal.aborted;
  const loop = (async () => {
    while (!isEnding()) {
      await pause(250, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      if (isEnding() || alive(pid)) continue;
      try {
        ({ pid } = await start(first.port));
        onRestart();
      } catch (cause) {
        onRestart(cause);
      }
    }
  })();
  return {
    pid: () => pid,
    async end(): Promise<void> {
      ending.abort();
      await loop;
    },
  };
}

function urlOf(password: string, port: number, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${String(port)}/${database}`;
}

async function ownPassword(folder: string): Promise<string> {
  const path = join(folder, 'postgres-password');
  await writeFile(path, randomBytes(24).toString('hex'), { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause;
  });
  return (await readFile(path, 'utf8')).trim();
}

/** LANG may be anything or nothing: encoding, order and messages are said here (`C.UTF-8` of PostgreSQL itself). */
async function makeCluster(place: Place, password: string): Promise<void> {
  const half = `${place.data}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true, mode: 0o700 });
  const secret = `${half}-password`;
  await writeFile(secret, password, { mode: 0o600 });
  if (place.number !== undefined) {
    await chown(half, place.number, place.number);
    await chown(secret, place.number, place.number);
  }
  const flags = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const child = spawn(
    join(place.binaries, 'bin/initdb'),
    ['-D', half, '-U', superuser, `--pwfile=${secret}`, '--auth=scram-sha-256', '--data-checksums', ...flags],
    { ...asServer(place), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await ended(child);
  await rm(secret, { force: true });
  if (code !== 0)
    throw new Error(`initdb ended with ${String(code)}: ${Buffer.concat(said).toString('utf8').slice(-2000)}`);
  // A cluster half made has another name: a start that was cut off begins again.
  await rename(half, place.data);
}

function asServer(place: Place) {
  const ids = place.number === undefined ? {} : { uid: place.number, gid: place.number };
  return { ...ids, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' } };
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/** A server that a killed process left running goes on serving. */
async function adopt(place: Place, password: string): Promise<Server | undefined> {
  const lines = (await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined;
  if (!alive(pid)) {
    await buried(pid);
    return undefined;
  }
  return (await answersWithin(urlOf(password, port, 'postgres'), 10_000, () => alive(pid))) ? { pid, port } : undefined;
}

async function launch(place: Place, password: string, durable: boolean, port: number): Promise<Server> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '150',
    // Plans of five-line statements on narrow tables: compiling them costs more than running them.
    jit: 'off',
    // No disk turns under an archive of today. With the usual 4 PostgreSQL reads whole tables, and the words beside each
    // row, where its indexes name a few thousand of them: p95 of searches at 100,000 records was 259 ms against 161.
    random_page_cost: '1.1',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const log = openSync(`${place.data}.log`, 'a', 0o600);
  const child = spawn(
    join(place.binaries, 'bin/postgres'),
    ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...asServer(place), detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  let gone: string | undefined;
  child.once('error', (cause) => {
    gone = cause.message;
  });
  child.once('exit', (code) => {
    gone = `ended with ${String(code)}`;
  });
  child.unref();
  const up = await answersWithin(urlOf(password, port, 'postgres'), 60_000, () => gone === undefined);
  if (!up || child.pid === undefined) {
    const log = await readFile(`${place.data}.log`, 'utf8').catch(() => '');
    throw new Error(`PostgreSQL did not start (${gone ?? 'no answer'}): ${log.slice(-1500)}`);
  }
  return { pid: child.pid, port };
}

async function answersWithin(url: string, milliseconds: number, stillThere: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < milliseconds && stillThere(); waited += 25) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      await pause(25);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

export class FolderInUse extends Told {
  constructor() {
    super('Một Văn Khố khác đang chạy trên thư mục dữ liệu này / another Văn Khố runs on this data folder');
    this.name = 'FolderInUse';
  }
}

/** One process for one embedded database: a lock that goes with the process, however it ends. */
async function ownFolder(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'vankho owner' });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(7267103) as mine');
  if (rows[0]?.mine === true) return client;
  await client.end();
  throw new FolderInUse();
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // What it was asked for fails; the goodbye besides is nobody's.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

async function stop(pid: number, data: string): Promise<void> {
  if (!alive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 20_000 && alive(pid) && existsSync(join(data, 'postmaster.pid')); waited += 20)
    await pause(20);
}

/** PostgreSQL takes a server that ended, and that nobody has waited for yet, for a running one: it refuses to start. */
async function buried(pid: number): Promise<void> {
  for (let waited = 0; waited < 10_000 && exists(pid); waited += 50) await pause(50);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as { code?: string }).code === 'EPERM';
  }
}

/** A process that has ended and that nobody waited for still has its number; on Linux its state says so. */
function alive(pid: number): boolean {
  if (!exists(pid)) return false;
  try {
    return !/^\d+ \(.*\) Z/su.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
