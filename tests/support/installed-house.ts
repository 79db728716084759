import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { OfficeFile } from '../../src/commands/office-file.ts';
import { eventually } from './eventually.ts';
import { houseRoot } from '../house/house-files.ts';
import { startProcess, type Running } from './house.ts';
import { visitor, type Visitor } from './visitor.ts';

/**
 * A Văn Khố as an office installs it: a folder, `vankho office`, `vankho start`, with the embedded PostgreSQL that keeps
 * what it has said it keeps. For benches and drills; the tests share a server that forgets.
 */
export interface InstalledHouse {
  readonly folder: string;
  readonly url: string;
  readonly pid: number;
  /** Process of the embedded database that stands now. */
  readonly databasePid: number;
  /** Login names and passwords, as `vankho office` said them. */
  readonly passwords: ReadonlyMap<string, string>;
  /** The database as the superuser of its cluster. */
  readonly databaseUrl: string;
  owner(): pg.Pool;
  visit(loginName: string): Promise<Visitor>;
  /** Ends the process, its database, or both, as a power cut does, after so many milliseconds. */
  killAfter(milliseconds: number, which: 'house' | 'database' | 'both'): Promise<void>;
  /** Starts again on the same data, with these settings over the first ones. */
  restart(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends the process in order; the folder stays. */
  stop(): Promise<void>;
  /** Ends everything and takes the folder away. */
  close(): Promise<void>;
}

const run = promisify(execFile);

export async function installHouse(
  office: OfficeFile,
  settings: Readonly<Record<string, string>> = {},
  folder = mkdtempSync(join(tmpdir(), 'vankho-installed-')),
): Promise<InstalledHouse> {
  const base = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    VANKHO_PORT: '0',
    VANKHO_DATA: folder,
    VANKHO_LOG_LEVEL: 'silent',
    VANKHO_RATE_FACTOR: '1000',
    ...settings,
  };
  const passwords = await movedIn(office, folder, base);
  let environment: Readonly<Record<string, string>> = base;
  let running: Running = await startProcess(environment);
  let pool: pg.Pool | undefined;

  const postmaster = (): readonly string[] => readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const databaseUrl = (): string => {
    const password = readFileSync(join(folder, 'postgres-password'), 'utf8').trim();
    return `postgres://vk_root:${password}@127.0.0.1:${postmaster()[3] ?? ''}/vankho`;
  };
  const forget = async (): Promise<void> => {
    const old = pool;
    pool = undefined;
    await old?.end().catch(() => undefined);
  };

  // Everybody has been in once and has set a password of their own.
  pool = new pg.Pool({ connectionString: databaseUrl(), max: 4 }).on('error', () => undefined);
  await pool.query('update vankho.person_password set given = false');

  return {
    folder,
    get url() {
      return running.url;
    },
    get pid() {
      return running.child.pid ?? 0;
    },
    get databasePid() {
      return Number(postmaster()[0]);
    },
    get databaseUrl() {
      return databaseUrl();
    },
    passwords,
    owner() {
      pool ??= new pg.Pool({ connectionString: databaseUrl(), max: 4 }).on('error', () => undefined);
      return pool;
    },
    visit: (name) => visitor(running.url, name, passwords.get(name) ?? ''),
    async killAfter(milliseconds, which) {
      await pause(milliseconds);
      await forget();
      if (which !== 'house') process.kill(Number(postmaster()[0]), 'SIGKILL');
      if (which === 'database') return;
      running.child.kill('SIGKILL');
      await running.gone;
    },
    async restart(others = {}) {
      await forget();
      if (running.child.exitCode === null && running.child.signalCode === null) {
        running.child.kill('SIGTERM');
        await running.gone;
      }
      environment = { ...base, ...others };
      running = await startProcess(environment);
    },
    async stop() {
      await forget();
      running.child.kill('SIGTERM');
      await running.gone;
    },
    async close() {
      await forget();
      running.child.kill('SIGTERM');
      await running.gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The office moves in once; a folder that was filled before says its passwords again. */
async function movedIn(
  office: OfficeFile,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  const peoplePath = join(folder, 'people.json');
  const kept = await readFile(peoplePath, 'utf8').catch(() => undefined);
  if (kept !== undefined) return new Map(Object.entries(JSON.parse(kept) as Record<string, string>));
  const officePath = join(folder, 'office.json');
  await writeFile(officePath, JSON.stringify(office));
  const { stdout } = await run(process.execPath, ['src/commands/vankho.ts', 'office', officePath], {
    cwd: houseRoot,
    env: environment,
    maxBuffer: 1 << 24,
  });
  const names = new Set(office.people.map(({ loginName }) => loginName));
  const said = [...stdout.matchAll(/^ {2}(\S+)\s+(\S+)$/gmu)]
    .map((match) => [match[1] ?? '', match[2] ?? ''] as const)
    .filter(([name]) => names.has(name));
  await writeFile(peoplePath, JSON.stringify(Object.fromEntries(said), null, 2), { mode: 0o600 });
  return new Map(said);
}

/** Waits until no job waits or runs: everything received is read, everything changed is indexed. */
export async function workDone(house: InstalledHouse, within = 120_000): Promise<void> {
  let left: unknown[] = [];
  await eventually(async () => {
    const { rows } = await house.owner().query<{ task: string }>(
      `select t.identifier as task, j.attempts, j.last_error, j.locked_at, j.locked_by, j.run_at, now()
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id limit 5`,
    );
    left = rows;
    return rows.length === 0;
  }, within).catch((cause: unknown) => {
    throw new Error(`work is left over: ${JSON.stringify(left)}`, { cause });
  });
}
