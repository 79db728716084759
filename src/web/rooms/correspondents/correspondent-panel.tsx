import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Correspondent } from '../../../contract/correspondents.ts';
import { notice } from '../../parts/notice.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { addressOf } from '../addresses.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { CodeForm, NameForm } from './correspondent-forms.tsx';
import { Merge } from './merge.tsx';
import { nameSpan } from './name-words.ts';
import { useCorrespondent } from './use-correspondents.ts';
import css from './correspondents.module.css';

type Act = 'rename' | 'spelling' | 'code' | 'merge';
const acts: readonly Act[] = ['rename', 'spelling', 'code', 'merge'];

/** One body whole: its names over time, and what may be done with it. */
export function CorrespondentPanel({
  id,
  onOpen,
  onClose,
}: {
  readonly id: string;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('correspondents');
  const answer = useCorrespondent(id);
  return (
    <SidePanel
      label={answer.data?.name ?? t('panel')}
      onClose={onClose}
      head={<h2>{answer.data?.name ?? t('panel')}</h2>}
    >
      {answer.isPending ? (
        <LoadingState />
      ) : answer.isError ? (
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <One one={answer.data} onOpen={onOpen} />
      )}
    </SidePanel>
  );
}

function One({ one, onOpen }: { readonly one: Correspondent; readonly onOpen: (id: string) => void }) {
  const { t } = useTranslation('correspondents');
  const [act, setAct] = useState<Act | null>(null);
  const close = (): void => setAct(null);
  const done = (said: string): void => {
    notice(said);
    close();
  };
  return (
    <div className={css['body']}>
      <p className="mut">
        {t('records', { count: one.records })}
        {one.records > 0 ? (
          <>
            {' · '}
            <Link to={addressOf.search(`"${one.name}"`)}>{t('find-them')}</Link>
          </>
        ) : null}
        {one.listed ? '' : ` · ${t('only-met')}`}
      </p>
      <dl className={css['facts']}>
        <div>
          <dt>{t('column.code')}</dt>
          <dd>{one.code ?? t('no-code')}</dd>
        </div>
      </dl>
      <section aria-labelledby="names-title">
        <h3 id="names-title">{t('names')}</h3>
        <ul className={css['names']}>
          {one.names.map((named) => (
            <li key={named.id} data-now={named.name === one.name && named.until === null}>
              <b>{named.name}</b>
              <span>{nameSpan(t, named, one.name)}</span>
            </li>
          ))}
        </ul>
      </section>
      <div className={css['acts']}>
        {acts.map((name) => (
          <Button key={name} variant="default" onClick={() => setAct(name)}>
            {t(`act.${name}`)}
          </Button>
        ))}
      </div>
      <ActWindow
        opened={act !== null}
        size={act === 'merge' ? 760 : 'md'}
        title={act === null ? '' : t(`act-title.${act}`, { name: one.name })}
        onClose={close}
      >
        {act === 'rename' || act === 'spelling' ? (
          <NameForm one={one} renames={act === 'rename'} onDone={() => done(t(`done.${act}`))} onClose={close} />
        ) : act === 'code' ? (
          <CodeForm one={one} onDone={() => done(t('done.code'))} onClose={close} />
        ) : (
          <Merge
            one={one}
            onDone={(stays) => {
              done(t('done.merge', { name: stays.name }));
              onOpen(stays.id);
            }}
            onClose={close}
          />
        )}
      </ActWindow>
    </div>
  );
}
