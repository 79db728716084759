import { useTranslation } from 'react-i18next';
import type { UnitRow } from '../../../contract/people.ts';
import { Tree } from '../../parts/tree.tsx';
import css from './units.module.css';

/** The units as they lie under one another, with their people; ended ones say what came after them. */
export function UnitTree({
  units,
  withEnded,
  chosenId,
  onChoose,
}: {
  readonly units: readonly UnitRow[];
  readonly withEnded: boolean;
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useTranslation('people');
  const nameOf = (id: string | null): string | undefined => units.find((unit) => unit.id === id)?.name;
  return (
    <Tree
      nodes={units.filter(({ until }) => withEnded || until === null)}
      label={t('units.tree')}
      chosenId={chosenId}
      onChoose={onChoose}
      className={css['tree']}
    >
      {(unit) => (
        <>
          <span className={css['symbol']} data-ended={unit.until !== null}>
            {unit.symbol}
          </span>
          <span className={css['name']} data-ended={unit.until !== null}>
            {unit.name}
            {unit.until !== null && (
              <span className={css['ended']}>
                {t('units.ended')}
                {nameOf(unit.successorId) === undefined ? null : ` → ${nameOf(unit.successorId) ?? ''}`}
              </span>
            )}
          </span>
          <span className={css['count']}>
            {unit.people === 0
              ? unit.until === null
                ? t('units.nobody')
                : null
              : t('units.people', { count: unit.people })}
          </span>
        </>
      )}
    </Tree>
  );
}
