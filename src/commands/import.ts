import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Receipt } from '../contract/intake.ts';
import { identityLines } from '../contract/identity.ts';
import { registerLines } from '../contract/registers.ts';
import { registryLines } from '../contract/registry.ts';
import type { Rank } from '../kernel/labels.ts';
import { ServerRefusal, type ApiClient } from './api-client.ts';
import { readMetadata, WrongCell, type Metadata, type Row } from './import-metadata.ts';
import { createProgress } from './progress.ts';

export interface ImportWish {
  readonly folder: string;
  readonly csv: string | undefined;
  readonly report: string;
  readonly rank: Rank;
  readonly openToAll: boolean;
  readonly atOnce: number;
}

interface Fate {
  readonly path: string;
  readonly fate: 'registered' | 'received' | 'scanned' | 'refused' | 'failed';
  readonly recordId: string;
  readonly arrivalNumber: string;
  readonly sha256: string;
  readonly said: string;
}

/**
 * Takes a folder into the archive through the API. Each file's key is made of its path and its bytes, so that a second
 * run after a cut uploads nothing twice and registers what was not registered. Answers how many files had which fate.
 */
export async function importFolder(
  api: ApiClient,
  wish: ImportWish,
  say: (line: string) => void,
): Promise<Readonly<Record<Fate['fate'], number>>> {
  const folder = resolve(wish.folder);
  const table = wish.csv === undefined ? undefined : readMetadata(await readFile(wish.csv, 'utf8'));
  const units = await unitsNamed(api, table);
  const skipped = new Set([wish.csv, wish.report].filter((path) => path !== undefined).map((path) => resolve(path)));
  const files = (await filesUnder(folder)).filter((path) => !skipped.has(path));
  if (table && table.ignored.length > 0) say(`Cột không dùng: ${table.ignored.join(', ')}`);
  const missing = [...(table?.byFile.keys() ?? [])].filter(
    (name) => !files.some((path) => relativeTo(folder, path) === name),
  );
  for (const name of missing) say(`Trong bảng có, trong thư mục không có: ${name}`);

  const papers = table?.papers ?? [];
  const progress = createProgress(files.length + papers.length, process.stderr);
  const fates: Fate[] = [];
  const tell = (name: string, fate: Fate): void => {
    fates.push(fate);
    if (fate.fate === 'refused' || fate.fate === 'failed') progress.note(`${name}: ${fate.said}`);
    progress.step();
  };
  // Paper first: a file of the same run may be its scan.
  const twins = new Map<string, number>();
  for (const row of papers) {
    const said = JSON.stringify([row.fields, row.arrivalNumber, row.leadUnit, row.supportingUnits]);
    const twin = (twins.get(said) ?? 0) + 1;
    twins.set(said, twin);
    tell(`Dòng ${String(row.line)}`, await registeredPaper(api, row, `${said} ${String(twin)}`, units, wish));
  }
  // Bytes go up several at a time; numbers are given one by one, in the order of the names.
  for (let from = 0; from < files.length; from += wish.atOnce) {
    const group = files.slice(from, from + wish.atOnce);
    const sent = await Promise.all(
      group.map((path) => send(api, folder, path, table?.byFile.get(relativeTo(folder, path)))),
    );
    for (const one of sent) {
      const name = relativeTo(folder, one.path);
      const fate =
        'refusal' in one
          ? failed(name, one.refusal)
          : await registered(api, name, one.receipt, table?.byFile.get(name), units, wish);
      tell(name, fate);
    }
  }
  progress.end();
  await writeFile(wish.report, reportOf(fates));
  const counts = { registered: 0, received: 0, scanned: 0, refused: 0, failed: 0 };
  for (const { fate } of fates) counts[fate] += 1;
  return counts;
}

/** Ids of units by symbol; a symbol that no unit has stops the import before a file is sent. */
async function unitsNamed(api: ApiClient, table: Metadata | undefined): Promise<ReadonlyMap<string, string>> {
  const rows = [...(table?.byFile.values() ?? []), ...(table?.papers ?? [])];
  const named = (row: Row): readonly string[] =>
    row.leadUnit === undefined ? row.supportingUnits : [row.leadUnit, ...row.supportingUnits];
  if (rows.every((row) => named(row).length === 0)) return new Map();
  const { units } = await api.ask(identityLines.directory);
  const known = new Map(units.map((unit) => [unit.symbol.normalize('NFC'), unit.id]));
  for (const row of rows) {
    const strange = named(row).filter((symbol) => !known.has(symbol));
    if (strange.length > 0)
      throw new WrongCell(
        `Dòng ${String(row.line)} của bảng có ký hiệu đơn vị chưa có trong kho: ${strange.join(', ')}`,
      );
  }
  return known;
}

async function filesUnder(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'Thumbs.db') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesUnder(path)));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

function relativeTo(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/').normalize('NFC');
}

type Sent = { readonly path: string } & ({ readonly receipt: Receipt } | { readonly refusal: unknown });

