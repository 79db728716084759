import { useMemo } from 'react';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AuditRow } from '../../../contract/audit.ts';
import { formatMoment } from '../../parts/format.ts';
import { readingActions } from './audit-words.ts';
import css from './audit-room.module.css';

interface Reader {
  readonly id: string;
  readonly name: string;
  readonly unit: string | null;
  downloads: number;
  readonly last: string;
}

/** "Who has read this document": one line for each person, out of the rows below. */
export function Readers({
  rows,
  whole,
  onPerson,
}: {
  readonly rows: readonly AuditRow[];
  /** Whether every row of the question has been fetched. */
  readonly whole: boolean;
  readonly onPerson: (personId: string) => void;
}) {
  const { t } = useTranslation('audit');
  const readers = useMemo(() => readersIn(rows), [rows]);
  return (
    <section className={css['readers']} aria-label={t('readers.title')}>
      <h2>
        <IconEye size={16} aria-hidden="true" />
        {readers.length === 0 ? t('readers.none') : t('readers.some', { count: readers.length })}
        {!whole && <span className={css['partly']}>{t('readers.partly')}</span>}
      </h2>
      {readers.length > 0 && (
        <ul>
          {readers.map((reader) => (
            <li key={reader.id}>
              <button type="button" onClick={() => onPerson(reader.id)}>
                {reader.name}
              </button>
              <span>
                {[
                  reader.unit ?? '',
                  t('readers.last', { when: formatMoment(reader.last) }),
                  reader.downloads > 0 ? t('readers.downloads', { count: reader.downloads }) : '',
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Rows come newest first, so the first of a person is the latest. */
function readersIn(rows: readonly AuditRow[]): Reader[] {
  const readers = new Map<string, Reader>();
  for (const { person, action, outcome, at } of rows) {
    if (person === null || outcome !== 'done' || !readingActions.has(action)) continue;
    const reader = readers.get(person.id) ?? {
      id: person.id,
      name: person.fullName,
      unit: person.unit,
      downloads: 0,
      last: at,
    };
    if (action === 'content.downloaded') reader.downloads += 1;
    readers.set(person.id, reader);
  }
  return [...readers.values()];
}
