import { mkdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { contract } from './contract/index.ts';
import type { Line } from './contract/line.ts';
import { auditCounters, createAuditLog, logSummary } from './departments/audit/index.ts';
import {
  createAccount,
  createIdentity,
  createLoading,
  createOffice,
  createPeople,
  createUnits,
  identityCounters,
  peopleCounts,
  peopleCounters,
} from './departments/identity/index.ts';
import { createFileReader, createIntake, deskCounts, intakeCounters } from './departments/intake/index.ts';
import { createReadingRoom, readingRoomCounters } from './departments/reading-room/index.ts';
import { createRegistry, recordView, RecordSchema, registryCounters } from './departments/registry/index.ts';
import { createSearch, searchCounters } from './departments/search/index.ts';
import { createStrongroom, type ObjectStore } from './departments/strongroom/index.ts';
import { createSystem, systemCounters } from './departments/system/index.ts';
import type { Config } from './config.ts';
import type { Actor } from './kernel/actor.ts';
import { systemClock, type Clock } from './kernel/clock.ts';
import { vietnamDay } from './kernel/dates.ts';
import type { EventDraft, Requester } from './kernel/event.ts';
import { openDatabase } from './platform/database/database.ts';
import { startEmbeddedPostgres } from './platform/database/embedded.ts';
import { loginUrl } from './platform/database/logins.ts';
import { migrate } from './platform/database/migrate.ts';
import type { Counter } from './platform/http/counter.ts';
import { descriptionCounters } from './platform/http/description.ts';
import { serve, sessionCookie } from './platform/http/serve.ts';
import { createMetrics, type Metrics } from './platform/metrics/metrics.ts';
import { createQueue, enqueue, prepareQueue } from './platform/jobs/queue.ts';
import { createDirectoryStore } from './platform/object-store/directory.ts';
import { createMinioStore, provisionMinio } from './platform/object-store/minio.ts';
import { identify } from './platform/reading-machine/identify.ts';
import { createReadingMachine } from './platform/reading-machine/machine.ts';
import { createMeilisearchEngine } from './platform/search-engine/meilisearch.ts';
import { createPostgresEngine } from './platform/search-engine/postgres.ts';

export const version = '0.1.0';

const tasks = { read: 'intake.read', recognise: 'intake.recognise', index: 'search.index' } as const;

/** The built client; without it only the API is served. */
export const webFolder = fileURLToPath(new URL('../dist/web', import.meta.url));

export interface House {
  readonly office: ReturnType<typeof createOffice>;
  /** Begins to answer; resolves to the port. */
  listen(): Promise<number>;
  /** Begins to work on jobs. */
  work(): Promise<void>;
  /** Lets what is under way end, then shuts every door. */
  close(): Promise<void>;
}

interface Closing {
  readonly part: string;
  readonly end: () => Promise<void>;
}

/** Nothing acknowledged depends on a tidy end: a part that does not close is named and left. */
const closesWithin = 10_000;

async function endInTime({ part, end }: Closing, log: Pick<Logger, 'warn'>): Promise<void> {
  const late = new AbortController();
  const overdue = pause(closesWithin, 'overdue' as const, { signal: late.signal }).catch(() => 'ended' as const);
  if ((await Promise.race([end(), overdue])) === 'overdue') log.warn({ part }, 'did not close in time');
  late.abort();
}

/** The one place where the house is put together: settings in, a house out, or nothing left standing. */
export async function compose(config: Config, clock: Clock = systemClock): Promise<House> {
  const log = pino({ level: config.logLevel, base: null, redact: ['password', 'token', 'secret'] });
  const closing: Closing[] = [];
  try {
    return await assembled(config, clock, log, closing);
  } catch (cause) {
    for (const one of closing.reverse()) await endInTime(one, log);
    throw cause;
  }
}

async function assembled(config: Config, clock: Clock, log: Logger, closing: Closing[]): Promise<House> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const place = await databasePlace(config, log, closing);
  await migrate(place.url, place.loginSecret, () => prepareQueue(loginUrl(place.url, place.loginSecret, 'vk_queue')));
  const database = await openDatabase({
    ownerUrl: place.url,
    loginSecret: place.loginSecret,
    entities: [RecordSchema],
    connections: config.connections,
    statementSeconds: config.statementSeconds,
    onPoolError: (cause) => log.warn({ error: String(cause) }, 'a database connection ended'),
  });
  closing.push({ part: 'database', end: () => database.close() });
  const { store, provision } = objectStore(config, clock);
  closing.push({ part: 'store provision', end: await untilDone('object store', provision, log) });
  closing.push({ part: 'store', end: () => store.close() });
  const engine = config.meilisearch
    ? createMeilisearchEngine({ pool: database.pool, ...config.meilisearch })
    : createPostgresEngine({ pool: database.pool });
  closing.push({ part: 'search', end: () => engine.close() });
  closing.push({ part: 'search provision', end: await untilDone('search index', () => engine.provision(), log) });
  const machine = createReadingMachine({
    children: config.readers,
    memoryMegabytes: 1024,
    secondsPerFile: 120,
    secondsPerPage: 60,
  });
  closing.push({ part: 'reading machine', end: () => machine.close() });
  const queue = createQueue({ database, log });

  const audit = createAuditLog({ inTransaction: (work) => database.transaction(work), clock });
  const onBehalfOf = (actor: Actor) => database.onBehalfOf(actor);
  const today = () => vietnamDay(clock.now());
  const strongroom = createStrongroom({ store, spool: join(config.dataFolder, 'spool'), clock });
  const identity = createIdentity({ database, audit, clock });
  const office = createOffice({ database, audit, clock });
  const search = createSearch({ engine, onBehalfOf, database, audit, clock });

  type Queryable = Parameters<typeof enqueue>[0];
  const changed = (tx: Queryable, recordId: string) =>
    enqueue(tx, { task: tasks.index, payload: { recordId }, key: `search.index ${recordId}` });
  const readLater = (tx: Queryable, fileId: string) =>
    enqueue(tx, { task: tasks.read, payload: { fileId }, key: `intake.read ${fileId}` });
  const recogniseLater = (tx: Queryable, fileId: string, page: number) =>
    enqueue(tx, {
      task: tasks.recognise,
      payload: { fileId, page },
      key: `intake.recognise ${fileId} ${String(page)}`,
      priority: page,
    });

  const registry = createRegistry({
    database,
    audit,
    clock,
    site: config.site,
    changed,
    view: async (actor, recordId) => {
      const view = await recordView(onBehalfOf(actor), actor, recordId, today());
      if (!view) throw new Error('a record that was just written cannot be seen by its writer');
      return view;
    },
  });
  const intake = createIntake({ database, audit, clock, strongroom, registry, site: config.site, identify, readLater });
  const reader = createFileReader({ database, audit, clock, strongroom, machine, changed, recogniseLater });
  const readingRoom = createReadingRoom({ onBehalfOf, database, audit, clock, strongroom, machine });
  const disk = async () => {
    const { bavail, blocks, bsize } = await statfs(config.dataFolder);
    return { free: bavail * bsize, whole: blocks * bsize };
  };
  let compared: { readonly at: string; readonly lost: number } | undefined;
  const system = createSystem({
    audit,
    version,
    jobs: queue,
    disk,
    compared: () => compared,
    parts: [
      { name: 'database', kind: 'postgres', ping: () => database.ping() },
      { name: 'store', kind: store.name, ping: () => store.ping() },
      { name: 'search', kind: engine.name, ping: () => engine.ping() },
      { name: 'queue', kind: 'graphile-worker', ping: () => queue.ping() },
    ],
    desk: (actor) => deskCounts(onBehalfOf(actor), actor, today()),
    newest: (actor) => search.newest(actor, 8),
    people: (actor) => peopleCounts(onBehalfOf(actor), actor.agencyId, today()),
    logToday: async (actor) => {
      const summary = await logSummary(database.log, actor.agencyId, {}, today());
      return { today: summary.total, refusedToday: summary.refused };
    },
  });

  const metrics = config.metricsToken === undefined ? undefined : metricsOf(config, system, queue, database, disk);
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  const counters: Counter[] = [
    ...identityCounters({
      identity,
      office,
      onBehalfOf,
      clock,
      site: config.site,
      largestFile: config.largestFile,
      cookieName: secure ? sessionCookie.secure : sessionCookie.plain,
    }),
    ...peopleCounters({
      people: createPeople({ database, audit, clock }),
      units: createUnits({ database, audit, clock }),
      loading: createLoading({ database, audit, clock }),
      account: createAccount({ database, audit, clock }),
      onBehalfOf,
      audit,
      clock,
    }),
    ...intakeCounters({ intake, onBehalfOf, audit, clock }),
    ...registryCounters({ registry, onBehalfOf, audit, clock }),
    ...searchCounters({ search }),
    ...readingRoomCounters({ readingRoom }),
    ...auditCounters({ audit, door: database.log, clock }),
    ...systemCounters({
      system,
      watched: metrics && config.metricsToken ? { figures: metrics, token: config.metricsToken } : undefined,
    }),
  ];
  counters.push(...descriptionCounters({ others: counters, version, publicUrl: config.publicUrl }));
  const app = serve({
    counters,
    clock,
    log,
    secure,
    authenticate: (credentials) => identity.authenticate(credentials),
    tellRefusal: (who: Requester, draft: EventDraft) => audit.tellDurably(who, draft),
    trustedProxies: config.trustedProxies,
    largestFile: config.largestFile,
    rateFactor: config.rateFactor,
    webFolder,
    meter: metrics,
  });
  let server: Server | undefined;

  return {
    office,
    async listen() {
      const opened = createServer(app);
      // An upload of 2 GB over a branch office's line takes longer than Node's five minutes.
      opened.requestTimeout = 0;
      server = opened;
      await new Promise<void>((resolve, reject) => {
        opened.once('error', reject);
        opened.listen(config.port, config.host, resolve);
      });
      return (opened.address() as AddressInfo).port;
    },
    async work() {
      const running = await queue.start(
        {
          quick: {
            [tasks.read]: ({ fileId }) => reader.read(String(fileId)),
            [tasks.index]: ({ recordId }) => search.index(String(recordId)),
          },
          slow: { [tasks.recognise]: ({ fileId, page }) => reader.recognise(String(fileId), Number(page)) },
        },
        { quick: 4, slow: Math.max(1, config.readers - 1) },
      );
      const round = (): void => {
        search.reconcile().then(
          (lost) => {
            compared = { at: clock.now().toISOString(), lost };
            if (lost > 0) log.warn({ lost }, 'records were missing from the search index and were written again');
          },
          (cause: unknown) =>
            log.error(
              { error: cause instanceof Error ? cause.message : 'unknown' },
              'could not compare the search index',
            ),
        );
        reader.sweep().catch((cause: unknown) => {
          log.error({ error: cause instanceof Error ? cause.message : 'unknown' }, 'could not sweep quarantine');
        });
      };
      round();
      const rounds = setInterval(round, 3_600_000);
      closing.push({
        part: 'worker',
        async end() {
          clearInterval(rounds);
          await running.stop();
        },
      });
    },
    async close() {
      await endInTime({ part: 'server', end: () => closeServer(server) }, log);
      server?.closeAllConnections();
      for (const one of closing.reverse()) await endInTime(one, log);
    },
  };
}

