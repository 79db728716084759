import { IconUpload } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { TrayItem } from '../../../contract/intake.ts';
import { FileStage } from '../../parts/file-stage.tsx';
import { addressOf } from '../addresses.ts';
import type { Tray } from './use-tray.ts';
import classes from './waiting-column.module.css';

/**
 * One line for each record, in order of receipt: numbers are given as documents came (Nghị định 30/2020, Điều 22). A
 * draft with attachments is one record.
 */
export function draftsOf(rows: readonly TrayItem[]): readonly TrayItem[] {
  const seen = new Map<string, TrayItem>();
  for (const row of rows.toSorted((one, other) => one.receivedAt.localeCompare(other.receivedAt)))
    if (row.state === 'draft' && !seen.has(row.recordId)) seen.set(row.recordId, row);
  return [...seen.values()];
}

/** The next of the stack: after this one, else from the top; what has been read before what has not. */
export function nextDraft(rows: readonly TrayItem[], after?: string): TrayItem | undefined {
  const drafts = draftsOf(rows);
  const at = drafts.findIndex((one) => one.recordId === after);
  const order = [...drafts.slice(at + 1), ...drafts.slice(0, Math.max(0, at))];
  return order.find(({ stage }) => stage === 'ready' || stage === 'kept-unread') ?? order[0];
}

/** What still waits, beside the form: the stack on the desk. */
export function WaitingColumn({ tray, recordId }: { readonly tray: Tray | undefined; readonly recordId: string }) {
  const { t } = useTranslation('intake');
  const drafts = draftsOf(tray?.rows ?? []);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' });
  }, [recordId, drafts.length]);
  return (
    <section className={classes['waiting']} aria-labelledby="waiting-title">
      <div className={classes['waitingHead']}>
        <h2 id="waiting-title">{t('registration.queue')}</h2>
        <span className="sm mut">
          {tray ? t('registration.queue-count', { waiting: tray.waiting, registered: tray.registeredToday }) : ''}
        </span>
      </div>
      <ul ref={list} className={classes['waitingList']}>
        {drafts.map((item) => (
          <li key={item.recordId}>
            <NavLink to={addressOf.registration(item.recordId)} className={classes['waitingLink'] ?? ''}>
              <b>{item.fileName}</b>
              <FileStage stage={item.stage} pages={item.pages} pagesRead={item.pagesRead} />
              {item.stage === 'recognising' && item.pages !== null && item.pages > 0 ? (
                <span className={classes['bar']} aria-hidden="true">
                  <i style={{ width: `${String(Math.round((item.pagesRead / item.pages) * 100))}%` }} />
                </span>
              ) : null}
              {item.problem === null ? null : (
                <span className={classes['waitingProblem']} data-stage={item.stage}>
                  {item.problem}
                </span>
              )}
            </NavLink>
          </li>
        ))}
        {tray && drafts.length === 0 ? <li className="sm mut">{t('registration.queue-empty')}</li> : null}
      </ul>
      <div className={classes['dropHint']}>
        <IconUpload size={18} aria-hidden="true" />
        {t('drop-hint')}
      </div>
    </section>
  );
}
