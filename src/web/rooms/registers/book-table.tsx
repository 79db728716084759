import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegisterEntry, RegisterRow } from '../../../contract/registers.ts';
import { formatDay, formatMoment } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { addressOf } from '../addresses.ts';
import type { BookLine } from './entry-lines.ts';
import css from './registers.module.css';

type Column =
  | 'arrivalDate'
  | 'number'
  | 'issuer'
  | 'reference'
  | 'issuedDate'
  | 'subject'
  | 'signer'
  | 'recipients'
  | 'toWhom'
  | 'keeper'
  | 'note';

/**
 * The columns of Nghị định 30/2020, Phụ lục IV, as far as the description of a document fills them: mục I for what goes out
 * and stays, mục II for what comes in. Ngày chuyển and Ký nhận are written by hand on the printed book.
 */
const columnsOf = {
  incoming: ['arrivalDate', 'number', 'issuer', 'reference', 'issuedDate', 'subject', 'toWhom', 'note'],
  outgoing: ['reference', 'issuedDate', 'subject', 'signer', 'recipients', 'keeper', 'note'],
  internal: ['reference', 'issuedDate', 'subject', 'signer', 'recipients', 'keeper', 'note'],
} as const satisfies Record<RegisterRow['direction'], readonly Column[]>;

/** The lines of a book; a line opens its document. */
export function BookTable({ book, lines }: { readonly book: RegisterRow; readonly lines: readonly BookLine[] }) {
  const { t } = useTranslation(['registers', 'common']);
  const columns: readonly Column[] = columnsOf[book.direction];
  return (
    <table className={`rows ${css['lines'] ?? ''}`}>
      <caption className="unseen">{t(`common:year-of-book.${book.direction}`, { year: book.year })}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" data-column={column}>
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) =>
          line.kind === 'gap' ? (
            <tr key={`gap ${String(line.gap.from)}`} className={css['gap']}>
              <td colSpan={columns.length}>
                {t(line.gap.from === line.gap.until ? 'gap.one' : 'gap.many', {
                  from: line.gap.from,
                  until: line.gap.until,
                  system: book.otherSystem ?? t('other-system-the'),
                })}
              </td>
            </tr>
          ) : (
            <tr key={line.entry.recordId} data-state={line.entry.state}>
              {columns.map((column) => (
                <td key={column} data-column={column}>
                  <Cell column={column} entry={line.entry} own={book.kind === 'own'} />
                </td>
              ))}
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

function Cell({
  column,
  entry,
  own,
}: {
  readonly column: Column;
  readonly entry: RegisterEntry;
  /** A book of ours: only there is a number of another system's worth a note. */
  readonly own: boolean;
}): ReactNode {
  const { t } = useTranslation('registers');
  switch (column) {
    case 'arrivalDate':
      return formatDay(entry.arrivalDate);
    case 'number':
      return entry.number === null ? (
        ''
      ) : (
        <b title={t('entered', { when: formatMoment(entry.enteredAt), who: entry.enteredBy?.fullName ?? '' })}>
          {entry.number}
        </b>
      );
    case 'issuer':
      return entry.issuer;
    case 'reference':
      return entry.numberAndSymbol === null || entry.numberAndSymbol === '' ? (
        <span className={css['quiet']}>{t('no-reference')}</span>
      ) : (
        entry.numberAndSymbol
      );
    case 'issuedDate':
      return formatDay(entry.issuedDate);
    case 'subject':
      return (
        <>
          <Link to={addressOf.record(entry.recordId)}>{entry.subject}</Link>
          {entry.documentType === null ? null : <span className={css['under']}>{entry.documentType}</span>}
        </>
      );
    case 'signer':
      return entry.signerName;
    case 'recipients':
      return entry.recipients.join('; ');
    case 'toWhom':
    case 'keeper':
      return entry.leadUnit;
    case 'note':
      return <Note entry={entry} own={own} />;
  }
}

/** What a clerk would pencil into the last column. */
function Note({ entry, own }: { readonly entry: RegisterEntry; readonly own: boolean }) {
  const { t } = useTranslation('registers');
  return (
    <span className={css['notes']}>
      {entry.rank === 0 ? null : <LevelBadge rank={entry.rank} />}
      {entry.taken && own ? <span className={css['taken']}>{t('note.taken')}</span> : null}
      {entry.withoutFile ? <span className={css['quiet']}>{t('note.without-file')}</span> : null}
      {entry.state === 'frozen' ? <span className={css['frozen']}>{t('note.frozen')}</span> : null}
    </span>
  );
}
