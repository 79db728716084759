import { useState } from 'react';
import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notice } from '../../parts/notice.ts';
import { peopleLines, type UnitRow } from '../../../contract/people.ts';
import { ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { ActForm } from './act-form.tsx';
import { UnitField } from './rights-forms.tsx';

export function AddUnit({
  opened,
  parent,
  onClose,
  onAdded,
}: {
  readonly opened: boolean;
  readonly parent: UnitRow | null;
  readonly onClose: () => void;
  readonly onAdded: (unitId: string) => void;
}) {
  const { t } = useTranslation('people');
  return (
    <ActWindow
      opened={opened}
      title={parent === null ? t('units.adding') : t('units.addingUnder', { name: parent.name })}
      onClose={onClose}
    >
      <NewUnit parent={parent} onClose={onClose} onAdded={onAdded} />
    </ActWindow>
  );
}

function NewUnit({
  parent,
  onClose,
  onAdded,
}: {
  readonly parent: UnitRow | null;
  readonly onClose: () => void;
  readonly onAdded: (unitId: string) => void;
}) {
  const { t } = useTranslation('people');
  const [said, setSaid] = useState({ symbol: '', name: '', nameEn: '' });
  const [parentId, setParentId] = useState<string | null>(parent?.id ?? null);
  const field = (key: keyof typeof said) => ({
    label: t(`units.${key}`),
    value: said[key],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setSaid((before) => ({ ...before, [key]: value }));
    },
  });
  const without = (key: 'symbol' | 'name'): boolean => said[key].trim() === '';
  return (
    <ActForm
      act={(reason) => ask(peopleLines.addUnit, { body: { ...said, parentId, reason } })}
      ready={!without('symbol') && !without('name')}
      doWord={t('units.add')}
      onDone={({ unitId }) => {
        notice(t('units.added', { name: said.name.trim() }));
        onClose();
        onAdded(unitId);
      }}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <TextInput
            {...field('name')}
            required
            maxLength={200}
            data-autofocus
            error={tried && without('name') ? t('units.needed') : problemOf('name')}
          />
          <TextInput
            {...field('symbol')}
            required
            maxLength={20}
            description={t('units.symbolWhy')}
            error={tried && without('symbol') ? t('units.needed') : problemOf('symbol')}
          />
          <TextInput
            {...field('nameEn')}
            maxLength={200}
            description={t('units.optional')}
            error={problemOf('nameEn')}
          />
          {parent === null && (
            <UnitField
              label={t('units.parent')}
              placeholder={t('units.topParent')}
              clearable
              value={parentId}
              error={problemOf('parentId')}
              onChange={setParentId}
            />
          )}
        </>
      )}
    </ActForm>
  );
}

export function EndUnit({
  opened,
  unit,
  hasUnder,
  onClose,
}: {
  readonly opened: boolean;
  readonly unit: UnitRow;
  readonly hasUnder: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('people');
  return (
    <ActWindow opened={opened} title={t('units.ending', { name: unit.name })} onClose={onClose}>
      <Ending unit={unit} hasUnder={hasUnder} onClose={onClose} />
    </ActWindow>
  );
}

/** A successor is the rule; without one only when nobody and nothing is left in the unit. */
function Ending({
  unit,
  hasUnder,
  onClose,
}: {
  readonly unit: UnitRow;
  readonly hasUnder: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('people');
  const [successorId, setSuccessorId] = useState<string | null>(null);
  const [without, setWithout] = useState(false);
  const needed = unit.people > 0 || hasUnder;
  return (
    <ActForm
      act={(reason) =>
        ask(peopleLines.endUnit, {
          params: { id: unit.id },
          body: { successorId: without ? null : successorId, reason },
        })
      }
      ready={without || successorId !== null}
      doWord={t('units.endDo')}
      onDone={() => {
        notice(t('units.endDone', { name: unit.name }));
        onClose();
      }}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          {!without && <p>{t('units.endWhat', { count: unit.people })}</p>}
          {!without && (
            <UnitField
              label={t('units.successor')}
              without={unit.id}
              value={successorId}
              error={tried && successorId === null ? t('units.chooseSuccessor') : problemOf('successorId')}
              onChange={setSuccessorId}
            />
          )}
          <Checkbox
            label={t('units.withoutSuccessor')}
            description={t(needed ? 'units.withoutNot' : 'units.withoutWhy')}
            disabled={needed}
            checked={without}
            onChange={(event) => setWithout(event.currentTarget.checked)}
          />
        </>
      )}
    </ActForm>
  );
}
