import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { correspondentLines, type Correspondent } from '../../../contract/correspondents.ts';
import { displayDay, vietnamDay } from '../../../kernel/dates.ts';
import { ask } from '../../api.ts';
import { ActForm, ActWindow } from '../../parts/act-form.tsx';
import { notice } from '../../parts/notice.ts';
import { addressOf } from '../addresses.ts';
import { DayField } from '../intake/day-field.tsx';
import { dayFromText } from '../intake/day-text.ts';
import { useRefreshCorrespondents } from './use-correspondents.ts';

const useWrongs = () => {
  const { t } = useTranslation('correspondents');
  return {
    'code-taken': t('wrong.code-taken'),
    'in-the-future': t('wrong.in-the-future'),
    'before-the-last': t('wrong.before-the-last'),
  };
};

/** A body that nobody has written to us from yet, or that should be offered with its code. */
export function AddCorrespondent({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('correspondents');
  return (
    <ActWindow opened={opened} title={t('add.title')} onClose={onClose}>
      <Adding onClose={onClose} />
    </ActWindow>
  );
}

function Adding({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['correspondents', 'common']);
  const navigate = useNavigate();
  const refresh = useRefreshCorrespondents();
  const wrongs = useWrongs();
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  return (
    <ActForm
      reason="none"
      act={() =>
        ask(correspondentLines.addCorrespondent, {
          body: { name: name.trim(), code: code.trim() === '' ? null : code.trim() },
        })
      }
      ready={name.trim() !== ''}
      doWord={t('add.go')}
      wrong={wrongs}
      onDone={(made) => {
        refresh();
        notice(t('add.done', { name: made.name }));
        onClose();
        void navigate(addressOf.correspondent(made.id));
      }}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <TextInput
            data-autofocus
            label={t('field.name')}
            required
            maxLength={200}
            autoComplete="off"
            value={name}
            error={tried && name.trim() === '' ? t('common:field-problem.needed') : problemOf('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Code value={code} error={problemOf('code')} onChange={setCode} />
        </>
      )}
    </ActForm>
  );
}

function Code({
  value,
  error,
  onChange,
}: {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (code: string) => void;
}) {
  const { t } = useTranslation('correspondents');
  return (
    <TextInput
      label={t('field.code')}
      description={t('field.code-why')}
      maxLength={35}
      autoComplete="off"
      spellCheck={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface FormProps {
  readonly one: Correspondent;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A new name from a day on, or one more spelling of the same body. */
export function NameForm({ one, renames, onDone, onClose }: FormProps & { readonly renames: boolean }) {
  const { t } = useTranslation(['correspondents', 'common']);
  const refresh = useRefreshCorrespondents();
  const wrongs = useWrongs();
  const [today] = useState(() => vietnamDay(new Date()));
  const [name, setName] = useState('');
  const [from, setFrom] = useState(displayDay(today));
  const day = dayFromText(from, today);
  return (
    <ActForm
      reason="none"
      act={() =>
        ask(correspondentLines.correctCorrespondent, {
          params: { id: one.id },
          body: { name: name.trim(), from: renames ? day : null },
        })
      }
      ready={name.trim() !== '' && (!renames || day !== null)}
      doWord={t(renames ? 'rename-go' : 'spelling-go')}
      wrong={wrongs}
      onDone={() => {
        refresh();
        onDone();
      }}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <p className="mut">{t(renames ? 'rename-what' : 'spelling-what', { name: one.name })}</p>
          <TextInput
            data-autofocus
            label={t(renames ? 'field.new-name' : 'field.spelling')}
            required
            maxLength={200}
            autoComplete="off"
            value={name}
            error={tried && name.trim() === '' ? t('common:field-problem.needed') : problemOf('name')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {renames ? (
            <DayField
              label={t('field.from')}
              name={t('field.from')}
              value={from}
              today={today}
              error={tried && day === null ? t('common:field-problem.not-a-date') : problemOf('from')}
              onChange={setFrom}
            />
          ) : null}
        </>
      )}
    </ActForm>
  );
}

export function CodeForm({ one, onDone, onClose }: FormProps) {
  const { t } = useTranslation('correspondents');
  const refresh = useRefreshCorrespondents();
  const wrongs = useWrongs();
  const [code, setCode] = useState(one.code ?? '');
  return (
    <ActForm
      reason="none"
      act={() =>
        ask(correspondentLines.correctCorrespondent, {
          params: { id: one.id },
          body: { code: code.trim() === '' ? null : code.trim() },
        })
      }
      doWord={t('code-go')}
      wrong={wrongs}
      onDone={() => {
        refresh();
        onDone();
      }}
      onClose={onClose}
    >
      {({ problemOf }) => <Code value={code} error={problemOf('code')} onChange={setCode} />}
    </ActForm>
  );
}
