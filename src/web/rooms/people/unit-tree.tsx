import { useRef, useState } from 'react';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { UnitRow } from '../../../contract/people.ts';
import { treeLines, treeStep } from './unit-rows.ts';
import css from './units.module.css';

/** A tree as a screen reader knows it: one stop for Tab, arrows walk and fold, Enter chooses. */
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
  const tree = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [walkedTo, setWalkedTo] = useState<string | null>(null);
  const lines = treeLines(units, folded, withEnded);
  const nameOf = (id: string | null): string | undefined => units.find((unit) => unit.id === id)?.name;
  const stop = [walkedTo, chosenId].find((id) => lines.some(({ unit }) => unit.id === id)) ?? lines[0]?.unit.id;
  const fold = (id: string, shut: boolean): void => {
    setFolded((before) => new Set(shut ? [...before, id] : [...before].filter((one) => one !== id)));
  };
  return (
    <div ref={tree} role="tree" aria-label={t('units.tree')} className={css['tree']}>
      {lines.map(({ unit, level, place, size, open }) => (
        <div
          key={unit.id}
          role="treeitem"
          className={css['line']}
          style={{ paddingLeft: 12 + (level - 1) * 22 }}
          tabIndex={unit.id === stop ? 0 : -1}
          aria-level={level}
          aria-posinset={place}
          aria-setsize={size}
          aria-expanded={open}
          aria-selected={unit.id === chosenId}
          data-unit={unit.id}
          data-ended={unit.until !== null}
          onFocus={() => setWalkedTo(unit.id)}
          onClick={() => onChoose(unit.id)}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.altKey || event.metaKey) return;
            if (event.key === 'Enter' || event.key === ' ') {
              event.preventDefault();
              onChoose(unit.id);
              return;
            }
            const step = treeStep(lines, unit.id, event.key);
            if (step === undefined) return;
            event.preventDefault();
            if ('fold' in step) fold(unit.id, step.fold);
            else tree.current?.querySelector<HTMLElement>(`[data-unit="${step.to}"]`)?.focus();
          }}
        >
          <span
            className={css['fold']}
            aria-hidden="true"
            onClick={(event) => {
              if (open === undefined) return;
              event.stopPropagation();
              fold(unit.id, open);
            }}
          >
            {open === undefined ? null : open ? <IconChevronDown size={15} /> : <IconChevronRight size={15} />}
          </span>
          <span className={css['symbol']}>{unit.symbol}</span>
          <span className={css['name']}>
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
        </div>
      ))}
    </div>
  );
}
