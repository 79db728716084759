import type { ReactNode } from 'react';
import { IconBuildingBank } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { Correspondent } from '../../../contract/correspondents.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { FindField } from '../../parts/find-field.tsx';
import { formatCount } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { MoreRows } from '../../parts/more-rows.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useEscape } from '../../parts/side-panel.tsx';
import { walkRows } from '../../parts/walk-rows.ts';
import { addressOf, correspondentsAddress } from '../addresses.ts';
import { CorrespondentPanel } from './correspondent-panel.tsx';
import { otherNames } from './name-words.ts';
import { useCorrespondents } from './use-correspondents.ts';
import css from '../../parts/list-room.module.css';
import own from './correspondents.module.css';

/** The bodies, narrowed by any name they bear or bore; the one that is chosen stands at the right. */
export function CorrespondentList({ head }: { readonly head: ReactNode }) {
  const { t } = useTranslation('correspondents');
  const navigate = useNavigate();
  const { id } = useParams();
  const [address, setAddress] = useSearchParams();
  const words = (address.get('q') ?? '').trim().slice(0, 200);
  const answer = useCorrespondents(words);
  const rows = answer.data?.pages.flatMap((page) => page.rows) ?? [];
  const within = address.size === 0 ? '' : `?${address.toString()}`;
  const open = (chosen: string): void => {
    void navigate(`${addressOf.correspondent(chosen)}${within}`, { replace: id !== undefined });
  };
  const close = (): void => {
    void navigate(`${correspondentsAddress.list}${within}`);
    document.querySelector<HTMLButtonElement>(`button[data-row="${id ?? ''}"]`)?.focus();
  };
  useEscape(id !== undefined, close);
  return (
    <div className={css['room']} data-open={id !== undefined}>
      <div className={css['main']}>
        {head}
        <div className={css['filters']}>
          <FindField
            className={css['find'] ?? ''}
            label={t('find')}
            hint={t('find-hint')}
            words={words}
            onSay={(q) => setAddress(q === '' ? {} : { q }, { replace: true })}
          />
        </div>
        <div className={css['sheet']} tabIndex={-1}>
          {answer.isError && rows.length === 0 ? (
            <div className={css['inside']}>
              <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
            </div>
          ) : answer.isPending ? (
            <LoadingState />
          ) : rows.length === 0 ? (
            <EmptyState
              icon={<IconBuildingBank size={30} stroke={1.4} aria-hidden="true" />}
              what={t(words === '' ? 'empty.what' : 'empty.none')}
              why={t(words === '' ? 'empty.why' : 'empty.none-why')}
            />
          ) : (
            <Table rows={rows} openId={id ?? null} stale={answer.isPlaceholderData} onOpen={open} />
          )}
          <MoreRows answer={answer} className={css['next'] ?? ''} />
        </div>
      </div>
      {id === undefined ? null : <CorrespondentPanel key={id} id={id} onOpen={open} onClose={close} />}
    </div>
  );
}

function Table({
  rows,
  openId,
  stale,
  onOpen,
}: {
  readonly rows: readonly Correspondent[];
  readonly openId: string | null;
  readonly stale: boolean;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation('correspondents');
  return (
    <table className={`rows ${css['list'] ?? ''}`} data-stale={stale}>
      <caption className="unseen">{t('title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column.name')}</th>
          <th scope="col" className={css['extra']}>
            {t('column.code')}
          </th>
          <th scope="col">{t('column.others')}</th>
          <th scope="col" className={own['count']}>
            {t('column.records')}
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={(event) => walkRows(event, openId, onOpen)}>
        {rows.map((row) => {
          const others = otherNames(row);
          return (
            <tr key={row.id} data-open={row.id === openId} onClick={() => onOpen(row.id)}>
              <td className={own['nameCell']}>
                <button
                  type="button"
                  className={css['name']}
                  data-row={row.id}
                  aria-expanded={row.id === openId}
                  onClick={(event) => {
                    event.stopPropagation();
                    onOpen(row.id);
                  }}
                >
                  {row.name}
                </button>
              </td>
              <td className={css['extra']}>
                {row.code === null ? (
                  <span className={css['quiet']}>{row.listed ? t('no-code') : t('not-listed')}</span>
                ) : (
                  <code>{row.code}</code>
                )}
              </td>
              <td className={own['others']}>
                {others.length === 0 ? <span className={css['quiet']}>—</span> : others.join('; ')}
              </td>
              <td className={own['count']}>{formatCount(row.records)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
