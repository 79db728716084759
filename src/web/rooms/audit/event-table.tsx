import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRow } from '../../../contract/audit.ts';
import { formatMomentDay, formatTimeExactly } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { walkRows } from '../../parts/walk-rows.ts';
import { actionWord, recordWord, viaWord } from './audit-words.ts';
import css from './audit-room.module.css';

/** The log, newest first. Each row opens beside the table; arrow keys walk over the rows. */
export function EventTable({
  rows,
  withDay,
  openId,
  stale,
  onOpen,
}: {
  readonly rows: readonly AuditRow[];
  readonly withDay: boolean;
  readonly openId: string | null;
  readonly stale: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation('audit');
  return (
    <table className={`rows ${css['events'] ?? ''}`} data-stale={stale}>
      <caption className="unseen">{t('table.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('table.time')}</th>
          <th scope="col">{t('table.person')}</th>
          <th scope="col">{t('table.action')}</th>
          <th scope="col">{t('table.record')}</th>
          <th scope="col" className={css['extra']}>
            {t('table.level')}
          </th>
          <th scope="col">{t('table.outcome')}</th>
          <th scope="col" className={css['extra']}>
            {t('table.address')}
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={(event) => walkRows(event, openId, onOpen)}>
        {rows.map((row) => (
          <EventRow key={row.id} row={row} withDay={withDay} here={row.id === openId} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

/** A row is drawn again only when it is opened or left: the table may hold thousands. */
const EventRow = memo(function EventRow({
  row,
  withDay,
  here,
  onOpen,
}: {
  readonly row: AuditRow;
  readonly withDay: boolean;
  readonly here: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation('audit');
  return (
    <tr data-open={here} data-outcome={row.outcome} onClick={() => onOpen(row.id)}>
      <td className={css['time']}>
        <button
          type="button"
          data-row={row.id}
          aria-expanded={here}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(row.id);
          }}
        >
          {formatTimeExactly(row.at)}
        </button>
        {withDay && <span className={css['day']}>{formatMomentDay(row.at)}</span>}
      </td>
      <td>
        {row.person === null ? (
          <span className={css['machine']}>{viaWord(t, row.via)}</span>
        ) : (
          <span className={css['name']}>{row.person.fullName}</span>
        )}
        {row.person !== null && row.person.unit !== null && <span className={css['under']}>{row.person.unit}</span>}
      </td>
      <td>
        {actionWord(t, row.action)}
        {row.folded > 1 && (
          <span className={css['folded']} title={t('table.folded', { count: row.folded })}>
            ×{row.folded}
          </span>
        )}
      </td>
      <td className={css['record']}>{row.record === null ? '' : recordWord(t, row.record)}</td>
      <td className={css['extra']}>{row.rank === null ? '' : <LevelBadge rank={row.rank} />}</td>
      <td>
        <span className={css['outcome']} data-outcome={row.outcome}>
          {t(`outcome.${row.outcome}`)}
        </span>
      </td>
      <td className={`${css['address'] ?? ''} ${css['extra'] ?? ''}`}>
        {row.address === 'local' ? t('table.local') : row.address}
      </td>
    </tr>
  );
});
