import { Fragment } from 'react';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../../contract/people.ts';
import { formatMomentDay, formatTime } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { walkRows } from '../../parts/walk-rows.ts';
import css from '../../parts/list-room.module.css';

/** Each row opens beside the table; arrow keys walk over the rows. */
export function PeopleTable({
  rows,
  openId,
  stale,
  onOpen,
}: {
  readonly rows: readonly PersonRow[];
  readonly openId: string | null;
  readonly stale: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation('people');
  return (
    <table className={`rows ${css['list'] ?? ''}`} data-stale={stale}>
      <caption className="unseen">{t('table.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('table.name')}</th>
          <th scope="col">{t('table.unit')}</th>
          <th scope="col">{t('table.roles')}</th>
          <th scope="col">{t('table.clearance')}</th>
          <th scope="col" className={css['extra']}>
            {t('table.seen')}
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={(event) => walkRows(event, openId, onOpen)}>
        {rows.map((row) => (
          <Row key={row.id} row={row} here={row.id === openId} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  here,
  onOpen,
}: {
  readonly row: PersonRow;
  readonly here: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation(['people', 'common']);
  return (
    <tr data-open={here} data-state={row.state} onClick={() => onOpen(row.id)}>
      <td>
        <button
          type="button"
          className={css['name']}
          data-row={row.id}
          aria-expanded={here}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(row.id);
          }}
        >
          {row.fullName}
        </button>
        <span className={css['under']}>{row.loginName}</span>
      </td>
      <td>
        {row.state === 'left' ? (
          <span className={css['quiet']}>{t('state.left')}</span>
        ) : (
          <>
            <span className={css['over']}>{row.unit?.name ?? t('table.noUnit')}</span>
            {row.post !== null && <span className={css['under']}>{t(`post.${row.post}`)}</span>}
          </>
        )}
      </td>
      <td>
        {row.roles.length === 0 ? (
          <span className={css['quiet']}>{t('table.noRole')}</span>
        ) : (
          row.roles.map((role, index) => (
            <Fragment key={role}>
              <span className={css['whole']}>
                {t(`common:role.${role}`)}
                {index < row.roles.length - 1 ? ',' : ''}
              </span>{' '}
            </Fragment>
          ))
        )}
        {row.waiting > 0 && (
          <span className={css['waits']}>
            <IconHourglassEmpty size={13} stroke={2} aria-hidden="true" />
            {t('table.waits')}
          </span>
        )}
      </td>
      <td>{row.state === 'left' ? null : <LevelBadge rank={row.clearance} />}</td>
      <td className={css['extra']}>
        {row.lastSeenAt === null ? (
          <span className={css['quiet']}>{t('table.never')}</span>
        ) : (
          <>
            {formatMomentDay(row.lastSeenAt)} <span className={css['quiet']}>{formatTime(row.lastSeenAt)}</span>
          </>
        )}
      </td>
    </tr>
  );
}
