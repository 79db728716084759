import { useEffect, useState } from 'react';
import { Button, Select, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { outcomes } from '../../../contract/audit.ts';
import { DayField } from '../search/day-field.tsx';
import { rangeOf, spanOf, spans, type AuditAsked, type FilterKey } from './audit-address.ts';
import { actionGroups, actionWord } from './audit-words.ts';
import { useDirectory } from './use-log.ts';
import css from './audit-room.module.css';

interface FilterBarProps {
  readonly asked: AuditAsked;
  readonly now: Date;
  readonly say: Say;
  /** Number of the record that `recordId` names, once a row has told it. */
  readonly recordName: string | null;
}

/** The list itself scrolls, as the field's own popup: a box around it would have to be reached by keyboard. */
const list = { withScrollArea: false, styles: { options: { maxHeight: 320, overflowY: 'auto' } } } as const;

type Say = (said: Readonly<Partial<Record<FilterKey, string | null>>>) => void;

/** Who, what, which document, how it ended, from where, when. Each choice stands in the address. */
export function FilterBar({ asked, now, say, recordName }: FilterBarProps) {
  const { t } = useTranslation('audit');
  const directory = useDirectory();
  const chosenSpan = spanOf(asked, now);
  const narrowed = (['personId', 'recordId', 'reference', 'action', 'outcome', 'address'] as const).some(
    (key) => asked[key] !== undefined,
  );
  return (
    <div className={css['filters']} role="group" aria-label={t('filter.title')}>
      <div className={css['when']}>
        <div className={css['spans']} role="group" aria-label={t('filter.when')}>
          {spans.map((span) => (
            <button
              key={span}
              type="button"
              className={css['span']}
              aria-pressed={chosenSpan === span}
              onClick={() => say(rangeOf(span, now))}
            >
              {t(`span.${span}`)}
            </button>
          ))}
        </div>
        <DayField
          label={t('filter.from')}
          value={asked.from}
          onSay={(day) => say({ from: day || null, until: asked.until })}
        />
        <DayField
          label={t('filter.until')}
          value={asked.until}
          onSay={(day) => say({ from: asked.from, until: day || null })}
        />
      </div>
      <div className={css['what']}>
        <Typed
          label={t('filter.record')}
          placeholder={t('filter.recordHint')}
          value={asked.recordId === undefined ? (asked.reference ?? '') : (recordName ?? asked.recordId.slice(0, 8))}
          onSay={(reference) => say({ reference, recordId: null })}
        />
        <Select
          {...list}
          aria-label={t('filter.person')}
          placeholder={t('filter.anyPerson')}
          searchable
          clearable
          nothingFoundMessage={t('filter.noPerson')}
          clearButtonProps={{ 'aria-label': t('filter.clear') }}
          value={asked.personId ?? null}
          data={(directory.data?.persons ?? []).map((person) => ({
            value: person.id,
            label: person.unit === null ? person.fullName : `${person.fullName} · ${person.unit}`,
          }))}
          onChange={(personId) => say({ personId })}
        />
        <Select
          {...list}
          aria-label={t('filter.action')}
          placeholder={t('filter.anyAction')}
          searchable
          clearable
          nothingFoundMessage={t('filter.noAction')}
          clearButtonProps={{ 'aria-label': t('filter.clear') }}
          value={asked.action ?? null}
          data={(['reading', 'refused', 'records', 'people', 'house'] as const).map((group) => ({
            group: t(`group.${group}`),
            items: actionGroups[group].map((type) => ({ value: type, label: actionWord(t, type) })),
          }))}
          onChange={(action) => say({ action })}
        />
        <Select
          {...list}
          aria-label={t('filter.outcome')}
          placeholder={t('filter.anyOutcome')}
          clearable
          clearButtonProps={{ 'aria-label': t('filter.clear') }}
          value={asked.outcome ?? null}
          data={outcomes.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
          onChange={(outcome) => say({ outcome })}
        />
        <Typed
          label={t('filter.address')}
          placeholder={t('filter.addressHint')}
          value={asked.address ?? ''}
          onSay={(value) => say({ address: value })}
        />
        {narrowed && (
          <Button
            variant="subtle"
            color="gray"
            className={css['drop'] ?? ''}
            leftSection={<IconX size={15} aria-hidden="true" />}
            onClick={() =>
              say({ personId: null, recordId: null, reference: null, action: null, outcome: null, address: null })
            }
          >
            {t('filter.drop')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Text that is asked when it is finished: every look into the log is logged, half a number is not worth one. */
function Typed({
  label,
  placeholder,
  value,
  onSay,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onSay: (value: string | null) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    setTyped(value);
  }, [value]);
  const finish = (): void => {
    if (typed.trim() !== value) onSay(typed.trim() === '' ? null : typed.trim());
  };
  return (
    <form
      className={css['typed']}
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <TextInput
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={finish}
      />
    </form>
  );
}