/** The one registry of figures; what its labels may say is settled here. */
function metricsOf(
  config: Config,
  system: ReturnType<typeof createSystem>,
  queue: ReturnType<typeof createQueue>,
  database: Awaited<ReturnType<typeof openDatabase>>,
  disk: () => Promise<{ readonly free: number; readonly whole: number }>,
): Metrics {
  return createMetrics({
    version,
    routes: Object.values(contract).flatMap((department) => Object.values<Line>(department).map((one) => one.path)),
    tasks: Object.values(tasks),
    embedded: { database: !config.database, store: !config.objectStore, search: !config.meilisearch },
    parts: () => system.parts(),
    jobs: () => queue.counts(),
    connections: () => database.connections(),
    disk,
  });
}

/** The operator's S3, laid out as storage-config/ says, or a folder. */
function objectStore(config: Config, clock: Clock): { store: ObjectStore; provision: () => Promise<void> } {
  if (!config.objectStore) {
    const store = createDirectoryStore({ folder: join(config.dataFolder, 'objects'), clock });
    return { store, provision: () => Promise.resolve() };
  }
  const { url, ...keys } = config.objectStore;
  const options = { endpoint: url, ...keys };
  return { store: createMinioStore(options), provision: () => provisionMinio(options) };
}

/** A server that is away when the house starts is laid out once it is there; until then its part is down, not the house. */
async function untilDone(
  part: string,
  work: () => Promise<void>,
  log: Pick<Logger, 'warn'>,
): Promise<() => Promise<void>> {
  const ending = new AbortController();
  const tried = async (): Promise<boolean> =>
    work().then(
      () => true,
      (cause: unknown) => {
        log.warn({ part, error: cause instanceof Error ? cause.message : 'unknown' }, 'cannot be laid out yet');
        return false;
      },
    );
  if (await tried()) return () => Promise.resolve();
  const loop = (async () => {
    do await pause(2_000, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    while (!ending.signal.aborted && !(await tried()));
  })();
  return async () => {
    ending.abort();
    await loop;
  };
}

/** The operator's own server, or a real PostgreSQL out of the npm package. */
async function databasePlace(
  config: Config,
  log: Pick<Logger, 'warn' | 'error'>,
  closing: Closing[],
): Promise<{ url: string; loginSecret: string }> {
  if (config.database) return config.database;
  const postgres = await startEmbeddedPostgres({
    folder: config.dataFolder,
    onRestart: (cause) => {
      if (cause === undefined) log.warn('the embedded database had died and was started again');
      else
        log.error(
          { error: cause instanceof Error ? cause.message : 'unknown' },
          'the embedded database died and does not start',
        );
    },
  });
  closing.push({ part: 'embedded database', end: () => postgres.stop() });
  return { url: postgres.url, loginSecret: await keptSecret(join(config.dataFolder, 'login-secret')) };
}

async function keptSecret(path: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFile(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 }).catch((cause: unknown) => {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause;
  });
  return (await readFile(path, 'utf8')).trim();
}

function closeServer(server: Server | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!server) {
      resolve();
      return;
    }
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
}
