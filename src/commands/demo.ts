import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { House } from '../compose.ts';
import type { Config } from '../config.ts';
import { identityLines } from '../contract/identity.ts';
import type { BodyInput } from '../contract/line.ts';
import { registryLines } from '../contract/registry.ts';
import type { Role } from '../kernel/permissions.ts';
import { Told } from '../kernel/told.ts';
import { runHouse } from '../main.ts';
import { createApiClient, ServerRefusal, type ApiClient } from './api-client.ts';
import { openDossiers } from './demo-office/demo-dossiers.ts';
import { demoDocuments, demoOffice, seedTextFile, type DemoDocument } from './demo-office/demo-office.ts';
import { drawLetter } from './demo-office/draw-letter.ts';
import { madePasswords, moveIn, type Password } from './office.ts';
import { buildWebClient } from './web-client.ts';

/** An office to look at, on this machine alone: made at the first start, kept at the second, made anew with `--fresh`. */
export async function demo(config: Config, { fresh }: { readonly fresh: boolean }): Promise<void> {
  const folder = join(config.dataFolder, 'demo');
  if (fresh) await forget(folder);
  await buildWebClient('stale');
  const leaving = new AbortController();
  process.once('SIGINT', () => leaving.abort());
  process.once('SIGTERM', () => leaving.abort());
  await runHouse(
    { ...config, dataFolder: folder, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel },
    async (house, url) => {
      const people = await castOf(house, join(folder, peopleName));
      present(url, people);
      fill(url, people, leaving.signal).catch((cause: unknown) => {
        if (!leaving.signal.aborted)
          console.error(`Chưa đưa hết văn bản mẫu vào kho: ${cause instanceof Error ? cause.message : String(cause)}`);
      });
    },
  );
}

/** Only a folder that a demo made, and not while one runs on it. */
async function forget(folder: string): Promise<void> {
  if (!existsSync(join(folder, peopleName))) return;
  const { startEmbeddedPostgres } = await import('../platform/database/embedded.ts');
  const { DataAway, signName } = await import('../platform/database/embedded-place.ts');
  try {
    const postgres = await startEmbeddedPostgres({ folder });
    await postgres.stop();
  } catch (cause) {
    if (!(cause instanceof DataAway)) throw cause;
  }
  const sign = await readFile(join(folder, signName), 'utf8').catch(() => undefined);
  if (sign !== undefined) await rm(dirname(sign.trim()), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** The people's passwords stand beside the data, so that a second start can say them again; written before they hold. */
const peopleName = 'demo-people.json';

async function castOf(house: House, path: string): Promise<readonly Password[]> {
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept === undefined && !(await house.office.firstStartNeeded()))
    throw new Told(`Trong kho này đã có người và không có ${path}: đây không phải kho của bản chạy thử.`);
  const people = kept === undefined ? madePasswords(demoOffice) : (JSON.parse(kept) as readonly Password[]);
  if (kept === undefined) await writeFile(path, JSON.stringify(people, null, 2), { mode: 0o600 });
  if (await house.office.firstStartNeeded()) await moveIn(house.office, demoOffice, people, { given: false });
  return people;
}

function present(url: string, people: readonly Password[]): void {
  const lines = demoOffice.people.map((person, index) => {
    return `  ${person.loginName.padEnd(14)} ${(people[index]?.password ?? '').padEnd(32)} ${person.fullName}, ${person.position ?? ''}`;
  });
  console.log(
    `\nVăn Khố: ${url}\n\nNgười dùng thử (mật khẩu riêng của lần chạy này):\n${lines.join('\n')}\n\nVăn bản mẫu đang được đưa vào kho. Ctrl+C để dừng.\n`,
  );
}

/** The samples come in as any document does: drawn, uploaded, registered by a clerk over the API. */
async function fill(url: string, people: readonly Password[], signal: AbortSignal): Promise<void> {
  const first = (role: Role): Password =>
    people[demoOffice.people.findIndex((person) => person.roles.includes(role))] ?? { name: '', password: '' };
  await openDossiers(url, first('records-officer'));
  const { name, password } = first('clerk');
  const made = await createApiClient({ server: url }).ask(identityLines.signInForToken, {
    body: { name, password, tokenName: 'văn bản mẫu', scopes: ['upload'], days: 1 },
  });
  const api = createApiClient({ server: url, token: made.token });
  const { units } = await api.ask(identityLines.directory);
  const unitIds = new Map(units.map(({ symbol, id }) => [symbol, id]));
  const folder = await mkdtemp(join(tmpdir(), 'vankho-demo-'));
  try {
    for (const document of demoDocuments) {
      if (signal.aborted) return;
      const path = join(folder, document.fileName);
      await writeFile(path, await drawLetter(document));
      await bring(api, path, unitIds, document).catch(otherVersion);
    }
    await bringSeedText(api).catch(otherVersion);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Drawn by an earlier version of this program, and in the archive as that one drew it. */
function otherVersion(cause: unknown): void {
  if (!(cause instanceof ServerRefusal && cause.code === 'idempotency-mismatch')) throw cause;
}

async function bringSeedText(api: ApiClient): Promise<void> {
  const receipt = await api.upload(fileURLToPath(seedTextFile), 'demo-seed', 'chi-dao-cong-tac-van-phong-2022.txt');
  await registered(api, receipt.recordId, {
    fields: {
      direction: 'internal',
      documentType: 'Thông báo',
      issuedDate: '2022-01-20',
      issuer: demoOffice.agency.name,
      subject: 'Chỉ đạo của Bộ trưởng về công tác Văn phòng năm 2022',
    },
    rank: 1,
    leadUnitId: null,
    supportingUnitIds: [],
    openToAll: true,
    version: 1,
  });
}

async function bring(
  api: ApiClient,
  path: string,
  unitIds: ReadonlyMap<string, string>,
  document: DemoDocument,
): Promise<void> {
  const receipt = await api.upload(path, `demo-${document.id}`, document.fileName);
  const {
    direction,
    documentType,
    codeNumber,
    codeNotation,
    issuedDate,
    issuer,
    subject,
    signerName,
    signerPosition,
    urgency,
    dueDate,
    arrivalDate,
    pageAmount,
  } = document;
  await registered(api, receipt.recordId, {
    fields: {
      direction,
      documentType,
      codeNumber,
      codeNotation,
      issuedDate,
      issuer,
      subject,
      signerName,
      signerPosition,
      urgency,
      dueDate,
      arrivalDate,
      pageAmount,
      language: 'Tiếng Việt',
      recipients: [...document.recipients],
      dossierNotation: document.dossierNotation,
      dossierYear: Number(issuedDate.slice(0, 4)),
    },
    rank: document.rank,
    leadUnitId: unitIds.get(document.leadUnitSymbol) ?? null,
    supportingUnitIds: document.supportingUnitSymbols.flatMap((symbol) => unitIds.get(symbol) ?? []),
    openToAll: false,
    version: 1,
  });
}

type Registration = BodyInput<typeof registryLines.register>;

async function registered(api: ApiClient, id: string, body: Registration): Promise<void> {
  try {
    await api.ask(registryLines.register, { params: { id }, body });
  } catch (cause) {
    // A second start finds them where the first left them.
    if (!(cause instanceof ServerRefusal && cause.code === 'already-registered')) throw cause;
  }
}
