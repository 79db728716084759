import { useState } from 'react';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { correspondentLines, type Correspondent } from '../../../contract/correspondents.ts';
import { ask } from '../../api.ts';
import { ActForm } from '../../parts/act-form.tsx';
import { nameSpan } from './name-words.ts';
import { useCorrespondentNames, useRefreshCorrespondents } from './use-correspondents.ts';
import css from './correspondents.module.css';

/** Two that are one, side by side; which stays. What stands on the documents is not touched. */
export function Merge({
  one,
  onDone,
  onClose,
}: {
  readonly one: Correspondent;
  readonly onDone: (stays: Correspondent) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('correspondents');
  const refresh = useRefreshCorrespondents();
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 200);
  const [other, setOther] = useState<Correspondent | null>(null);
  const [stays, setStays] = useState(one.id);
  const found = useCorrespondentNames(asked).data?.rows.filter(({ id }) => id !== one.id) ?? [];
  const choices = other && !found.some(({ id }) => id === other.id) ? [other, ...found] : found;
  const [goes, into] = stays === one.id ? [other, one] : [one, other];
  return (
    <ActForm
      act={(reason) =>
        ask(correspondentLines.merge, {
          params: { id: goes?.id ?? '' },
          body: { intoId: into?.id ?? '', reason },
        })
      }
      ready={other !== null}
      doWord={t('merge.go')}
      reasonWhy={t('merge.reason')}
      onDone={(answer) => {
        refresh();
        onDone(answer);
      }}
      onClose={onClose}
    >
      {({ tried }) => (
        <>
          <p className="mut">{t('merge.what')}</p>
          <Select
            data-autofocus
            label={t('merge.with')}
            placeholder={t('find-hint')}
            searchable
            filter={({ options }) => options}
            nothingFoundMessage={asked === '' ? undefined : t('empty.none')}
            data={choices.map(({ id, name, records }) => ({ value: id, label: t('merge.choice', { name, records }) }))}
            value={other?.id ?? null}
            searchValue={words}
            error={tried && other === null ? t('merge.needed') : null}
            onSearchChange={setWords}
            onChange={(chosen) => setOther(choices.find(({ id }) => id === chosen) ?? null)}
          />
          <div className={css['two']} role="radiogroup" aria-label={t('merge.which')}>
            {[one, other].map((body, at) =>
              body === null ? (
                <p key="none" className={css['missing']}>
                  {t('merge.none')}
                </p>
              ) : (
                <label key={at === 0 ? 'one' : 'other'} className={css['side']}>
                  <span className={css['sideHead']}>
                    <input type="radio" name="stays" checked={stays === body.id} onChange={() => setStays(body.id)} />
                    {t(stays === body.id ? 'merge.stays' : 'merge.goes')}
                  </span>
                  <b>{body.name}</b>
                  <span className="sm mut">
                    {[t('records', { count: body.records }), body.code ?? ''].filter((part) => part !== '').join(' · ')}
                  </span>
                  <ul className={css['names']}>
                    {body.names.map((named) => (
                      <li key={named.id}>
                        {named.name} <span>{nameSpan(t, named, body.name)}</span>
                      </li>
                    ))}
                  </ul>
                </label>
              ),
            )}
          </div>
        </>
      )}
    </ActForm>
  );
}
