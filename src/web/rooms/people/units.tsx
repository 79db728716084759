import { useState, type ReactNode } from 'react';
import { Button, Switch } from '@mantine/core';
import { IconBuilding, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useEscape } from '../../parts/side-panel.tsx';
import { useMay } from '../../session.tsx';
import { AddUnit } from './unit-forms.tsx';
import { UnitPanel } from './unit-panel.tsx';
import { UnitTree } from './unit-tree.tsx';
import { useUnits } from './use-people.ts';
import css from '../../parts/list-room.module.css';

/** The unit that is chosen stands in the address. */
const chosenKey = 'don-vi';

/** The tree of units at the left, the one that is chosen at the right; ended ones behind a switch. */
export function Units({ head }: { readonly head: (act: ReactNode) => ReactNode }) {
  const { t } = useTranslation('people');
  const manage = useMay('people.manage');
  const answer = useUnits();
  const [address, setAddress] = useSearchParams();
  const [withEnded, setWithEnded] = useState(false);
  const [adding, setAdding] = useState(false);
  const rows = answer.data?.rows ?? [];
  const chosen = rows.find(({ id }) => id === address.get(chosenKey));
  const choose = (id: string | null): void => {
    setAddress(id === null ? {} : { [chosenKey]: id }, { replace: true });
  };
  const close = (): void => {
    choose(null);
    document.querySelector<HTMLElement>(`[data-node="${chosen?.id ?? ''}"]`)?.focus();
  };
  useEscape(chosen !== undefined, close);
  const showEnded = withEnded || (chosen !== undefined && chosen.until !== null);
  return (
    <div className={css['room']} data-open={chosen !== undefined}>
      <div className={css['main']}>
        {head(
          manage ? (
            <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
              {t('units.add')}
            </Button>
          ) : null,
        )}
        {rows.some(({ until }) => until !== null) && (
          <div className={css['filters']}>
            <Switch
              size="sm"
              label={t('units.showEnded')}
              checked={showEnded}
              onChange={(event) => {
                setWithEnded(event.currentTarget.checked);
                if (!event.currentTarget.checked && chosen?.until !== null) choose(null);
              }}
            />
          </div>
        )}
        <div className={css['sheet']}>
          {answer.isPending ? (
            <LoadingState />
          ) : answer.isError ? (
            <div className={css['inside']}>
              <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
            </div>
          ) : rows.length === 0 ? (
            <EmptyState
              icon={<IconBuilding size={30} stroke={1.4} aria-hidden="true" />}
              what={t('units.emptyWhat')}
              why={t('units.emptyWhy')}
            />
          ) : (
            <UnitTree units={rows} withEnded={showEnded} chosenId={chosen?.id ?? null} onChoose={choose} />
          )}
        </div>
      </div>
      {chosen !== undefined && (
        <UnitPanel key={chosen.id} unit={chosen} units={rows} onChoose={choose} onClose={close} />
      )}
      <AddUnit opened={adding} parent={null} onClose={() => setAdding(false)} onAdded={choose} />
    </div>
  );
}
