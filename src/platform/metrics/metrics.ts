import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PoolFigures } from '../database/database.ts';
import type { Meter } from '../http/meter.ts';

/**
 * Figures for Prometheus. They leave the house for a machine that knows nothing of clearances, so the labels are closed
 * lists handed in at the start: templates of routes, names of parts, pools and tasks. What is not on its list is
 * counted as `other`; no figure says anything of a document, a person or a level.
 */
export interface MetricsOptions {
  readonly version: string;
  /** Templates of the route table, as `/api/records/:id`. */
  readonly routes: readonly string[];
  readonly tasks: readonly string[];
  /** Which of these live inside the install itself, and which are an office's own server. */
  readonly embedded: Readonly<Record<'database' | 'store' | 'search', boolean>>;
  readonly parts: () => Promise<readonly { readonly name: PartName; readonly up: boolean }[]>;
  readonly jobs: () => Promise<readonly { readonly task: string; readonly waiting: number; readonly dead: number }[]>;
  readonly connections: () => readonly PoolFigures[];
  readonly disk: () => Promise<{ readonly free: number; readonly whole: number }>;
}

type PartName = 'database' | 'store' | 'search' | 'queue';

export interface Metrics extends Meter {
  /** The whole page as text. What could not be asked in time is missing from it, and counted. */
  page(): Promise<string>;
  readonly mediaType: string;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS']);

/** Prometheus waits ten seconds for a page; a part that hangs may not take all of them. */
const patience = 4_000;

export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const routes = new Set(options.routes);

  new Gauge({ name: 'vankho_build_info', help: 'Version of Văn Khố', labelNames: ['version'], registers }).set(
    { version: options.version },
    1,
  );
  const embedded = new Gauge({
    name: 'vankho_part_embedded',
    help: '1 when the part lives inside the install, 0 when it is a server of the office',
    labelNames: ['part'],
    registers,
  });
  for (const [part, inside] of Object.entries(options.embedded)) embedded.set({ part }, Number(inside));

  const requests = new Counter({
    name: 'vankho_http_requests_total',
    help: 'Requests answered, by template of the route; cut: the answer ended before its last byte',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'vankho_http_request_duration_seconds',
    help: 'From the first line of a request to the last byte of its answer',
    labelNames: ['route', 'method'],
    // The figures a person feels: 0.1 s at once, 1 s a wait, 10 s a question to the administrator; uploads go on longer.
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  });
  const uploads = new Counter({
    name: 'vankho_uploads_total',
    help: 'Files sent to the door, kept or not',
    labelNames: ['end'],
    registers,
  });
  for (const end of ['kept', 'not-kept']) uploads.inc({ end }, 0);
  const bytes = new Counter({
    name: 'vankho_upload_bytes_total',
    help: 'Bytes of uploaded files as they passed the door, kept or not',
    registers,
  });
  const failures = new Counter({
    name: 'vankho_metrics_failures_total',
    help: 'Sources that could not be asked when this page was made',
    labelNames: ['source'],
    registers,
  });

  const up = gauge('vankho_part_up', '1 when the part answers', ['part']);
  const jobsWaiting = gauge('vankho_jobs_waiting', 'Jobs that wait or are under way', ['task']);
  const jobsDead = gauge('vankho_jobs_dead', 'Jobs that gave up and wait for a person', ['task']);
  const connections = gauge('vankho_database_connections', 'Connections of this process', ['pool', 'state']);
  const mostConnections = gauge('vankho_database_connections_limit', 'Most connections of the pool', ['pool']);
  const asking = gauge('vankho_database_connection_waiters', 'Work that waits for a connection', ['pool']);
  const diskFree = gauge('vankho_disk_free_bytes', 'Free space for this process', ['folder']);
  const diskWhole = gauge('vankho_disk_size_bytes', 'Size of the disk under the folder', ['folder']);

  function gauge<Label extends string>(name: string, help: string, labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers });
  }

  /** Asked first and written in one go: two watchers at once see whole figures, and a failed source no old ones. */
  const sources: Readonly<
    Record<string, { readonly gauges: readonly Gauge[]; readonly ask: () => Promise<() => void> }>
  > = {
    // First: the others take connections themselves.
    connections: {
      gauges: [connections, mostConnections, asking],
      async ask() {
        const pools = options.connections();
        return () => {
          for (const { pool, most, inUse, idle, waiting } of pools) {
            connections.set({ pool, state: 'in-use' }, inUse);
            connections.set({ pool, state: 'idle' }, idle);
            mostConnections.set({ pool }, most);
            asking.set({ pool }, waiting);
          }
        };
      },
    },
    parts: {
      gauges: [up],
      async ask() {
        const parts = await options.parts();
        return () => {
          for (const part of parts) up.set({ part: part.name }, Number(part.up));
        };
      },
    },
    jobs: {
      gauges: [jobsWaiting, jobsDead],
      async ask() {
        const counted = await options.jobs();
        return () => {
          for (const task of options.tasks) {
            jobsWaiting.set({ task }, 0);
            jobsDead.set({ task }, 0);
          }
          for (const one of counted) {
            const task = options.tasks.includes(one.task) ? one.task : 'other';
            jobsWaiting.inc({ task }, one.waiting);
            jobsDead.inc({ task }, one.dead);
          }
        };
      },
    },
    disk: {
      gauges: [diskFree, diskWhole],
      async ask() {
        const { free, whole } = await options.disk();
        return () => {
          diskFree.set({ folder: 'data' }, free);
          diskWhole.set({ folder: 'data' }, whole);
        };
      },
    },
  };
  for (const source of Object.keys(sources)) failures.inc({ source }, 0);

  return {
    mediaType: registry.contentType,
    answered({ route, method, outcome, seconds }) {
      const labels = {
        route: route !== null && routes.has(route) ? route : 'other',
        method: methods.has(method) ? method : 'other',
      };
      requests.inc({ ...labels, status: outcome });
      durations.observe(labels, seconds);
    },
    received(count) {
      bytes.inc(count);
    },
    uploaded(end) {
      uploads.inc({ end });
    },
    async page() {
      await Promise.all(
        Object.entries(sources).map(async ([source, { gauges, ask }]) => {
          const write = await inTime(ask).catch(() => undefined);
          for (const one of gauges) one.reset();
          if (write) write();
          else failures.inc({ source });
        }),
      );
      return registry.metrics();
    },
  };
}

async function inTime<T>(ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error('a source of the figures did not answer'));
    }, patience);
  });
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
}
