import { Fragment, type KeyboardEvent } from 'react';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../../../contract/people.ts';
import { formatMomentDay, formatTime } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import css from './people-room.module.css';

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
  const walk = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button[data-row]')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (at < 0 || to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = buttons[Math.min(Math.max(0, to), buttons.length - 1)];
    next?.focus();
    // While the panel is open it follows the row that the keys stand on.
    if (openId !== null && next?.dataset['row'] !== undefined) onOpen(next.dataset['row']);
  };
  return (
    <table className={`rows ${css['people'] ?? ''}`} data-stale={stale}>
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
      <tbody onKeyDown={walk}>
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
