import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A wire between a client and a server that can be cut, held, slow, or lie, and be joined again. */
export interface Wire {
  /** The server's address with the wire's port in it. */
  readonly url: string;
  /** Connections that have passed through it so far. */
  readonly taken: number;
  /** `refused`: nobody listens. `silent`: connections are taken and nothing is ever said. */
  cut(how: 'refused' | 'silent'): Promise<void>;
  /** Every connection ends with a reset; new ones are taken as before. */
  reset(): void;
  /** Connections stay and nothing passes, in either direction, until it is joined. */
  hold(): void;
  /** Every piece waits so long before it goes on. */
  slow(milliseconds: number): void;
  /** What the server says is changed on its way. */
  lie(change: (bytes: Buffer) => Buffer): void;
  /** As it was at first. */
  join(): Promise<void>;
  close(): Promise<void>;
}

export async function wireTo(target: string): Promise<Wire> {
  const to = new URL(target);
  const open = new Set<Socket>();
  let silent = false;
  let taken = 0;
  let latency = 0;
  let change: ((bytes: Buffer) => Buffer) | undefined;
  let held: { readonly until: Promise<void>; readonly release: () => void } | undefined;

  async function carry(from: Socket, into: Socket, ofServer: boolean): Promise<void> {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        if (latency > 0) await pause(latency);
        await held?.until;
        const bytes = ofServer && change ? change(piece) : piece;
        if (!into.write(bytes)) await Promise.race([once(into, 'drain'), once(into, 'close')]);
      }
      into.end();
    } catch {
      into.destroy();
    }
  }

  const server = createServer((near) => {
    taken += 1;
    open.add(near);
    near.on('error', () => near.destroy()).on('close', () => open.delete(near));
    if (silent) return;
    const far = connect(Number(to.port), to.hostname);
    for (const socket of [near, far]) socket.setNoDelay(true);
    open.add(far);
    far.on('error', () => near.destroy()).on('close', () => open.delete(far));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    void carry(near, far, false);
    void carry(far, near, true);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const well = () => {
    latency = 0;
    change = undefined;
    held?.release();
    held = undefined;
  };
  const end = async () => {
    well();
    const closed = new Promise((done) => server.close(done));
    for (const socket of open) socket.destroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const through = new URL(target);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return {
    // Without the slash that URL puts behind a bare host: an S3 address has no path.
    url: to.pathname === '/' ? through.href.replace(/\/$/u, '') : through.href,
    get taken() {
      return taken;
    },
    cut: async (how) => {
      await end();
      silent = how === 'silent';
      if (silent) await listen(port);
    },
    reset() {
      for (const socket of open) socket.resetAndDestroy();
    },
    hold() {
      let release = (): void => undefined;
      const until = new Promise<void>((resolve) => {
        release = resolve;
      });
      held ??= { until, release };
    },
    slow(milliseconds) {
      latency = milliseconds;
    },
    lie(how) {
      change = how;
    },
    join: async () => {
      well();
      if (silent && server.listening) await end();
      silent = false;
      if (!server.listening) await listen(port);
    },
    close: end,
  };
}
