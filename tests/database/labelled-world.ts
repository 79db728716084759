import { dossierLines } from '../../src/contract/dossiers.ts';
import { registryLines } from '../../src/contract/registry.ts';
import { vietnamDay } from '../../src/kernel/dates.ts';
import type { Rank } from '../../src/kernel/labels.ts';
import type { Login } from '../../src/platform/database/logins.ts';
import { paperWish, registerPaper } from '../api/desk.ts';
import type { TestDatabase } from '../support/database.ts';
import type { TestHouse } from '../support/house.ts';
import type { Visitor } from '../support/visitor.ts';

/** A world with something of every label in every table that can bear it, and all that one login sees of it. */

export const today = vietnamDay(new Date());
/** Stands in every text of this label, and in no other. */
export const wordOf = (rank: Rank): string => `zqnhan${'khmnpt'.charAt(rank)}vx`;

/** By table, its rows as text. */
export type Sight = ReadonlyMap<string, readonly string[]>;

export const dossierOf = (house: TestHouse, titleRank: Rank, title: string, note: string | null) => ({
  year: Number(today.slice(0, 4)),
  notation: null,
  headingId: null,
  title,
  titleRank,
  unitId: house.units.finance,
  ownerId: house.people.staff.id,
  retention: 20 as const,
  retentionBasis: null,
  language: null,
  startDate: null,
  endDate: null,
  note,
});

/**
 * A document of two versions, corrected once, and paper, from a body that nobody listed. It stands in a dossier of its
 * label and in the shared one; the document that everybody knows stands in its dossier too. Answers the document.
 */
export async function documentsOf(
  clerk: Visitor,
  house: TestHouse,
  rank: Rank,
  shared: { readonly dossierId: string; readonly recordId?: string },
): Promise<string> {
  const word = wordOf(rank);
  const { recordId } = await clerk.received(`${word}.txt`, `Nội dung ${word}`);
  const view = await clerk.ask(registryLines.register, {
    params: { id: recordId },
    body: {
      fields: {
        direction: 'incoming',
        subject: `Về việc ${word}`,
        issuer: `Cơ quan ${word}`,
        signerName: word,
        codeNumber: '7',
        codeNotation: word,
        issuedDate: today,
        description: word,
      },
      rank,
      leadUnitId: house.units.finance,
      supportingUnitIds: [house.units.legal],
      openToAll: true,
      version: 1,
    },
  });
  await clerk.ask(registryLines.correct, {
    params: { id: recordId },
    body: { fields: { subject: `Về việc ${word} sửa` }, reason: word, version: view.version },
  });
  const more = await clerk.upload(`${word} hai.txt`, `Bản sau ${word}`, {
    fields: { attachTo: recordId, as: 'version', reason: word },
  });
  expect(more.status).toBe(201);
  const paper = await registerPaper(
    clerk,
    paperWish({ rank, openToAll: true }, { subject: `Giấy ${word}`, issuer: `Cơ quan ${word}`, paperBox: word }),
  );
  expect(paper.status).toBe(201);
  const own = await clerk.ask(dossierLines.add, { body: dossierOf(house, rank, `Hồ sơ ${word}`, word) });
  const put = async (dossierId: string, one: string, as: 'home' | 'link') => {
    const answer = await clerk.call(dossierLines.put, { params: { id: dossierId }, body: { recordIds: [one], as } });
    expect(answer.status).toBe(200);
  };
  await put(own.id, recordId, 'home');
  await put(shared.dossierId, recordId, 'link');
  if (shared.recordId !== undefined) await put(own.id, shared.recordId, 'link');
  await clerk.ask(dossierLines.correct, {
    params: { id: own.id },
    body: { fields: { title: `Hồ sơ ${word} sửa` }, version: 1, reason: word },
  });
  return recordId;
}

/** Every column of every table and view, in every schema of the archive, that the login may select. */
export async function sightOfLogin(database: TestDatabase, login: Login): Promise<Sight> {
  const { rows } = await database.owner().query<{ name: string; columns: string }>(
    `select format('%I.%I', s.nspname, c.relname) as name, string_agg(format('%I', a.attname), ', ' order by a.attnum) as columns
     from pg_class c join pg_namespace s on s.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and s.nspname not in ('pg_catalog', 'information_schema') and s.nspname !~ '^pg_'
       and has_schema_privilege($1, s.oid, 'usage') and has_column_privilege($1, c.oid, a.attnum, 'select')
       and (c.relname, a.attname) not in (('register', 'last_number'), ('session', 'last_seen_at'))
     group by 1 order by 1`,
    [login],
  );
  const sight = new Map<string, readonly string[]>();
  for (const { name, columns } of rows) {
    const seen = await database
      .pool(login)
      .query<{ row: string }>(`select row(${columns})::text as row from ${name} order by 1`);
    sight.set(
      name,
      seen.rows.map(({ row }) => row),
    );
  }
  return sight;
}
