import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createAuditLog } from '../../src/departments/audit/index.ts';
import { createOffice } from '../../src/departments/identity/index.ts';
import { RecordSchema } from '../../src/departments/registry/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { openDatabase } from '../../src/platform/database/database.ts';
import { houseRoot } from '../house/house-files.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { visitor, type Visitor } from './visitor.ts';

/** The people of the tests: one for each duty, two units that know nothing of each other. */
export const cast = {
  clerk: { fullName: 'Trần Thị Mai', roles: ['clerk'], clearance: 2, unit: 'office', post: 'unit-clerk' },
  otherClerk: { fullName: 'Đỗ Văn Sơn', roles: ['clerk'], clearance: 2, unit: 'office', post: 'unit-clerk' },
  staff: { fullName: 'Nguyễn Đức Anh', roles: ['staff'], clearance: 1, unit: 'finance', post: 'officer' },
  stranger: { fullName: 'Lê Hoàng Yến', roles: ['staff'], clearance: 1, unit: 'legal', post: 'officer' },
  leader: { fullName: 'Phạm Quốc Bảo', roles: ['leader'], clearance: 2, unit: 'finance', post: 'unit-leader' },
  archivist: { fullName: 'Vũ Thu Hà', roles: ['records-officer'], clearance: 2, unit: 'office', post: 'officer' },
  auditor: { fullName: 'Hoàng Minh Tuệ', roles: ['auditor'], clearance: 0, unit: 'office', post: 'officer' },
  administrator: {
    fullName: 'Bùi Công Thành',
    roles: ['administrator'],
    clearance: 0,
    unit: 'office',
    post: 'officer',
  },
  security: { fullName: 'Cù Thiện Minh', roles: ['security-officer'], clearance: 0, unit: 'office', post: 'officer' },
} as const;
export type CastName = keyof typeof cast;

const symbolOf = { office: 'VP', finance: 'KHTC', legal: 'PC' } as const;
const unitsOfCast = { VP: 'Văn phòng', KHTC: 'Vụ Kế hoạch - Tài chính', PC: 'Vụ Pháp chế' } as const;
export type UnitName = keyof typeof symbolOf;

const password = 'một mật khẩu của phép thử';

export interface TestHouse {
  readonly base: string;
  readonly people: Readonly<
    Record<CastName, { readonly id: string; readonly name: string; readonly password: string }>
  >;
  readonly units: Readonly<Record<UnitName, string>>;
  readonly agencyId: string;
  readonly database: TestDatabase;
  readonly folder: string;
  readonly pid: number;
  /** The settings it runs with: for a command of the operator beside it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Signs in by name and password. */
  visit(who: CastName): Promise<Visitor>;
  /** Ends the process as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** Further VANKHO_ settings. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Another than a clone on the server of the run; migrated already, closed with the house. */
  readonly database?: TestDatabase;
}

/** A whole Văn Khố in a process of its own, on a database of its own, with its people in it. */
export async function startHouse({ settings = {}, database: given }: HouseOptions = {}): Promise<TestHouse> {
  const database = given ?? (await testDatabase());
  const folder = mkdtempSync(join(tmpdir(), 'vankho-house-'));
  const { people, units, agencyId } = await settle(database);
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    VANKHO_PORT: '0',
    VANKHO_DATA: folder,
    VANKHO_DATABASE_URL: database.ownerUrl,
    VANKHO_LOGIN_SECRET: database.loginSecret,
    VANKHO_LOG_LEVEL: 'error',
    VANKHO_RATE_FACTOR: '100',
    VANKHO_CONNECTIONS: '6',
    ...settings,
  };
  let running = await startProcess(environment);
  return {
    get base() {
      return running.url;
    },
    get pid() {
      return running.child.pid ?? 0;
    },
    environment,
    people,
    units,
    agencyId,
    database,
    folder,
    visit: (who) => visitor(running.url, people[who].name, password),
    async kill() {
      running.child.kill('SIGKILL');
      await running.gone;
    },
    async restart() {
      running = await startProcess(environment);
    },
    async close() {
      running.child.kill('SIGTERM');
      await running.gone;
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function settle(database: TestDatabase) {
  const opened = await openDatabase({
    ownerUrl: database.ownerUrl,
    loginSecret: database.loginSecret,
    entities: [RecordSchema],
    connections: 2,
    onPoolError: () => undefined,
  });
  try {
    const audit = createAuditLog({ alone: opened.alone, clock: systemClock });
    const office = createOffice({ database: opened, audit, clock: systemClock });
    const who = { actor: null, address: 'local', requestId: 'tests', machine: 'first-start' };
    const made = await office.moveIn(who, {
      agency: { code: 'G01', symbol: 'BTN', name: 'Bộ Thử nghiệm' },
      units: Object.entries(unitsOfCast).map(([symbol, name]) => ({ symbol, name, parent: null })),
      people: Object.entries(cast).map(([key, { unit, post, ...one }]) => ({
        ...one,
        name: key.toLowerCase(),
        password,
        appointment: { unit: symbolOf[unit], post },
      })),
    });
    if (!made) throw new Error('somebody is in this house already');
    const units = Object.entries(symbolOf).map(([name, symbol]) => [name, made.units[symbol]]);
    const people = Object.keys(cast).map((key) => {
      const name = key.toLowerCase();
      return [key, { id: made.people[name] ?? '', name, password }];
    });
    return {
      agencyId: made.agencyId,
      units: Object.fromEntries(units) as TestHouse['units'],
      people: Object.fromEntries(people) as TestHouse['people'],
    };
  } finally {
    await opened.close();
  }
}

export interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  readonly gone: Promise<unknown>;
}

/** `vankho start` with exactly these settings; resolves when it answers. */
export async function startProcess(environment: Readonly<Record<string, string>>): Promise<Running> {
  const child = spawn(process.execPath, ['src/commands/vankho.ts', 'start'], {
    cwd: houseRoot,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const gone = once(child, 'exit').then(([code]) => {
    // A house that ends of itself takes its last words along unless they are said here.
    if (typeof code === 'number' && code !== 0)
      console.error(`the house ended with ${String(code)}:\n${said.join('\n')}`);
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line);
    if (process.env['VANKHO_TEST_LOUD'] !== undefined) console.error(line);
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^Văn Khố: (https?:\S+)/u.exec(line)?.[1];
    if (url !== undefined) {
      // VANKHO_TEST_LOUD: what the process writes of itself, for whoever looks for a fault.
      if (process.env['VANKHO_TEST_LOUD'] === undefined) child.stdout.resume();
      else child.stdout.pipe(process.stderr);
      return { url, child, gone };
    }
    said.push(line);
  }
  throw new Error(`the house did not start:\n${said.join('\n')}`);
}
