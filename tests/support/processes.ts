import { readdirSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** What processes take of the machine, from /proc: Linux only. */

const text = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** The processes and all that came of them. */
function families(roots: readonly number[]): Set<number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    const parent = /^\d+ \(.*\) \S (\d+)/su.exec(text(`/proc/${name}/stat`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found = new Set(roots);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return found;
}

/** MB that would be free if they all ended: memory that several share is counted once between them (Pss). */
export function megabytesOf(...roots: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of families(roots)) {
    kilobytes += Number(/^Pss:\s+(\d+)/mu.exec(text(`/proc/${String(pid)}/smaps_rollup`))?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

/** The most MB this one process ever had in memory. */
export function peakMegabytes(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/u.exec(text(`/proc/${String(pid)}/status`))?.[1] ?? Number.NaN) / 1024;
}

/** The kind of machine, for a page that compares figures; no name of it. */
export function kindOfMachine(): string {
  const system = /PRETTY_NAME="([^"]+)"/u.exec(text('/etc/os-release'))?.[1] ?? process.platform;
  const [first] = cpus();
  return `${String(cpus().length)} cores (${first?.model.trim() ?? 'unknown'}), ${String(Math.round(totalmem() / 2 ** 30))} GB, ${system}, Node ${process.versions.node}`;
}
