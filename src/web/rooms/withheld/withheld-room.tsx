import { useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { secrecyLines } from '../../../contract/secrecy.ts';
import { ask } from '../../api.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import { WithheldItem } from './withheld-item.tsx';
import { WithholdForm } from './withheld-forms.tsx';
import css from '../../parts/list-room.module.css';

/** What is withheld because it may bear a độ mật, and how it comes back. Nobody here is shown what stands in it. */
export function WithheldRoom() {
  const { t } = useTranslation('withheld');
  const manages = useMay('secrecy.manage');
  const [adding, setAdding] = useState(false);
  const answer = useQuery({
    queryKey: ['withheld'],
    queryFn: ({ signal }) => ask(secrecyLines.withheld, { signal }),
  });
  return (
    <div className={css['room']}>
      <div className={css['main']}>
        <div className={css['head']}>
          <div className={css['top']}>
            <div>
              <h1>{t('title')}</h1>
              <p className={css['sentence']}>{t(manages ? 'why' : 'whySecond')}</p>
            </div>
            {manages ? (
              <Button
                leftSection={<IconShieldExclamation size={16} aria-hidden="true" />}
                onClick={() => setAdding(true)}
              >
                {t('withhold.open')}
              </Button>
            ) : null}
          </div>
        </div>
        <div className={css['sheet']} tabIndex={-1}>
          {answer.isPending ? (
            <LoadingState />
          ) : answer.isError ? (
            <div className={css['inside']}>
              <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
            </div>
          ) : answer.data.rows.length === 0 ? (
            <EmptyState
              icon={<IconShieldExclamation size={30} stroke={1.4} aria-hidden="true" />}
              what={t('empty.what')}
              why={t(manages ? 'empty.why' : 'empty.whySecond')}
            />
          ) : (
            <ul className={css['plain']} aria-label={t('title')}>
              {answer.data.rows.map((one) => (
                <WithheldItem key={one.id} withheld={one} />
              ))}
            </ul>
          )}
        </div>
      </div>
      <WithholdForm opened={adding} onClose={() => setAdding(false)} />
    </div>
  );
}
