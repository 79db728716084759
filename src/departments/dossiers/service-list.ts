import { Readable } from 'node:stream';
import type { DossierItem } from '../../contract/dossiers.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { displayDay, vietnamDay } from '../../kernel/dates.ts';
import type { Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { dossierListGiven } from './events.ts';
import type { DocumentListRow, Printing } from './ports.ts';
import { agencyName, dossierDetail, itemList, sightOf, type Door } from './queries.ts';

export type DocumentLists = ReturnType<typeof createDocumentLists>;

const mediaTypes = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The document list as the form of the law; what the reader may not know is not on it, and its ordinals are theirs. */
export function createDocumentLists(options: {
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly printing: Printing;
}) {
  const { onBehalfOf, audit, clock, printing } = options;

  async function give(who: Requester, actor: Actor, id: string, form: 'pdf' | 'xlsx') {
    const today = vietnamDay(clock.now());
    const door = onBehalfOf(actor);
    const sight = sightOf(actor, today);
    const dossier = await dossierDetail(door, sight, id);
    if (!dossier) throw new Refusal('not-found');
    const items = await itemList(door, sight, id, { limit: longest });
    const agency = await agencyName(door, actor.agencyId);
    const code = `${dossier.notation}/${String(dossier.year)}`;
    const bytes = await printing.documentList(
      {
        agency,
        code,
        title: dossier.title,
        rows: items.map((item) => rowOf(item, agency)),
        madeOn: today,
        madeBy: actor.fullName,
        owner: dossier.owner?.fullName ?? null,
      },
      form,
    );
    await audit.tellDurably(who, dossierListGiven(dossier, form, items.length));
    return {
      stream: Readable.from([Buffer.from(bytes)]),
      size: bytes.byteLength,
      mediaType: mediaTypes[form],
      fileName: `Mục lục văn bản - ${dossier.notation} - ${String(dossier.year)}.${form}`,
      disposition: 'attachment' as const,
    };
  }

  return { give };
}

/** No dossier of paper comes near; a list is one file and is made whole. */
const longest = 20_000;

function rowOf(item: DossierItem, agency: string): DocumentListRow {
  const { sheets, pages } = item;
  return {
    ordinal: item.ordinal,
    number: item.numberAndSymbol ?? '',
    day: item.issuedDate === null ? '' : displayDay(item.issuedDate),
    subject: typeAndSubject(item.documentType, item.subject),
    issuer: item.issuer ?? (item.direction === 'incoming' ? '' : agency),
    sheets: sheets ? rangeOf(sheets) : pages === null ? '' : `${String(pages)} trang`,
    note: item.note ?? '',
  };
}

const rangeOf = ({ from, to }: { from: number; to: number }): string =>
  from === to ? String(from) : `${String(from)}-${String(to)}`;

/** "Công văn v/v rà soát hồ sơ": the subject goes on in the type's sentence. */
export function typeAndSubject(type: string | null, subject: string): string {
  if (type === null || type === '' || subject.toLowerCase().startsWith(type.toLowerCase())) return subject;
  const goesOn = /^(?:V\/v|Về)\s/u.test(subject);
  return goesOn ? `${type} ${subject.slice(0, 1).toLowerCase()}${subject.slice(1)}` : `${type}: ${subject}`;
}
