import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconBuildingBank, IconNotebook, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { registerLines, type RegisterRow } from '../../../contract/registers.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import { addressOf, correspondentsAddress } from '../addresses.ts';
import { Book } from './book.tsx';
import { booksByYear } from './entry-lines.ts';
import { SetUpRegister } from './register-forms.tsx';
import css from './registers.module.css';

/** The legal books: years and directions at the left, the chosen book as Phụ lục IV has it at the right. */
export function RegistersRoom() {
  const { t } = useTranslation('registers');
  const { id } = useParams();
  const [settingUp, setSettingUp] = useState(false);
  const keepsNames = useMay('correspondent.keep');
  const answer = useQuery({
    queryKey: ['registers', 'list'],
    queryFn: ({ signal }) => ask(registerLines.registers, { signal }),
  });
  const years = booksByYear(answer.data?.rows ?? []);
  const first = years[0]?.books[0];
  const open = answer.data?.rows.find((row) => row.id === id) ?? (id === undefined ? first : undefined);
  return (
    <div className={css['room']}>
      <section className={css['books']} aria-labelledby="books-title">
        <h1 id="books-title">{t('title')}</h1>
        <div className={css['acts']}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => setSettingUp(true)}
          >
            {t('set-up')}
          </Button>
          {keepsNames ? (
            <Button
              component={Link}
              to={correspondentsAddress.list}
              variant="subtle"
              color="gray"
              size="xs"
              leftSection={<IconBuildingBank size={14} aria-hidden="true" />}
            >
              {t('correspondents')}
            </Button>
          ) : null}
        </div>
        <nav className={css['years']} aria-label={t('list')}>
          {years.map(({ year, books }) => (
            <section key={year} aria-labelledby={`year-${String(year)}`}>
              <h2 id={`year-${String(year)}`}>{year}</h2>
              <ul>
                {books.map((book) => (
                  <li key={book.id}>
                    <BookLink book={book} here={book.id === open?.id} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </nav>
      </section>
      <div className={css['book']}>
        {answer.isPending ? (
          <LoadingState />
        ) : answer.isError ? (
          <div className={css['pad']}>
            <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
          </div>
        ) : open ? (
          <Book key={open.id} book={open} />
        ) : (
          <EmptyState
            icon={<IconNotebook size={30} stroke={1.4} aria-hidden="true" />}
            what={t(years.length === 0 ? 'empty.what' : 'missing.what')}
            why={t(years.length === 0 ? 'empty.why' : 'missing.why')}
          >
            {years.length === 0 ? <Button onClick={() => setSettingUp(true)}>{t('set-up')}</Button> : null}
          </EmptyState>
        )}
      </div>
      <SetUpRegister books={answer.data?.rows ?? []} opened={settingUp} onClose={() => setSettingUp(false)} />
    </div>
  );
}

function BookLink({ book, here }: { readonly book: RegisterRow; readonly here: boolean }) {
  const { t } = useTranslation(['registers', 'common']);
  return (
    <Link to={addressOf.register(book.id)} className={css['bookLink'] ?? ''} aria-current={here ? 'page' : undefined}>
      <b>{t(`common:direction.${book.direction}`)}</b>
      <span>
        {[
          t('entries', { count: book.entries }),
          book.lastNumber === null ? '' : t('last', { number: book.lastNumber }),
          book.kind === 'external' && book.direction === 'incoming' && book.otherSystem !== null
            ? book.otherSystem
            : '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
    </Link>
  );
}
