import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

/**
 * What every command that measures has in common: a table for a person, `--json FILE` for a program, `--only NAME` for
 * one of its parts, a seed that is printed so that a run can be had again.
 */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was promised; null where nothing was, and the figure only stands beside the others. */
  readonly goal: number | null;
  readonly better: 'lower' | 'higher';
}

export interface Row extends Figure {
  readonly holds: boolean | null;
}

export interface Run {
  readonly seed: number;
  /** A further option of the command, as it was typed. */
  option(name: string): string | undefined;
  /** A whole number among the options. */
  amount(name: string, otherwise: number): number;
  /** What happens, while it happens; on standard error, apart from the table. */
  say(text: string): void;
}

/** A part that cannot be measured here, and why: it is named in the table and counts as nothing. */
export class Skipped extends Error {}

export interface Measure {
  readonly name: string;
  measure(run: Run): Promise<readonly Figure[]>;
}

export interface Command {
  readonly title: string;
  readonly measures: readonly Measure[];
  /** Names of further options that take a value. */
  readonly options?: readonly string[];
  /** Whether a goal that does not hold ends the command with 1 without being asked for (`--strict`). */
  readonly strict?: boolean;
}

export function held({ value, goal, better }: Figure): boolean | null {
  if (goal === null) return null;
  return better === 'lower' ? value <= goal : value >= goal;
}

interface Outcome {
  readonly rows: Row[];
  readonly notes: string[];
  readonly failed: boolean;
}

async function measured(measures: readonly Measure[], run: Run): Promise<Outcome> {
  const rows: Row[] = [];
  const notes: string[] = [];
  let failed = false;
  for (const { name, measure } of measures) {
    run.say(`${name} …`);
    try {
      const found = (await measure(run)).map((figure) => ({ ...figure, holds: held(figure) }));
      rows.push(...found);
      // A run of ten minutes that is broken off has said what it knew.
      for (const { name: what, value, unit } of found) run.say(`  ${what}: ${shown(value)} ${unit}`);
    } catch (cause) {
      const skipped = cause instanceof Skipped;
      failed ||= !skipped;
      // The others are measured all the same: one fault does not cost the whole run.
      notes.push(
        `${skipped ? 'SKIPPED' : 'FAILED'} ${name}: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
      if (!skipped) run.say(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    }
  }
  return { rows, notes, failed };
}

const shown = (value: number): string =>
  Math.abs(value) >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

/** The table, in Markdown, so that it can be put into a page as it is. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, unit, goal, better, holds }) => [
    name,
    `${shown(value)} ${unit}`.trim(),
    goal === null ? '' : `${better === 'lower' ? 'at most' : 'at least'} ${shown(goal)}`,
    holds === null ? '' : holds ? 'holds' : '**misses**',
  ]);
  const all = [['What', 'Measured', 'Goal', ''], ...cells];
  const widths = [0, 1, 2, 3].map((at) => Math.max(3, ...all.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(all[0] ?? []), rule, ...cells.map(line)].join('\n');
}

/** Reads the command line, measures, prints, and leaves the exit code. */
export async function runCommand(command: Command): Promise<void> {
  const further = Object.fromEntries((command.options ?? []).map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      only: { type: 'string', multiple: true },
      seed: { type: 'string' },
      strict: { type: 'boolean' },
      ...further,
    },
  });
  const given = values as Readonly<Record<string, string | boolean | string[] | undefined>>;
  const option = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' ? value : undefined;
  };
  const amount = (name: string, otherwise: number): number => {
    const value = Number(option(name) ?? otherwise);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} takes a whole number`);
    return value;
  };
  const names = command.measures.map((one) => one.name);
  const only = Array.isArray(given['only']) ? given['only'] : names;
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(', ')}: there are ${names.join(', ')}`);

  const seed = amount('seed', randomInt(1_000_000));
  const begun = Date.now();
  console.error(`${command.title}; --seed ${String(seed)} has the same again`);
  const outcome = await measured(
    command.measures.filter(({ name }) => only.includes(name)),
    { seed, option, amount, say: (text) => console.error(`  ${text}`) },
  );
  console.log(tableOf(outcome.rows));
  for (const note of outcome.notes) console.log(note);
  console.log(`seed ${String(seed)}, ${String(Math.round((Date.now() - begun) / 1000))} s`);
  const file = option('json');
  if (file !== undefined) await writeFile(file, `${JSON.stringify(outcome.rows, null, 2)}\n`);
  const strict = command.strict === true || given['strict'] === true;
  const missed = outcome.rows.some((row) => row.holds === false);
  process.exitCode = outcome.failed || (strict && missed) ? 1 : 0;
}
