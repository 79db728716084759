import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconDownload, IconShieldSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { auditLines } from '../../../contract/audit.ts';
import { urlOf } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { formatCount, formatDay, formatMomentDay, formatTime } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import { addressNow } from '../search/address-now.ts';
import { askedOf, hourKey, hourOf, withFilters, type FilterKey } from './audit-address.ts';
import { recordWord } from './audit-words.ts';
import { barsOf, daysOf, type Bar } from './bars-of.ts';
import { EventPanel } from './event-panel.tsx';
import { EventTable } from './event-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Readers } from './readers.tsx';
import { TimeBars } from './time-bars.tsx';
import { useRows, useSummary } from './use-log.ts';
import css from './audit-room.module.css';

/** Who did what, when and from where. What stands in the documents is never here. */
export function AuditRoom() {
  const { t } = useTranslation('audit');
  const [address, setAddress] = useSearchParams();
  const [now] = useState(() => new Date());
  const [openId, setOpenId] = useState<string | null>(null);
  const asked = askedOf(address, now);
  const hour = hourOf(address);
  const summary = useSummary(asked);
  const drawn = barsOf(summary.data?.bars ?? [], asked.from, asked.until);
  const { answer, rows, more, readingOn } = useRows(asked, hour, drawn.step);
  const mayExport = useMay('audit.export');
  const open = rows.find(({ id }) => id === openId);
  const change = (next: URLSearchParams): void => {
    setAddress(next);
  };
  const say = (said: Readonly<Partial<Record<FilterKey, string | null>>>): void => {
    change(withFilters(addressNow(), said));
  };
  const chooseBar = (unit: 'hour' | 'day' | 'days', bar: Bar): void => {
    if (unit !== 'hour') {
      say(daysOf(bar));
      return;
    }
    const start = new Date(bar.start).toISOString();
    const next = addressNow();
    if (hour === start) next.delete(hourKey);
    else next.set(hourKey, start);
    change(next);
  };
  const aboutOne = asked.recordId !== undefined || asked.reference !== undefined;
  const named = rows.find(({ record }) => record?.id === asked.recordId)?.record;
  const recordName = named ? recordWord(t, named) : null;

  return (
    <div className={css['room']} data-open={open !== undefined}>
      <div className={css['main']}>
        <div className={css['top']}>
          <div>
            <h1>{t('title')}</h1>
            <p className={css['sentence']} role="status">
              {summary.data === undefined
                ? ''
                : t(summary.data.refused === 0 ? 'sentence.quiet' : 'sentence.some', {
                    range: rangeWords(t, asked.from, asked.until),
                    total: formatCount(summary.data.total),
                    refused: formatCount(summary.data.refused),
                  })}
            </p>
          </div>
          {mayExport && (
            <Button
              component="a"
              download
              href={urlOf(auditLines.export, { query: asked })}
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden="true" />}
            >
              {t('export')}
            </Button>
          )}
        </div>
        <FilterBar asked={asked} now={now} say={say} recordName={recordName} />
        <div className={css['sheet']}>
          {summary.data !== undefined && (
            <TimeBars
              bars={drawn.bars}
              unit={drawn.unit}
              here={hour === null ? null : Date.parse(hour)}
              onChoose={(bar) => chooseBar(drawn.unit, bar)}
            />
          )}
          {summary.isError && <ProblemNote problem={summary.error} onRetry={() => void summary.refetch()} />}
          {hour !== null && (
            <p className={css['hour']}>
              {t('hour.only', {
                day: formatMomentDay(hour),
                from: formatTime(hour),
                until: formatTime(new Date(Date.parse(hour) + drawn.step).toISOString()),
              })}
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconX size={14} aria-hidden="true" />}
                onClick={() => say({})}
              >
                {t('hour.whole')}
              </Button>
            </p>
          )}
          {aboutOne && rows.length > 0 && (
            <Readers rows={rows} whole={!more} onPerson={(personId) => say({ personId })} />
          )}
          <div className={css['tablePlace']} tabIndex={-1}>
            {answer.isError && !answer.isFetchNextPageError ? (
              <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
            ) : answer.isPending || (rows.length === 0 && readingOn) ? (
              <LoadingState />
            ) : rows.length === 0 ? (
              <EmptyState
                icon={<IconShieldSearch size={30} stroke={1.4} aria-hidden="true" />}
                what={t('empty.what')}
                why={t('empty.why')}
              />
            ) : (
              <EventTable
                rows={rows}
                withDay={asked.from !== asked.until}
                openId={open?.id ?? null}
                stale={answer.isPlaceholderData}
                onOpen={setOpenId}
              />
            )}
            {answer.isFetchNextPageError && (
              <ProblemNote problem={answer.error} onRetry={() => void answer.fetchNextPage()} />
            )}
            {rows.length > 0 && more && (
              <Button
                variant="default"
                className={css['next'] ?? ''}
                loading={answer.isFetchingNextPage}
                onClick={() => void answer.fetchNextPage()}
              >
                {t('more')}
              </Button>
            )}
          </div>
        </div>
      </div>
      {open !== undefined && (
        <EventPanel
          row={open}
          onClose={() => {
            setOpenId(null);
            document.querySelector<HTMLButtonElement>(`button[data-row="${open.id}"]`)?.focus();
          }}
          onAsk={say}
        />
      )}
    </div>
  );
}

function rangeWords(t: ReturnType<typeof useTranslation<'audit'>>['t'], from: string, until: string): string {
  return from === until
    ? t('sentence.day', { day: formatDay(from) })
    : t('sentence.range', { from: formatDay(from), until: formatDay(until) });
}
