import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { auditLines } from '../../src/contract/audit.ts';
import { correspondentLines } from '../../src/contract/correspondents.ts';
import { dossierLines } from '../../src/contract/dossiers.ts';
import { identityLines } from '../../src/contract/identity.ts';
import { intakeLines } from '../../src/contract/intake.ts';
import { readingRoomLines } from '../../src/contract/reading-room.ts';
import { registerLines } from '../../src/contract/registers.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { searchLines } from '../../src/contract/search.ts';
import { systemLines } from '../../src/contract/system.ts';
import { eventually } from '../support/eventually.ts';
import { drawn, planByDoor, registrationOf, unitIds, uploaded } from '../support/fill-by-door.ts';
import { firstOf, generatedLetters, generatedOffice, generatedPlan } from '../support/generated-office.ts';
import { installHouse, workDone } from '../support/installed-house.ts';
import { visitor } from '../support/visitor.ts';
import type { Figure, Measure } from './runner.ts';

const mostQueries = 10;

/** Statements of the house in the server's own log, begin and commit among them: each is a way there and back. */
const statement = /^\[vankho vk_(?:app|audit|read_\d)\] LOG: {2}(?:execute|statement)/gmu;

export const queryMeasures: readonly Measure[] = [
  {
    name: 'queries',
    async measure(run) {
      const office = generatedOffice(run.seed, 24);
      const installed = await installHouse(office);
      const { folder, passwords } = installed;
      const name = firstOf(office, 'clerk');
      try {
        await planByDoor(await installed.visit(firstOf(office, 'records-officer')), generatedPlan(run.seed, office));
        const clerk = await installed.visit(name);
        const units = await unitIds(clerk);
        for (const letter of generatedLetters(run.seed, 12)) {
          const { recordId } = await uploaded(clerk, letter.fileName, await drawn(letter));
          await clerk.ask(registryLines.register, { params: { id: recordId }, body: registrationOf(letter, units) });
        }
        await workDone(installed);
      } finally {
        await installed.stop();
      }
      // Put together here, without its worker: what the log then holds is the requests and nothing else.
      const house = await compose(
        readConfig({ VANKHO_DATA: folder, VANKHO_PORT: '0', VANKHO_LOG_LEVEL: 'silent', VANKHO_RATE_FACTOR: '1000' }),
      );
      try {
        const port = await house.listen();
        const base = `http://127.0.0.1:${String(port)}`;
        await installed.owner().query("alter system set log_line_prefix = '[%a] '");
        await installed.owner().query("alter system set log_statement = 'all'");
        await installed.owner().query('select pg_reload_conf()');
        const clerk = await visitor(base, name, passwords.get(name) ?? '');
        const auditor = await visitor(
          base,
          firstOf(office, 'auditor'),
          passwords.get(firstOf(office, 'auditor')) ?? '',
        );
        const log = join(folder, 'postgres.log');
        const written = (): number => readFileSync(log, 'utf8').match(statement)?.length ?? 0;
        await eventually(async () => {
          const before = written();
          await clerk.ask(identityLines.me);
          return written() > before;
        });

        const { hits } = await clerk.ask(searchLines.search);
        const id = hits[0]?.recordId ?? '';
        const { files } = await clerk.ask(registryLines.record, { params: { id } });
        const fileId = files[0]?.id ?? '';
        const plan = await clerk.ask(dossierLines.plan);
        const dossier = { id: plan.dossiers.find(({ records }) => records > 0)?.id ?? '' };
        const { rows: books } = await clerk.ask(registerLines.registers);
        const book = { id: books.find(({ entries }) => entries > 0)?.id ?? '' };
        const units = await unitIds(clerk);
        const [letter] = [...generatedLetters(run.seed + 1, 1)];
        if (!letter) throw new Error('no letter was made');
        const bytes = await drawn(letter);
        let received = '';
        const requests: readonly (readonly [string, () => Promise<unknown>])[] = [
          ['who am I', () => clerk.ask(identityLines.me)],
          ['home', () => clerk.ask(systemLines.home)],
          ['list with counts', () => clerk.ask(searchLines.search)],
          ['search with counts', () => clerk.ask(searchLines.search, { query: { q: 'báo cáo kế hoạch' } })],
          [
            'search, two filters',
            () =>
              clerk.ask(searchLines.search, { query: { q: 'báo cáo', direction: ['incoming'], urgency: ['normal'] } }),
          ],
          ['record', () => clerk.ask(registryLines.record, { params: { id } })],
          ['history', () => clerk.ask(registryLines.history, { params: { id } })],
          ['tray', () => clerk.ask(intakeLines.tray)],
          ['file', () => clerk.call(readingRoomLines.content, { params: { fileId } })],
          ['plan of a year', () => clerk.ask(dossierLines.plan)],
          ['list of dossiers', () => clerk.ask(dossierLines.dossiers)],
          ['dossier', () => clerk.ask(dossierLines.dossier, { params: dossier })],
          ['documents of a dossier', () => clerk.ask(dossierLines.items, { params: dossier })],
          ['document list', () => clerk.ask(dossierLines.list, { params: dossier, query: { form: 'xlsx' } })],
          ['dossiers of a record', () => clerk.ask(dossierLines.ofRecord, { params: { id } })],
          ['books', () => clerk.ask(registerLines.registers)],
          ['entries of a book', () => clerk.ask(registerLines.entries, { params: book })],
          ['correspondents', () => clerk.ask(correspondentLines.correspondents)],
          ['suggestion of correspondents', () => clerk.ask(registryLines.suggestions)],
          ['log page', () => auditor.ask(auditLines.events)],
          ['upload', async () => (received = (await uploaded(clerk, 'thư.pdf', bytes)).recordId)],
          [
            'registration',
            () => clerk.ask(registryLines.register, { params: { id: received }, body: registrationOf(letter, units) }),
          ],
        ];
        const figures: Figure[] = [];
        for (const [what, ask] of requests) {
          const before = written();
          await ask();
          figures.push({
            name: `queries: ${what}`,
            value: written() - before,
            unit: '',
            goal: mostQueries,
            better: 'lower',
          });
        }
        return figures;
      } finally {
        await house.close();
        await installed.close();
      }
    },
  },
];
