import type { Hit } from '../../contract/search.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import type { DeskCounts } from '../intake/index.ts';
import { homeLooked, jobRetried } from './events.ts';
import type { Compared, Disk, JobList, Part } from './ports.ts';
import { problemOf } from './rules.ts';

export interface SystemPorts {
  readonly parts: readonly Part[];
  readonly jobs: JobList;
  readonly disk: Disk;
  readonly compared: Compared;
  readonly audit: AuditLog;
  readonly version: string;
  readonly desk: (actor: Actor) => Promise<DeskCounts>;
  readonly newest: (actor: Actor) => Promise<Hit[]>;
  readonly people: (actor: Actor) => Promise<{ readonly here: number; readonly waiting: number }>;
  readonly secrecy: (actor: Actor) => Promise<{ readonly withheld: number | null; readonly waiting: number }>;
  readonly logToday: (actor: Actor) => Promise<{ readonly today: number; readonly refusedToday: number }>;
}

export type System = ReturnType<typeof createSystem>;

/** A part that does not answer in this time is down for whoever waits. */
const patience = 3_000;

/** Jobs are numbered by a bigint of PostgreSQL. */
const largestJob = 2n ** 63n - 1n;

export function createSystem(ports: SystemPorts) {
  const { jobs, audit } = ports;

  async function parts() {
    return Promise.all(ports.parts.map(async ({ name, kind, ping }) => ({ name, kind, up: await answers(ping) })));
  }

  async function health() {
    const [standing, waiting, dead, disk] = await Promise.all([
      parts(),
      jobs.waiting().catch(() => 0),
      jobs.dead().catch(() => []),
      ports.disk().catch(() => null),
    ]);
    const compared = ports.compared();
    return {
      parts: standing,
      jobsWaiting: waiting,
      jobsDead: dead.length,
      disk,
      index: compared === undefined ? null : { comparedAt: compared.at, lost: compared.lost },
      version: ports.version,
    };
  }

  async function deadJobs() {
    const dead = await jobs.dead();
    return dead.map(({ said, ...job }) => ({ ...job, problem: problemOf(said) }));
  }

  async function retry(who: Requester, id: string): Promise<void> {
    if (BigInt(id) > largestJob || !(await jobs.retry(id))) throw new Refusal('not-found');
    await audit.tellDurably(who, jobRetried(id));
  }

  /** Each is told by itself, so that the log has the same lines as of one by one. Answers how many there were. */
  async function retryAll(who: Requester): Promise<number> {
    let retried = 0;
    for (const { id } of await jobs.dead()) {
      if (!(await jobs.retry(id))) continue;
      await audit.tellDurably(who, jobRetried(id));
      retried += 1;
    }
    return retried;
  }

  /** Each part of the first page only for those whose roles have it. */
  async function home(who: Requester, actor: Actor) {
    const may = actor.permissions;
    const [desk, newest, log, system, people, secrecy] = await Promise.all([
      may.has('document.upload') ? ports.desk(actor) : null,
      may.has('document.search') ? ports.newest(actor) : null,
      may.has('audit.read') ? ports.logToday(actor) : null,
      may.has('system.health') ? health() : null,
      may.has('people.confirm') ? ports.people(actor) : null,
      may.has('secrecy.confirm') ? ports.secrecy(actor) : null,
    ]);
    // Subjects of documents stand on it: a look at them is a look.
    if (newest !== null) await audit.tellDurably(who, homeLooked(newest.length));
    return {
      desk,
      newest,
      log,
      system: system === null ? null : { parts: system.parts, jobsDead: system.jobsDead },
      people,
      secrecy,
    };
  }

  return { parts, health, deadJobs, retry, retryAll, home };
}

async function answers(ping: () => Promise<void>): Promise<boolean> {
  const late = new AbortController();
  const limit = new Promise<false>((resolve) => {
    const timer = setTimeout(() => {
      resolve(false);
    }, patience);
    late.signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  });
  const answered = ping().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answered, limit]);
  } finally {
    late.abort();
  }
}