async function send(api: ApiClient, folder: string, path: string, row: Row | undefined): Promise<Sent> {
  try {
    const name = relativeTo(folder, path);
    const sha256 = await sha256Of(path);
    const scan = row?.scanOf && { recordId: await recordUnder(api, row.scanOf), reason: row.scanReason };
    const key = createHash('sha256')
      .update([name, sha256, ...(scan ? [scan.recordId] : [])].join('\u0000'))
      .digest('hex');
    const receipt = await api.upload(path, `import-${key}`, name, scan);
    if (receipt.sha256 !== sha256)
      throw new ServerRefusal('fault', 'Kho nhận được nội dung khác với tệp trên máy; hãy gửi lại.');
    return { path, receipt };
  } catch (refusal) {
    if (stopsAll(refusal)) throw refusal;
    return { path, refusal };
  }
}

/** A login that ended or a server that is gone stops the whole: the next run goes on from here. */
function stopsAll(cause: unknown): boolean {
  return (
    cause instanceof ServerRefusal &&
    ['offline', 'not-signed-in', 'scope-not-allowed', 'role-not-allowed'].includes(cause.code)
  );
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  if ((await stat(path)).size > 0) for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** The record that a scan is of. */
async function recordUnder(api: ApiClient, { number, year }: NonNullable<Row['scanOf']>): Promise<string> {
  try {
    return (await api.ask(registerLines.byNumber, { query: { number, year } })).entry.recordId;
  } catch (cause) {
    if (!(cause instanceof ServerRefusal && cause.code === 'not-found')) throw cause;
    throw new ServerRefusal(
      'not-found',
      `Chưa có văn bản nào mang số đến ${String(number)} năm ${String(year)}. Hãy kiểm tra số ghi trên dấu đến.`,
    );
  }
}

/** What the table says of a record, as registering wants it. */
function entryOf(row: Row, units: ReadonlyMap<string, string>, wish: ImportWish) {
  return {
    rank: wish.rank,
    leadUnitId: units.get(row.leadUnit ?? '') ?? null,
    supportingUnitIds: row.supportingUnits.flatMap((symbol) => units.get(symbol) ?? []),
    openToAll: wish.openToAll,
    takenNumber: row.arrivalNumber ?? null,
  };
}

async function registeredPaper(
  api: ApiClient,
  row: Row,
  said: string,
  units: ReadonlyMap<string, string>,
  wish: ImportWish,
): Promise<Fate> {
  const { direction, subject, paperKind, ...others } = row.fields;
  try {
    const record = await api.ask(registryLines.registerPaper, {
      body: {
        fields: { ...others, direction: direction ?? 'incoming', subject: subject ?? '', paperKind: paperKind ?? null },
        ...entryOf(row, units, wish),
      },
      key: `import-${createHash('sha256').update(said).digest('hex')}`,
    });
    const arrivalNumber = String(record.arrivalNumber ?? '');
    return { path: '', fate: 'registered', recordId: record.id, arrivalNumber, sha256: '', said: '' };
  } catch (cause) {
    if (stopsAll(cause)) throw cause;
    return { ...failed('', cause), said: `Dòng ${String(row.line)}: ${sentenceOf(cause)}` };
  }
}

async function registered(
  api: ApiClient,
  path: string,
  receipt: Receipt,
  row: Row | undefined,
  units: ReadonlyMap<string, string>,
  wish: ImportWish,
): Promise<Fate> {
  const said = row?.fields;
  const fate = { path, recordId: receipt.recordId, sha256: receipt.sha256, arrivalNumber: '' };
  if (receipt.withheld)
    return {
      ...fate,
      fate: 'received',
      said: 'có dấu độ mật và GIẢI MẬT: đã tạm giữ, hãy báo người phụ trách bảo mật',
    };
  if (row?.scanOf) return { ...fate, fate: 'scanned', arrivalNumber: String(row.scanOf.number), said: '' };
  if (row === undefined || said?.subject === undefined) return { ...fate, fate: 'received', said: 'chờ đăng ký' };
  try {
    const record = await api.ask(registryLines.register, {
      params: { id: receipt.recordId },
      body: {
        fields: { ...said, direction: said.direction ?? 'incoming', subject: said.subject },
        ...entryOf(row, units, wish),
        version: 1,
      },
    });
    return { ...fate, fate: 'registered', arrivalNumber: String(record.arrivalNumber ?? ''), said: '' };
  } catch (cause) {
    if (cause instanceof ServerRefusal && cause.code === 'already-registered')
      return { ...fate, fate: 'registered', said: cause.message };
    return { ...fate, fate: 'received', said: sentenceOf(cause) };
  }
}

function failed(path: string, cause: unknown): Fate {
  const refused = cause instanceof ServerRefusal && cause.code !== 'fault';
  return {
    path,
    fate: refused ? 'refused' : 'failed',
    recordId: '',
    arrivalNumber: '',
    sha256: '',
    said: sentenceOf(cause),
  };
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function reportOf(fates: readonly Fate[]): string {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const heads = ['file', 'fate', 'recordId', 'arrivalNumber', 'sha256', 'said'];
  const lines = fates.map((one) => [one.path, one.fate, one.recordId, one.arrivalNumber, one.sha256, one.said]);
  return `\ufeff${[heads, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
