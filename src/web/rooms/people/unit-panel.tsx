import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { UnitRow } from '../../../contract/people.ts';
import { formatDay } from '../../parts/format.ts';
import { SidePanel } from '../../parts/side-panel.tsx';
import { useMay } from '../../session.tsx';
import { peopleAddress } from '../addresses.ts';
import { AddUnit, EndUnit } from './unit-forms.tsx';
import acts from './acts.module.css';
import css from './panel.module.css';

/** One unit: where it belongs, since when, how many people, what came after it. */
export function UnitPanel({
  unit,
  units,
  onChoose,
  onClose,
}: {
  readonly unit: UnitRow;
  readonly units: readonly UnitRow[];
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('people');
  const manage = useMay('people.manage');
  const [act, setAct] = useState<'add' | 'end' | null>(null);
  const nameOf = (id: string | null): string | undefined => units.find((one) => one.id === id)?.name;
  const ended = unit.until !== null;
  const facts: readonly (readonly [string, string])[] = [
    [t('units.symbol'), unit.symbol],
    ...(unit.nameEn === null || unit.nameEn === '' ? [] : [[t('units.nameEn'), unit.nameEn] as const]),
    [t('units.parent'), nameOf(unit.parentId) ?? t('units.topParent')],
    [t('units.since'), formatDay(unit.from)],
    ...(ended
      ? []
      : [
          [
            t('units.count'),
            unit.people === 0 ? t('units.nobody') : t('units.people', { count: unit.people }),
          ] as const,
        ]),
    ...(ended ? [[t('units.successor'), nameOf(unit.successorId) ?? t('units.noSuccessor')] as const] : []),
  ];
  return (
    <SidePanel label={unit.name} onClose={onClose} head={<h2>{unit.name}</h2>}>
      <div className={css['body']}>
        {unit.until !== null && <p className={css['left']}>{t('units.endedSince', { day: formatDay(unit.until) })}</p>}
        <dl className={css['lines']}>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {(unit.people > 0 || (manage && !ended)) && (
          <div className={acts['acts']}>
            {unit.people > 0 && (
              <Button variant="default" component={Link} to={`${peopleAddress.people}?unit=${unit.id}`}>
                {t('units.seePeople')}
              </Button>
            )}
            {manage && !ended && (
              <>
                <Button variant="default" onClick={() => setAct('add')}>
                  {t('units.addUnder')}
                </Button>
                <Button variant="default" onClick={() => setAct('end')}>
                  {t('units.end')}
                </Button>
              </>
            )}
          </div>
        )}
        <p className="sm mut">{t('units.chooseWhy')}</p>
      </div>
      <AddUnit opened={act === 'add'} parent={unit} onClose={() => setAct(null)} onAdded={onChoose} />
      <EndUnit
        opened={act === 'end'}
        unit={unit}
        hasUnder={units.some(({ parentId, until }) => parentId === unit.id && until === null)}
        onClose={() => setAct(null)}
      />
    </SidePanel>
  );
}
