import { useState } from 'react';
import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dossierLines, type DossierRow } from '../../../contract/dossiers.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import { ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { FindBox } from '../../parts/find-field.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useRested } from '../../parts/use-rested.ts';
import { hasHome, HomeOrLink } from './add-items.tsx';
import { DossierAct } from './dossier-act.tsx';
import { useOpenDossiers, useOwnDossiers } from './use-dossiers.ts';
import css from './add-items.module.css';

/** From the document's side: one's own open dossiers first, others by a word of code or title. */
export function PutRecord({
  recordId,
  rows,
  onClose,
}: {
  readonly recordId: string;
  /** Where it stands now. */
  readonly rows: ReplyOf<typeof dossierLines.ofRecord>['rows'];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened title={t('of-record.dialog')} size="lg" keep onClose={onClose}>
      <Putting recordId={recordId} rows={rows} onClose={onClose} />
    </ActWindow>
  );
}

function Putting({ recordId, rows, onClose }: Parameters<typeof PutRecord>[0]) {
  const { t } = useTranslation('dossiers');
  const home = rows.find((row) => row.home);
  const [chosen, setChosen] = useState<DossierRow | null>(null);
  const [as, setAs] = useState<'home' | 'link'>(home === undefined ? 'home' : 'link');
  const [elsewhere, setElsewhere] = useState(false);
  const moving = as === 'home' && home !== undefined && home.id !== chosen?.id;
  return (
    <DossierAct
      act={(reason) =>
        ask(dossierLines.put, {
          params: { id: chosen?.id ?? '' },
          body: { recordIds: [recordId], as, ...(reason === '' ? {} : { reason }) },
        })
      }
      doWord={t('of-record.do')}
      ready={chosen !== null}
      reason={as === 'home' && (moving || elsewhere) ? 'needed' : 'none'}
      reasonWhy={moving ? t('fill.moving', { count: 1 }) : t('fill.reason-why')}
      onRefused={(problem) => setElsewhere(hasHome(problem))}
      said={({ notation }) => t('of-record.done', { notation })}
      named={(path) => (path === 'recordIds.0' ? '' : undefined)}
      onClose={onClose}
    >
      {({ tried }) => (
        <>
          <Choices
            chosen={chosen}
            without={new Set(rows.filter((row) => row.home || as === 'link').map(({ id }) => id))}
            onChoose={setChosen}
          />
          {tried && chosen === null ? (
            <p role="alert" className={css['needed']}>
              {t('of-record.needed')}
            </p>
          ) : null}
          <HomeOrLink value={as} onChange={setAs} />
          {moving ? <p>{t('of-record.moving', { notation: home.notation, title: home.title })}</p> : null}
        </>
      )}
    </DossierAct>
  );
}

function Choices({
  chosen,
  without,
  onChoose,
}: {
  readonly chosen: DossierRow | null;
  readonly without: ReadonlySet<string>;
  readonly onChoose: (dossier: DossierRow) => void;
}) {
  const { t } = useTranslation('dossiers');
  const [typed, setTyped] = useState('');
  const words = useRested(typed.trim());
  const own = useOwnDossiers('open');
  const found = useOpenDossiers(words, words !== '');
  const answer = words === '' ? own : found;
  const offered = (answer.data?.rows ?? []).filter(({ id }) => !without.has(id));
  return (
    <div>
      <FindBox
        label={t('of-record.find')}
        hint={t('of-record.find-hint')}
        value={typed}
        longest={100}
        onChange={setTyped}
      />
      {answer.isPending ? (
        <LoadingState />
      ) : answer.isError ? (
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : offered.length === 0 ? (
        <p className={css['nothing']}>{t(words === '' ? 'of-record.no-own' : 'of-record.no-choice')}</p>
      ) : (
        <Radio.Group
          aria-label={t('of-record.choices')}
          value={chosen?.id ?? ''}
          onChange={(id) => {
            const one = offered.find((row) => row.id === id);
            if (one) onChoose(one);
          }}
        >
          <div className={css['hits']}>
            {offered.map((row) => (
              <div key={row.id} className={css['hit']}>
                <Radio
                  value={row.id}
                  label={
                    <>
                      <b>{row.notation}</b> <span className={css['subject']}>{row.title}</span>
                      <span className={css['facts']}>
                        {[String(row.year), row.owner?.fullName ?? '', row.unit?.name ?? '']
                          .filter((part) => part !== '')
                          .join(' · ')}
                      </span>
                    </>
                  }
                />
              </div>
            ))}
          </div>
        </Radio.Group>
      )}
    </div>
  );
}
