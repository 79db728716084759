import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { RecordSchema } from '../../src/departments/registry/index.ts';
import { openDatabase, type Database } from '../../src/platform/database/database.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

/**
 * A PostgreSQL that goes away says so to every connection, also to one that is just changing hands and has nobody who
 * listens. Between the house and the real server stands a line that adds the goodbye to the very bytes of "ready".
 */

/** ReadyForQuery: the connection, or the query before, is done. */
const ready = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const goodbye = ((): Buffer => {
  const fields = 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0';
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + fields.length, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
})();

let testing: TestDatabase;
let line: Server;
let database: Database;
let leaving = false;
const sockets = new Set<Socket>();
const heard: unknown[] = [];

beforeAll(async () => {
  testing = await testDatabase();
  const server = new URL(testing.ownerUrl);
  line = createServer((client) => {
    const upstream = connect(Number(server.port), server.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      if (leaving && bytes.subarray(-ready.length).equals(ready)) client.end(Buffer.concat([bytes, goodbye]));
      else client.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');
  const through = new URL(testing.ownerUrl);
  through.hostname = '127.0.0.1';
  through.port = String((line.address() as AddressInfo).port);
  database = await openDatabase({
    ownerUrl: through.href,
    loginSecret: testing.loginSecret,
    entities: [RecordSchema],
    connections: 4,
    onPoolError: (cause) => heard.push(cause),
  });
});
afterAll(async () => {
  await database.close();
  for (const socket of sockets) socket.destroy();
  line.close();
  await testing.close();
});

test('a goodbye while a connection changes hands is a refusal, not the end of the process', async () => {
  const one = (): Promise<unknown> => database.transaction((tx) => tx.query('select 1'));
  leaving = true;
  for (let round = 0; round < 5; round += 1) {
    const answers = await Promise.allSettled([
      ...Array.from({ length: 8 }, one),
      database.onBehalfOf({ clearance: 0 }).query('select 1'),
      database.log.query('select 1'),
      database.ping(),
    ]);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'database-unavailable' });
  }
  expect(heard.length).toBeGreaterThan(0);
  leaving = false;
  await expect(one()).resolves.toEqual([{ '?column?': 1 }]);
});
