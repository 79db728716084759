import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { FolderInUse, startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded.ts';
import { DataAway } from '../../src/platform/database/embedded-place.ts';
import { houseRoot } from '../house/house-files.ts';
import { eventually } from '../support/eventually.ts';

/** The embedded database is somebody's only one: it comes back, it is taken over, it starts where others cannot. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vankho-embedded-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function ask<T>(url: string, sql: string): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows[0] as T;
  } finally {
    await client.end();
  }
}

test('killed, it is started again on its port, with all that was committed', async () => {
  const postgres = await startEmbeddedPostgres({ folder });
  try {
    await ask(postgres.url, "create table kept as select 'Đường' as word");
    const before = postgres.pid;
    process.kill(before, 'SIGKILL');
    await eventually(
      async () =>
        postgres.pid !== before &&
        (await ask<{ word: string }>(postgres.url, 'select word from kept')).word === 'Đường',
    );
  } finally {
    await postgres.stop();
  }
});

test('a second process on the same folder is refused while the first lives', async () => {
  const postgres = await startEmbeddedPostgres({ folder });
  try {
    await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(FolderInUse);
    expect(await ask(postgres.url, 'select 1 as one')).toEqual({ one: 1 });
  } finally {
    await postgres.stop();
  }
});

test('a server that outlived its killed process is taken over', async () => {
  const script = `const { startEmbeddedPostgres } = await import(${JSON.stringify(`${houseRoot}/src/platform/database/embedded.ts`)});
    const p = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)} }); console.log(p.pid); setInterval(() => 0, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGKILL');
  await once(child, 'exit');
  let postgres: EmbeddedPostgres | undefined;
  try {
    // The lock of the dead process goes when the server sees its connection end.
    postgres = await eventually(() =>
      startEmbeddedPostgres({ folder }).catch((cause: unknown) =>
        cause instanceof FolderInUse ? undefined : Promise.reject(cause as Error),
      ),
    );
    expect(postgres.pid).toBe(Number(said.toString()));
  } finally {
    await postgres?.stop();
  }
});

(process.platform === 'linux' ? test : test.skip)(
  'a server that was killed and that nobody has buried yet does not stand in the way',
  async () => {
    const first = await startEmbeddedPostgres({ folder });
    await first.stop();
    // The child ends when the shell has become something that does not wait for it.
    const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 3'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const dead = said.toString().trim();
    await eventually(async () => readFileSync(`/proc/${dead}/stat`, 'utf8').includes(') Z '));
    writeFileSync(join(folder, 'postgres/postmaster.pid'), `${dead}\n${join(folder, 'postgres')}\n0\n5432\n\n\n`);
    const second = await startEmbeddedPostgres({ folder });
    await second.stop();
  },
);

test('a start that fails says why in a sentence and leaves no server behind', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const child = spawn(process.execPath, ['src/commands/vankho.ts', 'start'], {
    cwd: houseRoot,
    env: { HOME: folder, PATH: process.env['PATH'] ?? '', VANKHO_DATA: folder, VANKHO_PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  taken.close();
  expect([code, said.trim()]).toEqual([
    1,
    `Cổng ${String(port)} đang có chương trình khác dùng. Hãy tắt nó, hoặc đặt VANKHO_PORT khác.`,
  ]);
  expect(existsSync(join(folder, 'postgres/PG_VERSION'))).toBe(true);
  expect(existsSync(join(folder, 'postgres/postmaster.pid'))).toBe(false);
});

describe('in a folder that only its owner may enter', () => {
  let shut: string;
  const outside: string[] = [];
  beforeEach(() => {
    shut = join(folder, 'chỉ mình tôi');
    mkdirSync(shut);
    chmodSync(shut, 0o700);
  });
  afterEach(() => {
    for (const data of outside.splice(0)) rmSync(dirname(data), { recursive: true, force: true });
  });
  /** As root the data stand elsewhere, and a sign says where. */
  const signOf = (at: string): string => {
    const data = readFileSync(join(at, 'postgres-stands-in.txt'), 'utf8').trim();
    outside.push(data);
    return data;
  };
  const isRoot = process.getuid?.() === 0;
  const asRoot = isRoot ? test : test.skip;

  test('text is UTF-8 and Vietnamese whatever LANG says', async () => {
    const postgres = await startEmbeddedPostgres({ folder: join(shut, 'var') });
    if (isRoot) signOf(join(shut, 'var'));
    try {
      expect(
        await ask(postgres.url, "select current_setting('server_encoding') as encoding, lower('ĐƯỜNG') as low"),
      ).toEqual({ encoding: 'UTF8', low: 'đường' });
    } finally {
      await postgres.stop();
    }
  });

  asRoot('a folder that was moved keeps its data; one that was removed and made again has none', async () => {
    const [first, second] = [join(shut, 'trước'), join(shut, 'sau')];
    let postgres = await startEmbeddedPostgres({ folder: first });
    const data = signOf(first);
    await ask(postgres.url, "create table kept as select 'Đường' as word");
    await postgres.stop();
    renameSync(first, second);
    postgres = await startEmbeddedPostgres({ folder: second });
    expect(signOf(second)).toBe(data);
    expect(await ask(postgres.url, 'select word from kept')).toEqual({ word: 'Đường' });
    await postgres.stop();

    rmSync(second, { recursive: true });
    postgres = await startEmbeddedPostgres({ folder: second });
    expect(signOf(second)).not.toBe(data);
    await expect(ask(postgres.url, 'select word from kept')).rejects.toThrow(/does not exist/u);
    await postgres.stop();
    expect(existsSync(join(data, 'PG_VERSION'))).toBe(true);
  });

  asRoot('data that are gone or shut are missed, never replaced by an empty archive', async () => {
    const place = join(shut, 'var');
    const postgres = await startEmbeddedPostgres({ folder: place });
    const data = signOf(place);
    await postgres.stop();
    renameSync(data, `${data}.away`);
    await expect(startEmbeddedPostgres({ folder: place })).rejects.toThrow(DataAway);
    await expect(startEmbeddedPostgres({ folder: place })).rejects.toThrow(data);
    renameSync(`${data}.away`, data);
    await (await startEmbeddedPostgres({ folder: place })).stop();

    chmodSync(folder, 0o755);
    chmodSync(shut, 0o755);
    const open = join(shut, 'mở');
    await (await startEmbeddedPostgres({ folder: open })).stop();
    chmodSync(shut, 0o700);
    await expect(startEmbeddedPostgres({ folder: open })).rejects.toThrow('chmod o+x');
  });
});
