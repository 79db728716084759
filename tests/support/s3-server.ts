import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface S3Server {
  readonly url: string;
  readonly accessKey: string;
  readonly secretKey: string;
  stop(): Promise<void>;
}

/** Is a program there to be started? */
export function onPath(program: string): boolean {
  return spawnSync(program, ['--help'], { stdio: 'ignore', timeout: 20_000 }).error === undefined;
}

/** Ports nobody listens on at this moment, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

/** Waits until `answers` says yes; rejects with what the program wrote when it ends before, or after a minute. */
export async function whenUp(child: ChildProcess, said: () => string, answers: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended at its start:\n${said()}`);
    if (await answers().catch(() => false)) return;
    await wait(100);
  }
  throw new Error(`did not answer within a minute:\n${said()}`);
}

/** Starts a program and keeps the last of what it says, for the moment it fails. */
export function startProgram(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  const hear = (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.on('error', (cause) => hear(Buffer.from(String(cause))));
  return {
    child,
    said: () => words,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function inFolder<Server extends S3Server>(
  name: string,
  start: (folder: string) => Promise<Server>,
): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), name));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const server = await start(folder);
    return {
      ...server,
      stop: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (cause) {
    await remove();
    throw cause;
  }
}

const accessKey = 'van-kho-tests';
const secretKey = 'only-for-this-run-of-the-tests';

/** MinIO on a port and a folder of its own. */
export async function startMinio(): Promise<S3Server & { readonly pid: number }> {
  return inFolder('vankho-minio-', async (folder) => {
    const [port, console] = await freePorts(2);
    const program = startProgram(
      'minio',
      ['server', folder, '--address', `127.0.0.1:${port!}`, '--console-address', `127.0.0.1:${console!}`],
      { MINIO_ROOT_USER: accessKey, MINIO_ROOT_PASSWORD: secretKey, MINIO_BROWSER: 'off', MINIO_UPDATE: 'off' },
    );
    const url = `http://127.0.0.1:${port!}`;
    try {
      await whenUp(program.child, program.said, async () => (await fetch(`${url}/minio/health/ready`)).ok);
    } catch (cause) {
      await program.stop();
      throw cause;
    }
    return { url, accessKey, secretKey, pid: program.child.pid ?? 0, stop: program.stop };
  });
}

/** SeaweedFS on ports and a folder of its own: master, volume, filer and S3 in one process. */
export async function startSeaweed(): Promise<S3Server> {
  return inFolder('vankho-seaweed-', async (folder) => {
    const ports = await freePorts(10);
    const identity = { name: 'tests', credentials: [{ accessKey, secretKey }], actions: ['Admin'] };
    const config = join(folder, 's3.json');
    await writeFile(config, JSON.stringify({ identities: [identity] }));
    const named = ['master', 'volume', 'filer', 's3'].flatMap((part, at) => [
      `-${part}.port=${ports[2 * at]!}`,
      `-${part}.port.grpc=${ports[2 * at + 1]!}`,
    ]);
    const program = startProgram('weed', [
      'server',
      `-dir=${folder}`,
      '-ip=127.0.0.1',
      ...named,
      '-s3',
      '-s3.port.iceberg=0',
      '-s3.port.lance=0',
      `-s3.config=${config}`,
      '-master.telemetry=false',
      '-master.volumeSizeLimitMB=64',
      '-volume.max=100',
      '-volume.minFreeSpace=1',
    ]);
    const url = `http://127.0.0.1:${ports[6]!}`;
    try {
      // Any answer at all: without a signature it is a refusal.
      await whenUp(program.child, program.said, async () => (await fetch(url)).status < 500);
    } catch (cause) {
      await program.stop();
      throw cause;
    }
    return { url, accessKey, secretKey, stop: program.stop };
  });
}
