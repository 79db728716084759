import fc from 'fast-check';
import { knowableCondition, mayKnow, readersOf, type Subject } from '../../src/departments/classification/index.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/ids.ts';
import { ranks } from '../../src/kernel/labels.ts';
import { grantedPermissions, roles } from '../../src/kernel/permissions.ts';
import { createPostgresEngine } from '../../src/platform/search-engine/postgres.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { searchLogins } from '../support/search-database.ts';

/**
 * The rule of access stands three times: as pure code, as the SQL condition of every list, and as the filter of the
 * search index. Here they are asked the same questions.
 */

let database: TestDatabase;
const agencies = [newId(), newId()] as const;
/** What a joined draft was joined to; nobody of the test asks for it. */
const target = newId();
const units = [newId(), newId(), newId()];
const persons = [newId(), newId(), newId()];
const today = '2026-06-15';
const days = ['2026-06-14', today, '2026-06-16'];

beforeAll(async () => {
  database = await testDatabase();
  const owner = database.owner();
  for (const [index, id] of agencies.entries())
    await owner.query(
      "insert into vankho.agency (id, code, symbol, name, valid_from) values ($1, $2, 'A', 'Bộ', '2000-01-01')",
      [id, `A${String(index)}`],
    );
  await owner.query(
    "insert into vankho.record (id, agency_id, state, version, rank, direction, subject, received_at) values ($1, $2, 'draft', 1, 0, 'incoming', 'x', now())",
    [target, agencies[0]],
  );
});
afterAll(() => database.close());

const reader = fc.oneof(
  fc.constant('all'),
  fc.constantFrom(...units).map((id) => `unit:${id}`),
  fc.constantFrom(...persons).map((id) => `person:${id}`),
  fc.constantFrom(...agencies).map((id) => `desk:${id}`),
);
const way = fc
  .record({
    reader,
    validFrom: fc.constantFrom(...days),
    validUntil: fc.option(fc.constantFrom(...days), { nil: null }),
  })
  .filter(({ validFrom, validUntil }) => validUntil === null || validUntil >= validFrom);
const subject: fc.Arbitrary<Subject> = fc.record({
  agencyId: fc.constantFrom(...agencies),
  rank: fc.constantFrom(...ranks),
  state: fc.constantFrom('draft', 'declared', 'frozen', 'joined'),
  readers: fc.array(way, { maxLength: 4 }),
});
const actor: fc.Arbitrary<Actor> = fc
  .record({
    personId: fc.constantFrom(...persons),
    agencyId: fc.constantFrom(...agencies),
    held: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 2 }),
    clearance: fc.constantFrom(...ranks),
    unitIds: fc.uniqueArray(fc.constantFrom(...units), { maxLength: 2 }),
    desk: fc.boolean(),
  })
  .map(({ held, desk, ...rest }) => ({
    ...rest,
    fullName: 'Người thử',
    roles: new Set(held),
    permissions: grantedPermissions(held),
    deskOf: desk ? [rest.agencyId] : [],
    sessionId: newId(),
    via: 'session',
    address: 'local',
  }));

async function laid(subjects: readonly Subject[]): Promise<string[]> {
  const owner = database.owner();
  const ids: string[] = [];
  for (const one of subjects) {
    const id = newId();
    ids.push(id);
    await owner.query(
      "insert into vankho.record (id, agency_id, state, version, rank, direction, subject, joined_into, received_at) values ($1, $2, $3, 1, $4, 'incoming', 'x', $5, now())",
      [id, one.agencyId, one.state, one.rank, one.state === 'joined' ? target : null],
    );
    for (const { reader: who, validFrom, validUntil } of one.readers)
      await owner.query(
        "insert into vankho.record_reader (id, record_id, reader, valid_from, valid_until, reason) values ($1, $2, $3, $4, $5, 'test')",
        [newId(), id, who, validFrom, validUntil],
      );
  }
  return ids;
}

test('code, SQL and search filter let the same records through', async () => {
  const engine = createPostgresEngine(searchLogins(database));
  await fc.assert(
    fc.asyncProperty(
      fc.array(subject, { minLength: 1, maxLength: 8 }),
      fc.array(actor, { minLength: 1, maxLength: 3 }),
      async (subjects, actors) => {
        const ids = await laid(subjects);
        // As the house does it: a frozen or joined record leaves the index, and the ways in are those that stand today.
        const entries = subjects.flatMap((one, index) =>
          one.state === 'frozen' || one.state === 'joined'
            ? []
            : [
                {
                  recordId: ids[index] ?? '',
                  rank: one.rank,
                  version: 1,
                  readers: one.readers
                    .filter((w) => w.validFrom <= today && (w.validUntil === null || today < w.validUntil))
                    .map((w) => w.reader),
                  numberAndSymbol: null,
                  arrivalNumber: null,
                  subject: 'văn bản',
                  issuer: null,
                  signer: null,
                  fileNames: [],
                  text: [],
                  facets: {
                    documentType: null,
                    issuer: null,
                    unit: null,
                    direction: 'incoming',
                    urgency: 'normal',
                    state: one.state,
                    year: null,
                    issuedDate: null,
                  },
                  receivedAt: new Date(0),
                },
              ],
        );
        await engine.write(entries);
        for (const who of actors) {
          const byRule = ids.filter((_id, index) => mayKnow(who, subjects[index] as Subject, today).allowed).sort();
          const condition = knowableCondition(who, today, 'r', 2);
          const { rows } = await database
            .pool(`vk_read_${who.clearance}`)
            .query<{ id: string }>(`select r.id from record r where r.id = any($1::uuid[]) and ${condition.sql}`, [
              ids,
              ...condition.parameters,
            ]);
          expect(rows.map((row) => row.id).sort()).toEqual(byRule);
          const found = await engine.find({
            words: 'van ban',
            ranks: ranks.filter((rank) => rank <= who.clearance),
            clearance: who.clearance,
            readers: readersOf(who),
            filters: {},
            limit: 50,
            withFacets: false,
          });
          const here = new Set(ids);
          // An index keeps no agency: units, persons and desks belong to one, and `all` is re-checked in Postgres.
          const bySearch = found.recordIds
            .filter((id) => here.has(id) && subjects[ids.indexOf(id)]?.agencyId === who.agencyId)
            .sort();
          expect(bySearch).toEqual(byRule);
        }
        await engine.remove(ids);
      },
    ),
    { numRuns: Number(process.env['VANKHO_TEST_RUNS'] ?? 60), seed: 20_261_124 },
  );
});
