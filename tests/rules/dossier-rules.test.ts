import fc from 'fast-check';
import {
  knowableDossierCondition,
  mayKnowDossier,
  type DossierSubject,
} from '../../src/departments/classification/index.ts';
import {
  arrows,
  mayKeep,
  mayNow,
  nextNotation,
  nextNumeral,
  retentionOf,
  retentionText,
  roman,
  romanNumber,
  stateAllows,
  type DossierAction,
} from '../../src/departments/dossiers/rules.ts';
import { checksOf, missingFor, type ItemFacts } from '../../src/departments/dossiers/rules-checks.ts';
import { retentionCell, retentionIn } from '../../src/departments/dossiers/rules-load.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { newId } from '../../src/kernel/ids.ts';
import { ranks } from '../../src/kernel/labels.ts';
import { grantedPermissions, roles, type Role } from '../../src/kernel/permissions.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const agencies = [newId(), newId()] as const;
const units = [newId(), newId(), newId()];
const persons = [newId(), newId(), newId()];

function actorWith(given: Partial<Actor>, held: readonly Role[]): Actor {
  return {
    personId: persons[0] ?? '',
    agencyId: agencies[0],
    fullName: 'Người thử',
    clearance: 1,
    unitIds: [],
    deskOf: [],
    roles: new Set(held),
    permissions: grantedPermissions(held),
    sessionId: newId(),
    via: 'session',
    address: 'local',
    ...given,
  };
}

describe('who may know a dossier', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    const owner = database.owner();
    for (const [index, id] of agencies.entries())
      await owner.query(
        "insert into vankho.agency (id, code, symbol, name, valid_from) values ($1, $2, 'A', 'Bộ', '2000-01-01')",
        [id, `A${String(index)}`],
      );
    for (const id of units)
      await owner.query(
        "insert into vankho.unit (id, agency_id, symbol, name, valid_from) values ($1, $2, 'U', 'Vụ', '2000-01-01')",
        [id, agencies[0]],
      );
    for (const id of persons)
      await owner.query(
        "insert into vankho.person (id, agency_id, login_name, full_name, created_at) values ($1, $2, $3, 'Người', now())",
        [id, agencies[0], id],
      );
  });
  afterAll(() => database.close());

  const subject: fc.Arbitrary<DossierSubject> = fc.record({
    agencyId: fc.constantFrom(...agencies),
    titleRank: fc.constantFrom(...ranks),
    unitId: fc.option(fc.constantFrom(...units), { nil: null }),
    ownerId: fc.option(fc.constantFrom(...persons), { nil: null }),
  });
  const actor = fc
    .record({
      personId: fc.constantFrom(...persons),
      agencyId: fc.constantFrom(...agencies),
      held: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 2 }),
      clearance: fc.constantFrom(...ranks),
      unitIds: fc.uniqueArray(fc.constantFrom(...units), { maxLength: 2 }),
      desk: fc.boolean(),
    })
    .map(({ held, desk, ...rest }) => actorWith({ ...rest, deskOf: desk ? [rest.agencyId] : [] }, held));

  test('code and SQL let the same dossiers through', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(subject, { minLength: 1, maxLength: 8 }),
        fc.array(actor, { minLength: 1, maxLength: 3 }),
        async (subjects, actors) => {
          const ids: string[] = [];
          for (const one of subjects) {
            const id = newId();
            ids.push(id);
            number += 1;
            await database.owner().query(
              `insert into vankho.dossier (id, agency_id, year, notation, title, title_rank, mark, unit_id, owner_id, folded, state, version, added_at)
               values ($1, $2, 2026, $3, 'x', $4, $4, $5, $6, 'x', 'planned', 1, now())`,
              [id, one.agencyId, String(number), one.titleRank, one.unitId, one.ownerId],
            );
          }
          for (const who of actors) {
            const byRule = ids.filter((_id, index) => mayKnowDossier(who, subjects[index] as DossierSubject).allowed);
            const rule = knowableDossierCondition(who, 'd', 2);
            const { rows } = await database
              .pool('vk_app')
              .query<{ id: string }>(`select d.id from dossier d where d.id = any($1::uuid[]) and ${rule.sql}`, [
                ids,
                ...rule.parameters,
              ]);
            expect(rows.map((row) => row.id).sort()).toEqual(byRule.sort());
          }
        },
      ),
      { numRuns: Number(process.env['VANKHO_TEST_RUNS'] ?? 60), seed: 20_261_124 },
    );
  });

  test('clearance first, then one way in', () => {
    const dossier: DossierSubject = { agencyId: agencies[0], titleRank: 1, unitId: units[0] ?? '', ownerId: null };
    const rule = (given: Partial<Actor>, changed: Partial<DossierSubject> = {}) =>
      mayKnowDossier(actorWith(given, ['staff']), { ...dossier, ...changed }).rule;
    expect([
      rule({}),
      rule({ unitIds: units.slice(0, 1) }),
      rule({ unitIds: units.slice(1) }),
      rule({ deskOf: [agencies[0]] }),
      rule({ deskOf: [agencies[1]] }),
      rule({}, { ownerId: persons[0] ?? '' }),
      rule({}, { titleRank: 0 }),
      rule({}, { titleRank: 2, ownerId: persons[0] ?? '' }),
      rule({ agencyId: agencies[1] }, { titleRank: 0 }),
    ]).toEqual([
      'need-to-know',
      'reader',
      'need-to-know',
      'reader',
      'need-to-know',
      'reader',
      'reader',
      'clearance',
      'other-agency',
    ]);
  });
});

