import type { ReactNode } from 'react';
import { Button, Select } from '@mantine/core';
import { IconUsers, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { EmptyState } from '../../parts/empty-state.tsx';
import { FindField } from '../../parts/find-field.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { MoreRows } from '../../parts/more-rows.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useEscape } from '../../parts/side-panel.tsx';
import { addressOf, peopleAddress } from '../addresses.ts';
import { askedOf, peopleStates, withAsked, type PeopleAsked } from './people-address.ts';
import { PeopleTable } from './people-table.tsx';
import { PersonPanel } from './person-panel.tsx';
import { useUnitChoices } from './unit-choices.ts';
import { usePeople } from './use-people.ts';
import css from '../../parts/list-room.module.css';

/** The people, narrowed by name, unit and state; the one that is chosen stands at the right. */
export function PeopleList({ head }: { readonly head: ReactNode }) {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const { id } = useParams();
  const [address, setAddress] = useSearchParams();
  const asked = askedOf(address);
  const { answer, rows } = usePeople(asked);
  const within = address.size === 0 ? '' : `?${address.toString()}`;
  const open = (personId: string): void => {
    void navigate(`${addressOf.person(personId)}${within}`, { replace: id !== undefined });
  };
  const close = (): void => {
    void navigate(`${peopleAddress.people}${within}`);
    document.querySelector<HTMLButtonElement>(`button[data-row="${id ?? ''}"]`)?.focus();
  };
  useEscape(id !== undefined, close);
  return (
    <div className={css['room']} data-open={id !== undefined}>
      <div className={css['main']}>
        {head}
        <Filters asked={asked} say={(said) => setAddress(withAsked(address, said), { replace: true })} />
        <div className={css['sheet']} tabIndex={-1}>
          {answer.isError && !answer.isFetchNextPageError ? (
            <div className={css['inside']}>
              <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
            </div>
          ) : answer.isPending ? (
            <LoadingState />
          ) : rows.length === 0 ? (
            <EmptyState
              icon={<IconUsers size={30} stroke={1.4} aria-hidden="true" />}
              what={t('empty.what')}
              why={t('empty.why')}
            />
          ) : (
            <PeopleTable rows={rows} openId={id ?? null} stale={answer.isPlaceholderData} onOpen={open} />
          )}
          <MoreRows answer={answer} className={css['next'] ?? ''} />
        </div>
      </div>
      {id !== undefined && <PersonPanel key={id} id={id} onClose={close} />}
    </div>
  );
}

function Filters({
  asked,
  say,
}: {
  readonly asked: PeopleAsked;
  readonly say: (said: Readonly<Partial<Record<keyof PeopleAsked, string | null>>>) => void;
}) {
  const { t } = useTranslation('people');
  const units = useUnitChoices();
  return (
    <div className={css['filters']} role="group" aria-label={t('filter.title')}>
      <FindField
        className={css['find'] ?? ''}
        label={t('filter.find')}
        hint={t('filter.hint')}
        words={asked.q}
        onSay={(q) => say({ q })}
      />
      <Select
        className={css['unitFilter'] ?? ''}
        withScrollArea={false}
        styles={{ options: { maxHeight: 320, overflowY: 'auto' } }}
        aria-label={t('filter.unit')}
        placeholder={t('filter.anyUnit')}
        searchable
        clearable
        nothingFoundMessage={t('filter.noUnit')}
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
        value={asked.unit ?? null}
        data={units}
        onChange={(unit) => say({ unit })}
      />
      <div className={css['states']} role="group" aria-label={t('filter.state')}>
        {peopleStates.map((state) => (
          <button
            key={state}
            type="button"
            className={css['state']}
            aria-pressed={asked.state === state}
            onClick={() => say({ state })}
          >
            {t(`state.${state}`)}
          </button>
        ))}
      </div>
      {(asked.q !== '' || asked.unit !== undefined) && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={15} aria-hidden="true" />}
          onClick={() => say({ q: null, unit: null })}
        >
          {t('filter.drop')}
        </Button>
      )}
    </div>
  );
}
