import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { registerLines, type RegisterChange, type RegisterRow } from '../../../contract/registers.ts';
import { ask } from '../../api.ts';
import { HistoryWindow } from '../../parts/history-window.tsx';

const settings = ['kind', 'startNumber', 'otherSystem'] as const;

/** One line for each setting that a change has changed. */
function linesOf({ rows }: { readonly rows: readonly RegisterChange[] }) {
  return rows.flatMap((change) =>
    settings.filter((name) => change.before[name] !== change.after[name]).map((name) => ({ ...change, name })),
  );
}

/** How the book was set before it gave its first number: before, after, who, when and why. */
export function BookHistory({
  book,
  opened,
  onClose,
}: {
  readonly book: RegisterRow;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['registers', 'common']);
  const answer = useQuery({
    queryKey: ['registers', 'history', book.id],
    queryFn: ({ signal }) => ask(registerLines.history, { params: { id: book.id }, signal }),
    select: linesOf,
    enabled: opened,
  });
  return (
    <HistoryWindow
      opened={opened}
      title={t('history.title', { book: t(`common:year-of-book.${book.direction}`, { year: book.year }) })}
      answer={answer}
      none={t('history.none')}
      labelOf={({ name }) => t(`history.${name}`)}
      valueOf={(row, side) =>
        row.name === 'kind' ? t(`choice.${row[side].kind}.word`) : String(row[side][row.name] ?? '—')
      }
      onClose={onClose}
    />
  );
}