describe('arrows and acts', () => {
  const states = ['planned', 'open', 'closed'] as const;
  const actions = ['open', 'fill', 'correct', 'close', 'reopen'] as const satisfies readonly DossierAction[];

  test('every arrow, and no other', () => {
    expect(arrows).toEqual({
      open: { from: 'planned', to: 'open' },
      close: { from: 'open', to: 'closed' },
      reopen: { from: 'closed', to: 'open' },
    });
    expect(states.map((state) => actions.filter((action) => stateAllows(action, state)))).toEqual([
      ['open', 'correct'],
      ['fill', 'correct', 'close'],
      ['reopen'],
    ]);
  });

  test('whose act it is', () => {
    const kept = { agencyId: agencies[0], unitId: units[0] ?? '', ownerId: persons[1] ?? '', state: 'open' } as const;
    const desk = { deskOf: [agencies[0]] };
    const own = { personId: persons[1] ?? '' };
    const unit = { unitIds: units.slice(0, 1) };
    const may = (who: Actor) => actions.filter((action) => mayKeep(who, action, kept));
    expect({
      owner: may(actorWith(own, ['staff'])),
      clerk: may(actorWith(desk, ['clerk'])),
      archive: may(actorWith(desk, ['records-officer'])),
      colleague: may(actorWith(unit, ['staff'])),
      leader: may(actorWith(unit, ['leader'])),
      leaderElsewhere: may(actorWith({ unitIds: units.slice(1) }, ['leader'])),
      auditorWhoOwns: may(actorWith(own, ['auditor'])),
    }).toEqual({
      owner: ['open', 'fill', 'correct', 'close'],
      clerk: ['open', 'fill', 'correct'],
      archive: ['open', 'fill', 'correct', 'close', 'reopen'],
      colleague: [],
      leader: ['open', 'fill', 'correct'],
      leaderElsewhere: [],
      auditorWhoOwns: [],
    });
    expect(mayNow(actorWith(own, ['staff']), 'fill', { ...kept, state: 'closed' })).toBe(false);
  });
});

