import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconFiles,
  IconFolderMinus,
  IconLink,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react';
import { useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dossierLines, type DossierItem, type DossierView } from '../../../contract/dossiers.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatDay } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useKeys } from '../../shell/keys.ts';
import { addressOf } from '../addresses.ts';
import { moved, type Step } from './dossier-rules.ts';
import { EditNote, TakeOut } from './dossier-forms.tsx';
import { SheetCell } from './sheet-cell.tsx';
import { itemsKey, useChanged, useItems } from './use-dossiers.ts';
import css from './item-table.module.css';

type Pages = InfiniteData<ReplyOf<typeof dossierLines.items>>;

/** The documents in their order, under the columns of the form; the arrow keys walk, with Alt they carry the row along. */
export function ItemTable({ dossier, onFill }: { readonly dossier: DossierView; readonly onFill: () => void }) {
  const { t } = useTranslation('dossiers');
  const { answer, rows } = useItems(dossier.id);
  const body = useRef<HTMLTableSectionElement>(null);
  const [leaving, setLeaving] = useState<DossierItem | null>(null);
  const [noting, setNoting] = useState<DossierItem | null>(null);
  const { move, said } = useMoves(dossier, rows, !answer.hasNextPage, body);
  const fills = dossier.may.fill;
  const here = (): string | undefined =>
    document.activeElement?.closest<HTMLElement>('tr[data-record]')?.dataset['record'];
  const carry = (step: Step) => () => {
    const id = here();
    if (id !== undefined) move.mutate({ recordId: id, step });
  };
  useKeys(
    fills && rows.length > 1
      ? [
          { keys: 'alt+ArrowUp', label: t('move.up'), run: carry('up') },
          { keys: 'alt+ArrowDown', label: t('move.down'), run: carry('down') },
        ]
      : [],
  );
  const walk = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const at = rows.findIndex(({ recordId }) => recordId === here());
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (at < 0 || to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    focusRow(body.current, rows[Math.min(Math.max(0, to), rows.length - 1)]?.recordId);
  };
  if (answer.isPending) return <LoadingState />;
  if (answer.isError && rows.length === 0)
    return (
      <div className={css['pad']}>
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      </div>
    );
  if (rows.length === 0)
    return (
      <EmptyState
        icon={<IconFiles size={30} stroke={1.4} aria-hidden="true" />}
        what={t('items.empty')}
        why={t(fills ? 'items.empty-why' : dossier.state === 'planned' ? 'items.empty-planned' : 'items.empty-reader')}
      >
        {fills ? (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={onFill}>
            {t('act.fill')}
          </Button>
        ) : null}
      </EmptyState>
    );
  return (
    <>
      {move.isError ? (
        <div className={css['pad']}>
          <ProblemNote problem={move.error} conflict={t('move.conflict')} />
        </div>
      ) : null}
      <table className={`rows ${css['items'] ?? ''}`}>
        <caption className="unseen">{t('items.caption', { title: dossier.title })}</caption>
        <thead>
          <tr>
            <th scope="col" className={css['ordinal']}>
              {t('items.ordinal')}
            </th>
            <th scope="col">{t('items.number')}</th>
            <th scope="col" className={css['wide']}>
              {t('items.day')}
            </th>
            <th scope="col">{t('items.subject')}</th>
            <th scope="col" className={css['wide']}>
              {t('items.issuer')}
            </th>
            <th scope="col" className={css['wide']}>
              {t('items.sheets')}
            </th>
            <th scope="col">{t('items.level')}</th>
            {fills ? (
              <th scope="col" className={css['wide']}>
                <span className="unseen">{t('items.acts')}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={walk}>
          {rows.map((item, index) => (
            <tr key={item.recordId} data-record={item.recordId}>
              <td className={css['ordinal']}>{item.ordinal}</td>
              <td className={css['number']}>
                <Link to={addressOf.record(item.recordId)} data-row={item.recordId}>
                  {item.numberAndSymbol ?? (item.paperOnly ? t('items.paper') : t('items.no-number'))}
                </Link>
                <ItemMarks item={item} />
              </td>
              <td className={css['wide']}>{formatDay(item.issuedDate)}</td>
              <td className={css['subject']}>
                {item.documentType === null || item.documentType === '' ? '' : `${item.documentType}: `}
                {item.subject}
                {item.note === null || item.note === '' ? null : <span className={css['note']}>{item.note}</span>}
              </td>
              <td className={`${css['issuer'] ?? ''} ${css['wide'] ?? ''}`}>{item.issuer}</td>
              <td className={`${css['sheets'] ?? ''} ${css['wide'] ?? ''}`}>
                <SheetCell dossier={dossier} item={item} rows={rows} />
              </td>
              <td>
                <LevelBadge rank={item.rank} />
              </td>
              {fills ? (
                <td className={`${css['acts'] ?? ''} ${css['wide'] ?? ''}`}>
                  <RowActs
                    item={item}
                    first={index === 0}
                    last={index === rows.length - 1}
                    whole={!answer.hasNextPage}
                    onMove={(step) => move.mutate({ recordId: item.recordId, step })}
                    onNote={() => setNoting(item)}
                    onTake={() => setLeaving(item)}
                  />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      <div className={css['foot']}>
        <p>
          {t('items.count', { count: dossier.records })}
          {dossier.pages > 0 ? ` · ${t('items.pages', { count: dossier.pages })}` : ''}
        </p>
        {answer.hasNextPage ? (
          <Button variant="default" loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
            {t('items.more', { count: dossier.records - rows.length })}
          </Button>
        ) : null}
        {fills && rows.length > 1 ? (
          <p className={css['wide']}>
            <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> {t('move.how')}
          </p>
        ) : null}
      </div>
      <p className="unseen" role="status">
        {said}
      </p>
      <EditNote item={noting} dossier={dossier} onClose={() => setNoting(null)} />
      <TakeOut item={leaving} dossier={dossier} onClose={() => setLeaving(null)} />
    </>
  );
}

function focusRow(body: HTMLElement | null, recordId: string | undefined): void {
  body?.querySelector<HTMLElement>(`a[data-row="${recordId ?? ''}"]`)?.focus();
}

/** The row moves at once and goes back where the house refuses; whoever carries it keeps it under their fingers. */
function useMoves(
  dossier: DossierView,
  rows: readonly DossierItem[],
  whole: boolean,
  body: { readonly current: HTMLElement | null },
) {
  const { t } = useTranslation('dossiers');
  const client = useQueryClient();
  const changed = useChanged();
  const [said, setSaid] = useState('');
  const carried = useRef<string | null>(null);
  const key = itemsKey(dossier.id);
  useEffect(() => {
    if (carried.current === null) return;
    focusRow(body.current, carried.current);
    carried.current = null;
  }, [rows, body]);
  const move = useMutation({
    // One after another: each bears the version that the one before has made.
    scope: { id: `order ${dossier.id}` },
    mutationFn: async ({ recordId, step }: { readonly recordId: string; readonly step: Step }) => {
      const standing = client.getQueryData<Pages>(key)?.pages.flatMap((page) => page.rows) ?? [];
      const next = moved(standing, recordId, step, whole);
      if (next === undefined) return undefined;
      await client.cancelQueries({ queryKey: key });
      carried.current = recordId;
      client.setQueryData<Pages>(key, (pages) => pages && laidOut(pages, next.rows));
      setSaid(t('move.said', { ordinal: next.ordinal }));
      const version = client.getQueryData<DossierView>(['dossiers', 'one', dossier.id])?.version ?? dossier.version;
      return ask(dossierLines.move, {
        params: { id: dossier.id, recordId },
        body: { before: next.before, version },
      });
    },
    onSuccess: (answer) => {
      if (answer) changed(answer);
    },
    onError: () => {
      setSaid('');
      changed();
    },
  });
  return { move, said };
}

/** The same rows in a new order on the same pages. */
function laidOut(pages: Pages, rows: readonly DossierItem[]): Pages {
  let from = 0;
  return {
    ...pages,
    pages: pages.pages.map((page) => {
      const some = rows.slice(from, from + page.rows.length);
      from += page.rows.length;
      return { ...page, rows: some };
    }),
  };
}

/** What a row is besides a document with a number. */
function ItemMarks({ item }: { readonly item: DossierItem }) {
  const { t } = useTranslation(['dossiers', 'common']);
  return (
    <>
      {item.arrivalNumber === null || item.numberAndSymbol !== null ? null : (
        <span className={css['under']}>{t('items.arrival', { number: item.arrivalNumber })}</span>
      )}
      {item.paperOnly && item.numberAndSymbol !== null ? (
        <span className={css['under']}>{t('items.paper')}</span>
      ) : null}
      {item.home ? null : (
        <span className={css['link']} title={t('items.link-why')}>
          <IconLink size={13} stroke={2} aria-hidden="true" /> {t('items.link')}
        </span>
      )}
      {item.state === 'declared' || item.state === 'joined' ? null : (
        <span className={css['waits']}>{t(`common:state.${item.state}`)}</span>
      )}
    </>
  );
}

function RowActs({
  item,
  first,
  last,
  whole,
  onMove,
  onNote,
  onTake,
}: {
  readonly item: DossierItem;
  readonly first: boolean;
  readonly last: boolean;
  readonly whole: boolean;
  readonly onMove: (step: Step) => void;
  readonly onNote: () => void;
  readonly onTake: () => void;
}) {
  const { t } = useTranslation('dossiers');
  const icon = { size: 16, stroke: 1.8, 'aria-hidden': true } as const;
  const name = t('items.acts-of', { what: item.numberAndSymbol ?? item.subject });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={name}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={name}>
        <Menu.Item disabled={first} leftSection={<IconArrowUp {...icon} />} onClick={() => onMove('up')}>
          {t('move.up')}
        </Menu.Item>
        <Menu.Item disabled={last} leftSection={<IconArrowDown {...icon} />} onClick={() => onMove('down')}>
          {t('move.down')}
        </Menu.Item>
        <Menu.Item disabled={first} leftSection={<IconArrowBarToUp {...icon} />} onClick={() => onMove('first')}>
          {t('move.first')}
        </Menu.Item>
        <Menu.Item
          disabled={last || !whole}
          leftSection={<IconArrowBarToDown {...icon} />}
          onClick={() => onMove('last')}
        >
          {t('move.last')}
        </Menu.Item>
        <Menu.Divider role="separator" />
        <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onNote}>
          {t('note.word')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderMinus {...icon} />} onClick={onTake}>
          {t('take.word')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
