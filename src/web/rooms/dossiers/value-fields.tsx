import { Autocomplete, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Heading } from '../../../contract/dossiers.ts';
import { vietnamDay } from '../../../kernel/dates.ts';
import { accessRanks, levels, type Rank } from '../../../kernel/labels.ts';
import type { FormState } from '../../parts/act-form.tsx';
import { languageNow } from '../../parts/format.ts';
import { useMe } from '../../session.tsx';
import { DayField } from '../intake/day-field.tsx';
import type { DossierValues, ValueName, Wrong } from './dossier-values.ts';
import { useRetentionWords } from './dossier-words.ts';
import { useDirectory } from './use-dossiers.ts';
import css from './dossier-panel.module.css';

/** The periods of the schedules in use; another one is typed. */
const periods = ['permanent', 70, 50, 20, 15, 10, 5, 2] as const;
/** A list in a window: it scrolls by itself, so that the keyboard reaches all of it. */
const list = { withScrollArea: false, styles: { options: { maxHeight: 240, overflowY: 'auto' } } } as const;

/** The fields of a dossier, when it is opened outside the plan and when it is corrected. */
export function ValueFields({
  values,
  others = {},
  headings,
  wrong,
  state: { tried, problemOf },
  codeHint,
  onSet,
}: {
  readonly values: DossierValues;
  /** What somebody else has put there meanwhile. */
  readonly others?: Partial<DossierValues>;
  readonly headings: readonly Heading[];
  readonly wrong: Wrong;
  readonly state: FormState;
  readonly codeHint?: string;
  readonly onSet: (some: Partial<DossierValues>) => void;
}) {
  const { t } = useTranslation(['dossiers', 'common']);
  const me = useMe();
  const directory = useDirectory();
  const period = useRetentionWords();
  const today = vietnamDay(new Date());
  const error = (name: ValueName): string | undefined => {
    const own = tried ? wrong[name] : undefined;
    if (own === undefined) return problemOf(`fields.${name}`) ?? problemOf(name);
    return own === 'not-a-period' || own === 'before-start' ? t(`wrong.${own}`) : t(`common:field-problem.${own}`);
  };
  const other = (name: ValueName, words = String(others[name] ?? '')): string | undefined =>
    others[name] === undefined ? undefined : t('correct.other', { value: words === '' ? '—' : words });
  const text = (name: 'notation' | 'title' | 'retentionBasis' | 'language' | 'note') => ({
    label: t(`field.${name}`),
    value: values[name],
    error: error(name),
    description: other(name),
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => onSet({ [name]: event.currentTarget.value }),
  });
  const day = (name: 'startDate' | 'endDate') => (
    <DayField
      label={t(`field.${name}`)}
      name={t(`field.${name}`)}
      value={values[name]}
      today={today}
      error={error(name) ?? other(name)}
      onChange={(typed) => onSet({ [name]: typed })}
    />
  );
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('clear') } } as const;
  return (
    <div className={css['grid']}>
      <div data-wide>
        <Textarea {...text('title')} required autosize minRows={2} maxRows={5} maxLength={500} data-autofocus />
      </div>
      <TextInput {...text('notation')} maxLength={20} placeholder={codeHint ?? ''} />
      <NativeSelect
        label={t('field.headingId')}
        value={values.headingId ?? ''}
        error={error('headingId')}
        data={[
          { value: '', label: t('plan.no-heading') },
          ...headings.map(({ id, numeral, title }) => ({ value: id, label: `${numeral}. ${title}` })),
        ]}
        onChange={(event) => onSet({ headingId: event.currentTarget.value === '' ? null : event.currentTarget.value })}
      />
      <Autocomplete
        label={t('field.retention')}
        description={other('retention')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t('retention.hint')}
        value={values.retention}
        error={error('retention')}
        data={periods.map((one) => period(one))}
        maxDropdownHeight={240}
        onChange={(retention) => onSet({ retention })}
      />
      <TextInput {...text('retentionBasis')} maxLength={200} placeholder={t('retention.basis-hint')} />
      {day('startDate')}
      {day('endDate')}
      {directory.data ? (
        <>
          <Select
            {...list}
            {...clear}
            label={t('field.ownerId')}
            value={values.ownerId}
            error={error('ownerId')}
            searchable
            nothingFoundMessage={t('nobody')}
            data={directory.data.persons.map(({ id, fullName, unit }) => ({
              value: id,
              label: unit === null ? fullName : `${fullName} · ${unit}`,
            }))}
            onChange={(ownerId) => onSet({ ownerId })}
          />
          <Select
            {...list}
            {...clear}
            label={t('field.unitId')}
            value={values.unitId}
            error={error('unitId')}
            searchable
            nothingFoundMessage={t('no-unit')}
            data={directory.data.units.map(({ id, symbol, name }) => ({ value: id, label: `${symbol} · ${name}` }))}
            onChange={(unitId) => onSet({ unitId })}
          />
        </>
      ) : null}
      <NativeSelect
        label={t('field.titleRank')}
        description={t('field.titleRank-why')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={String(values.titleRank)}
        error={error('titleRank')}
        data={accessRanks
          .filter((rank) => rank <= me.clearance || rank === values.titleRank)
          .map((rank) => ({ value: String(rank), label: levels[rank].word[languageNow()] }))}
        onChange={(event) => onSet({ titleRank: Number(event.currentTarget.value) as Rank })}
      />
      <TextInput {...text('language')} maxLength={50} placeholder={t('field.language-hint')} />
      <div data-wide>
        <Textarea {...text('note')} autosize minRows={1} maxRows={4} maxLength={500} />
      </div>
    </div>
  );
}
