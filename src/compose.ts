import { mkdir, statfs } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { contract } from './contract/index.ts';
import type { Line } from './contract/line.ts';
import { auditCounters, createAuditLog, logSummary } from './departments/audit/index.ts';
import { openDossiersOf } from './departments/dossiers/index.ts';
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
import {
  correspondentCounters,
  correspondentView,
  createCorrespondents,
  createRecordFiles,
  createRegisters,
  createRegistry,
  recordView,
  RecordSchema,
  registerCounters,
  registerRows,
  registryCounters,
} from './departments/registry/index.ts';
import { createSearch, searchCounters } from './departments/search/index.ts';
import { createSecrecy, secrecyCounters, secrecyCounts } from './departments/secrecy/index.ts';
import { createStrongroom } from './departments/strongroom/index.ts';
import { createSystem, systemCounters } from './departments/system/index.ts';
import { composeDossiers } from './compose-dossiers.ts';
import { databasePlace, endInTime, objectStore, untilDone, type Closing } from './compose-places.ts';
import type { Config } from './config.ts';
import type { Actor } from './kernel/actor.ts';
import { systemClock, type Clock } from './kernel/clock.ts';
import { vietnamDay } from './kernel/dates.ts';
import type { EventDraft, Requester } from './kernel/event.ts';
import { Refusal } from './kernel/refusal.ts';
import { openDatabase } from './platform/database/database.ts';
import { loginUrl } from './platform/database/logins.ts';
import { migrate } from './platform/database/migrate.ts';
import type { Counter } from './platform/http/counter.ts';
import { descriptionCounters } from './platform/http/description.ts';
import { serve, sessionCookie } from './platform/http/serve.ts';
import { createMetrics, type Metrics } from './platform/metrics/metrics.ts';
import { createQueue, enqueue, prepareQueue } from './platform/jobs/queue.ts';
import { identify } from './platform/reading-machine/identify.ts';
import { createReadingMachine } from './platform/reading-machine/machine.ts';
import { createMeilisearchEngine } from './platform/search-engine/meilisearch.ts';
import { createPostgresEngine } from './platform/search-engine/postgres.ts';

export const version = '0.1.0';

const tasks = {
  read: 'intake.read',
  recognise: 'intake.recognise',
  index: 'search.index',
  bodies: 'registry.bodies',
} as const;

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
  const { pool, readerPool } = database;
  const engine = config.meilisearch
    ? createMeilisearchEngine({ pool, readerPool, ...config.meilisearch })
    : createPostgresEngine({ pool, readerPool });
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

  const audit = createAuditLog({ alone: database.alone, clock });
  const onBehalfOf = (actor: Actor) => database.onBehalfOf(actor);
  const today = () => vietnamDay(clock.now());
  const strongroom = createStrongroom({ store, spool: join(config.dataFolder, 'spool'), clock });
  const identity = createIdentity({ database, audit, clock });
  const office = createOffice({ database, audit, clock });
  const search = createSearch({ engine, onBehalfOf, database, audit, clock });

  type Queryable = Parameters<typeof enqueue>[0];
  const indexJob = (recordId: string) => ({
    task: tasks.index,
    payload: { recordId },
    key: `search.index ${recordId}`,
  });
  const changed = (tx: Queryable, recordId: string) => enqueue(tx, indexJob(recordId));
  const readJob = (fileId: string) => ({ task: tasks.read, payload: { fileId }, key: `intake.read ${fileId}` });
  const readLater = (tx: Queryable, fileId: string) => enqueue(tx, readJob(fileId));
  // Found at once by what its sender called it, when nothing else is to be done: it comes again when it has been read.
  const arrived = (tx: Queryable, recordId: string, fileId: string) =>
    enqueue(tx, { ...indexJob(recordId), priority: 1 }, readJob(fileId));
  const recogniseLater = (tx: Queryable, fileId: string, page: number) =>
    enqueue(tx, {
      task: tasks.recognise,
      payload: { fileId, page },
      key: `intake.recognise ${fileId} ${String(page)}`,
      priority: page,
    });

  const dossiers = composeDossiers({ database, onBehalfOf, audit, clock, site: config.site, changed });
  const written = async <View>(view: Promise<View | undefined>): Promise<View> => {
    const seen = await view;
    // Whoever wrote it may have lost the right to it since: then it is not there, as for everybody else.
    if (seen === undefined) throw new Refusal('not-found');
    return seen;
  };
  const keeping = {
    database,
    audit,
    clock,
    site: config.site,
    changed,
    filed: dossiers.filed,
    joined: dossiers.joined,
    view: (actor: Actor, id: string) => written(recordView(onBehalfOf(actor), actor, id, today())),
  };
  const registry = createRegistry(keeping);
  const files = createRecordFiles(keeping);
  const registers = createRegisters({
    ...keeping,
    view: (actor, id) => written(registerRows(onBehalfOf(actor), actor, today(), id).then(([row]) => row)),
  });
  const correspondents = createCorrespondents({
    ...keeping,
    view: (actor, id) => written(correspondentView(onBehalfOf(actor), actor, today(), id)),
    indexLater: (tx, correspondentId, after) =>
      enqueue(tx, {
        task: tasks.bodies,
        payload: { correspondentId, after },
        key: `registry.bodies ${correspondentId} ${after ?? ''}`,
      }),
  });
  const readingRoom = createReadingRoom({
    onBehalfOf,
    database,
    audit,
    clock,
    strongroom,
    machine,
    copyFolder: join(config.dataFolder, 'copies'),
  });
  const secrecy = createSecrecy({
    database,
    audit,
    clock,
    changed,
    async vanished(recordId, contentIds) {
      readingRoom.cut(recordId);
      for (const id of contentIds) await strongroom.dropLocalCopy(id);
      // The job does the same; when the index is down it is the one that does it.
      await search.index(recordId).catch((cause: unknown) => log.warn({ error: String(cause) }, 'the index is late'));
    },
  });
  const intake = createIntake({
    database,
    audit,
    clock,
    strongroom,
    registry,
    files,
    site: config.site,
    identify,
    machine,
    secrecy,
    arrived,
    readLater,
  });
  const marked = config.site === 'networked' ? secrecy.withholdFile : undefined;
  const reader = createFileReader({ database, audit, clock, strongroom, machine, changed, marked, recogniseLater });
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
    secrecy: (actor) => secrecyCounts(database.alone, actor),
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
      people: createPeople({ database, audit, clock, openDossiers: openDossiersOf }),
      units: createUnits({ database, audit, clock }),
      loading: createLoading({ database, audit, clock }),
      account: createAccount({ database, audit, clock }),
      onBehalfOf,
      audit,
      clock,
      openDossiers: openDossiersOf,
    }),
    ...intakeCounters({ intake, onBehalfOf, audit, clock }),
    ...dossiers.counters,
    ...registryCounters({ registry, files, onBehalfOf, audit, clock }),
    ...registerCounters({ registers, onBehalfOf, audit, clock }),
    ...correspondentCounters({ correspondents, onBehalfOf, audit, clock }),
    ...searchCounters({ search }),
    ...readingRoomCounters({ readingRoom }),
    ...secrecyCounters({ secrecy, door: database.alone, audit }),
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
            [tasks.bodies]: ({ correspondentId, after }) =>
              correspondents.indexDocuments(String(correspondentId), typeof after === 'string' ? after : null),
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
        correspondents.meetAll().catch((cause: unknown) => {
          log.error({ error: cause instanceof Error ? cause.message : 'unknown' }, 'could not meet the issuers');
        });
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
