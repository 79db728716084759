import { useState } from 'react';
import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { registerLines, type RegisterKind, type RegisterRow } from '../../../contract/registers.ts';
import { direction as directions, type Direction } from '../../../contract/shapes.ts';
import { vietnamDay } from '../../../kernel/dates.ts';
import { ask } from '../../api.ts';
import { ActForm, ActWindow, type FormState } from '../../parts/act-form.tsx';
import { notice } from '../../parts/notice.ts';
import { addressOf } from '../addresses.ts';
import css from './registers.module.css';

interface Setting {
  readonly kind: RegisterKind;
  readonly startNumber: number;
  readonly otherSystem: string;
}

const needsSystem = ({ kind, startNumber }: Setting): boolean => kind === 'external' || startNumber > 1;
const isWhole = (setting: Setting): boolean =>
  Number.isInteger(setting.startNumber) &&
  setting.startNumber >= 1 &&
  (!needsSystem(setting) || setting.otherSystem.trim() !== '');
const sent = (setting: Setting) => ({
  kind: setting.kind,
  startNumber: setting.kind === 'external' ? 1 : setting.startNumber,
  otherSystem: needsSystem(setting) ? setting.otherSystem.trim() : null,
});

/** A book before its year begins, or when an office moves in. */
export function SetUpRegister({
  books,
  opened,
  onClose,
}: {
  readonly books: readonly RegisterRow[];
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('registers');
  return (
    <ActWindow opened={opened} size={600} title={t('set-up')} onClose={onClose}>
      <SettingUp books={books} onClose={onClose} />
    </ActWindow>
  );
}

function SettingUp({ books, onClose }: { readonly books: readonly RegisterRow[]; readonly onClose: () => void }) {
  const { t } = useTranslation(['registers', 'common']);
  const navigate = useNavigate();
  const refresh = useRefreshRegisters();
  const [direction, setDirection] = useState<Direction>('incoming');
  const [year, setYear] = useState<number | ''>(Number(vietnamDay(new Date()).slice(0, 4)));
  const [setting, setSetting] = useState<Setting>({ kind: 'own', startNumber: 1, otherSystem: '' });
  const incoming = direction === 'incoming';
  const there = books.some((book) => book.direction === direction && book.year === year);
  // What leaves and what stays brings its own number: there is nothing to choose.
  const said = incoming ? sent(setting) : ({ kind: 'external', startNumber: 1, otherSystem: null } as const);
  return (
    <ActForm
      reason="none"
      act={() => ask(registerLines.setUpRegister, { body: { direction, year: Number(year), ...said } })}
      ready={year !== '' && !there && (!incoming || isWhole(setting))}
      doWord={t('set-up-go')}
      onDone={(made) => {
        refresh();
        notice(t('set-up-done', { book: t(`common:year-of-book.${made.direction}`, { year: made.year }) }));
        onClose();
        void navigate(addressOf.register(made.id));
      }}
      onClose={onClose}
    >
      {(state) => (
        <>
          <div className={css['which']}>
            <SegmentedControl
              fullWidth
              aria-label={t('direction')}
              value={direction}
              onChange={(chosen) => setDirection(chosen)}
              data={directions.options.map((value) => ({ value, label: t(`common:direction.${value}`) }))}
            />
            <NumberInput
              aria-label={t('year')}
              value={year}
              min={1900}
              max={2200}
              allowDecimal={false}
              hideControls
              error={
                there
                  ? t('wrong.there')
                  : (state.problemOf('year') ?? (state.tried && year === '' ? t('wrong.needed') : null))
              }
              onChange={(typed) => setYear(typeof typed === 'number' ? typed : '')}
            />
          </div>
          {incoming ? (
            <SettingFields setting={setting} set={setSetting} state={state} />
          ) : (
            <p className="mut">{t('kind.document')}</p>
          )}
        </>
      )}
    </ActForm>
  );
}

/** Allowed while the book has allocated nothing. */
export function ChangeRegister({
  book,
  opened,
  onClose,
}: {
  readonly book: RegisterRow;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['registers', 'common']);
  return (
    <ActWindow
      opened={opened}
      size={600}
      title={t('change-title', { book: t(`common:year-of-book.${book.direction}`, { year: book.year }) })}
      onClose={onClose}
    >
      <Changing book={book} onClose={onClose} />
    </ActWindow>
  );
}

function Changing({ book, onClose }: { readonly book: RegisterRow; readonly onClose: () => void }) {
  const { t } = useTranslation('registers');
  const refresh = useRefreshRegisters();
  const [setting, setSetting] = useState<Setting>({
    kind: book.kind,
    startNumber: book.startNumber,
    otherSystem: book.otherSystem ?? '',
  });
  return (
    <ActForm
      act={(reason) =>
        ask(registerLines.changeRegister, { params: { id: book.id }, body: { ...sent(setting), reason } })
      }
      ready={isWhole(setting)}
      doWord={t('change-go')}
      reasonWhy={t('change-reason')}
      onDone={() => {
        refresh();
        notice(t('change-done'));
        onClose();
      }}
      onClose={onClose}
    >
      {(state) => <SettingFields setting={setting} set={setSetting} state={state} />}
    </ActForm>
  );
}

function useRefreshRegisters(): () => void {
  const client = useQueryClient();
  return () => {
    for (const key of ['registers', 'next-number']) void client.invalidateQueries({ queryKey: [key] });
  };
}

/** Own or external, each explained where it is chosen: two houses giving numbers of one series is what must not be. */
function SettingFields({
  setting,
  set,
  state: { tried, problemOf },
}: {
  readonly setting: Setting;
  readonly set: (setting: Setting) => void;
  readonly state: FormState;
}) {
  const { t } = useTranslation('registers');
  return (
    <>
      <fieldset className={css['choices']}>
        <legend>{t('who-gives')}</legend>
        {(['own', 'external'] as const).map((kind) => (
          <label key={kind} className={css['choice']}>
            <input
              type="radio"
              name="register-kind"
              checked={setting.kind === kind}
              onChange={() => set({ ...setting, kind })}
            />
            <span>
              <b>{t(`choice.${kind}.word`)}</b>
              <span>{t(`choice.${kind}.what`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {setting.kind === 'own' ? (
        <NumberInput
          label={t('start')}
          description={t('start-why')}
          value={Number.isNaN(setting.startNumber) ? '' : setting.startNumber}
          min={1}
          max={999_999_999}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          required
          error={
            problemOf('startNumber') ??
            (tried && !(Number.isInteger(setting.startNumber) && setting.startNumber >= 1) ? t('wrong.needed') : null)
          }
          onChange={(typed) => set({ ...setting, startNumber: typeof typed === 'number' ? typed : Number.NaN })}
        />
      ) : null}
      {needsSystem(setting) ? (
        <TextInput
          label={t(setting.kind === 'external' ? 'system-gives' : 'system-gave')}
          placeholder={t('system-hint')}
          required
          maxLength={200}
          autoComplete="off"
          value={setting.otherSystem}
          error={problemOf('otherSystem') ?? (tried && setting.otherSystem.trim() === '' ? t('wrong.needed') : null)}
          onChange={(event) => set({ ...setting, otherSystem: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}
