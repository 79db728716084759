import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server that is asked for something and answers something else. */
export type Lie = 'page' | 'nonsense' | 'half' | 'fault' | 'empty';

export interface LyingServer {
  readonly url: string;
  lies(how: Lie): void;
  close(): Promise<void>;
}

const answers: Readonly<Record<Lie, { readonly status: number; readonly type: string; readonly body: string }>> = {
  page: { status: 200, type: 'text/html', body: '<!doctype html><title>Wi-Fi</title><p>Please sign in</p>' },
  nonsense: { status: 200, type: 'application/json', body: '{"results":[{"hits":[{"id":42}],"status":"yes"}]}' },
  half: { status: 200, type: 'application/json', body: '{"results":[{"hits":[' },
  fault: { status: 500, type: 'application/json', body: '{"message":"internal","code":"internal"}' },
  empty: { status: 200, type: 'application/json', body: '' },
};

export async function startLyingServer(): Promise<LyingServer> {
  let now: Lie = 'fault';
  const server = createServer((request, response) => {
    request.resume();
    const { status, type, body } = answers[now];
    response.writeHead(status, { 'content-type': type }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    lies(how) {
      now = how;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