describe('codes and numerals', () => {
  test('the next code of a heading', () => {
    const none = new Set<string>();
    expect(nextNotation([], 'TCCB', none)).toBe('01.TCCB');
    expect(nextNotation(['01.TCCB', '09.TCCB'], 'VP', none)).toBe('10.TCCB');
    expect(nextNotation(['01.ĐA', '02.DA', '03.DA'], 'VP', none)).toBe('04.DA');
    expect(nextNotation(['01.VP'], 'VP', new Set(['02.VP', '03.VP']))).toBe('04.VP');
    expect(nextNotation(['không có số'], 'VP', none)).toBe('01.VP');
    expect(nextNotation(['99.VP'], 'VP', none)).toBe('100.VP');
  });

  test('Roman numerals there and back', () => {
    for (let number = 1; number < 200; number += 1) expect(romanNumber(roman(number))).toBe(number);
    expect(['IIII', 'VX', '', '1', 'i', 'IC'].map(romanNumber)).toEqual(new Array(6).fill(undefined));
    expect(nextNumeral(['I', 'II', 'IV'], true)).toEqual({ ordinal: 5, numeral: 'V' });
    expect(nextNumeral([], false)).toEqual({ ordinal: 1, numeral: '1' });
  });

  test('a period there and back', () => {
    expect(
      ['Vĩnh viễn', 'vinh vien', '20 năm', '20', '05 nam', '', '0', '101', 'lâu', '2 tháng'].map(retentionIn),
    ).toEqual(['permanent', 'permanent', 20, 20, 5, null, undefined, undefined, undefined, undefined]);
    for (const period of [null, 'permanent', 1, 100] as const) {
      expect(retentionIn(retentionCell(period))).toBe(period);
      expect(retentionOf(retentionText(period))).toBe(period);
    }
  });
});

describe('the checklist of Điều 29', () => {
  const whole = { retention: 20, startDate: '2026-01-05', confirmed: [] } as const;
  const item = (given: Partial<ItemFacts> = {}): ItemFacts => ({
    ordinal: 1,
    home: true,
    state: 'declared',
    complete: true,
    hashes: [],
    identity: null,
    paperOnly: false,
    paper: false,
    sheets: false,
    ...given,
  });
  const fails = (items: readonly ItemFacts[], dossier: Parameters<typeof checksOf>[0] = whole) =>
    checksOf(dossier, items)
      .filter(({ by, holds }) => by === 'found' && !holds)
      .map(({ code, about, needed }) => [code, about, needed]);

  test.each<[string, readonly ItemFacts[], ReturnType<typeof fails>]>([
    ['nothing inside', [], [['has-documents', [], true]]],
    ['all is well', [item()], []],
    ['a draft at home', [item({ state: 'draft' })], [['no-drafts', [1], true]]],
    ['a draft linked', [item({ state: 'draft', home: false })], []],
    [
      'the same bytes',
      [item({ hashes: ['a', 'b'] }), item({ ordinal: 2, hashes: ['b'] })],
      [['no-duplicates', [2], false]],
    ],
    [
      'the same number',
      [item({ identity: 'x' }), item({ ordinal: 2, identity: 'x' })],
      [['no-duplicates', [2], false]],
    ],
    ['no number twice', [item(), item({ ordinal: 2 })], []],
    ['a field missing', [item({ complete: false })], [['fields-complete', [1], true]]],
    ['an envelope', [item({ complete: false, paperOnly: true })], [['paper-scanned', [1], false]]],
    ['paper without sheets', [item({ paper: true })], [['sheets-numbered', [1], true]]],
    ['paper with sheets', [item({ paper: true, sheets: true })], []],
  ])('%s', (_what, items, expected) => {
    expect(fails(items)).toEqual(expected);
  });

  test('sheets are asked for from five years on, and for ever', () => {
    const of = (retention: 4 | 5 | 'permanent') => fails([item({ paper: true })], { ...whole, retention }).length;
    expect([of(4), of(5), of('permanent')]).toEqual([0, 1, 1]);
  });

  test('a check names twenty documents at most', () => {
    const many = Array.from({ length: 30 }, (_, index) => item({ ordinal: index + 1, state: 'draft' }));
    expect(checksOf(whole, many).find(({ code }) => code === 'no-drafts')?.about).toHaveLength(20);
  });

  test('it closes when what is needed holds and what is asked is said', () => {
    const checks = checksOf(whole, [item({ hashes: ['a'] }), item({ ordinal: 2, hashes: ['a'] })]);
    expect(missingFor(checks, [])).toEqual(['title-right', 'retention-right']);
    expect(missingFor(checks, ['title-right', 'retention-right'])).toEqual([]);
    // What the house finds is not made so by saying it.
    expect(missingFor(checksOf(whole, []), ['has-documents', 'title-right', 'retention-right'])).toEqual([
      'has-documents',
    ]);
    expect(missingFor(checksOf({ ...whole, retention: null, startDate: null }, [item()]), ['title-right'])).toEqual([
      'retention-set',
      'dates-set',
      'retention-right',
    ]);
  });
});
