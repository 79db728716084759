import { useEffect, useRef, type ReactNode } from 'react';
import { ActionIcon, Button } from '@mantine/core';
import { IconFileText, IconMapPin, IconUser, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AuditRow } from '../../../contract/audit.ts';
import { isCalendarDate } from '../../../kernel/dates.ts';
import { formatDay, formatMomentDay, formatTimeExactly } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import type { FilterKey } from './audit-address.ts';
import { actionWord, factWord, reasonWord, recordWord, viaWord, type Words } from './audit-words.ts';
import css from './event-panel.module.css';

/** One event whole: who, what, when, from where and why it ended so. Never what stood in the document. */
export function EventPanel({
  row,
  onClose,
  onAsk,
}: {
  readonly row: AuditRow;
  readonly onClose: () => void;
  readonly onAsk: (said: Readonly<Partial<Record<FilterKey, string | null>>>) => void;
}) {
  const { t } = useTranslation('audit');
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [row.id]);
  const lines: readonly (readonly [string, ReactNode])[] = [
    [t('panel.time'), `${formatMomentDay(row.at)} ${formatTimeExactly(row.at)}`],
    [t('panel.person'), row.person?.fullName ?? viaWord(t, row.via)],
    [t('panel.unit'), row.person?.unit],
    [t('panel.record'), row.record === null ? null : recordWord(t, row.record)],
    [t('panel.level'), row.rank === null ? null : <LevelBadge rank={row.rank} />],
    [t('panel.outcome'), t(`outcome.${row.outcome}`)],
    [t('panel.reason'), row.reason === null ? null : reasonWord(t, row.reason)],
    [t('panel.address'), row.address === 'local' ? t('table.local') : row.address],
    [t('panel.via'), viaWord(t, row.via)],
    [t('panel.folded'), row.folded > 1 ? t('table.folded', { count: row.folded }) : null],
    [t('panel.id'), row.id],
  ];
  const facts = Object.entries(row.facts);
  return (
    <aside
      ref={panel}
      className={css['panel']}
      aria-label={t('panel.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={css['panelHead']}>
        <h2>{actionWord(t, row.action)}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('panel.close')} onClick={onClose}>
          <IconX size={17} aria-hidden="true" />
        </ActionIcon>
      </div>
      <dl className={css['lines']}>
        {lines
          .filter(([, value]) => value !== null && value !== undefined && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {facts.length > 0 && (
        <>
          <h3>{t('panel.facts')}</h3>
          <dl className={css['lines']}>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{factWord(t, name)}</dt>
                <dd>{said(t, value)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <div className={css['asks']}>
        {row.person !== null && (
          <Button
            variant="default"
            leftSection={<IconUser size={16} aria-hidden="true" />}
            onClick={() => onAsk({ ...nothing, personId: row.person?.id ?? null })}
          >
            {t('panel.allOfPerson')}
          </Button>
        )}
        {row.record !== null && (
          <Button
            variant="default"
            leftSection={<IconFileText size={16} aria-hidden="true" />}
            onClick={() => onAsk({ ...nothing, recordId: row.record?.id ?? null })}
          >
            {t('panel.allOnRecord')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconMapPin size={16} aria-hidden="true" />}
          onClick={() => onAsk({ ...nothing, address: row.address })}
        >
          {t('panel.allFromAddress')}
        </Button>
      </div>
      <p className={css['never']}>{t('panel.never')}</p>
    </aside>
  );
}

const nothing = {
  personId: null,
  recordId: null,
  reference: null,
  action: null,
  outcome: null,
  address: null,
} as const;

/** References, days and figures only; a group of them on lines of its own. */
function said(t: Words, value: AuditRow['facts'][string]): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return value ? t('panel.yes') : t('panel.no');
  if (typeof value === 'string' && isCalendarDate(value)) return formatDay(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((one) => said(t, one)).join(', ');
  const pairs = Object.entries(value);
  return pairs.length === 0 ? '—' : pairs.map(([name, one]) => `${factWord(t, name)}: ${said(t, one)}`).join('\n');
}
