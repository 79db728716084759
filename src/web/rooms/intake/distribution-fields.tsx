import { Checkbox, MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { accessRanks } from '../../../kernel/labels.ts';
import { foldedForm } from '../../../kernel/folding.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { useFieldProps } from './form-tools.tsx';
import classes from './registration.module.css';

const byWords = ({ options, search }: { options: readonly unknown[]; search: string }) =>
  (options as { value: string; label: string }[]).filter(({ label }) => foldedForm(label).includes(foldedForm(search)));

/** Who will see it. Độ mật is not among the choices: a networked site keeps no state secrets. */
export function DistributionFields() {
  const { t } = useTranslation('intake');
  const { tools, error, other } = useFieldProps();
  const { values, set } = tools;
  const units = tools.units.map(({ id, name, symbol }) => ({ value: id, label: `${name} (${symbol})` }));
  const above = accessRanks.filter((rank) => rank > tools.clearance);
  const common = {
    searchable: true,
    size: 'sm',
    filter: byWords,
    nothingFoundMessage: t('wrong.unknown-unit'),
    comboboxProps: { width: 320, position: 'bottom-start' },
  } as const;
  return (
    <div>
      <fieldset className={classes['part']}>
        <legend className={classes['legend']}>{t('field.rank')}</legend>
        <div className={classes['levels']}>
          {accessRanks.map((rank, index) => (
            <label key={rank} className={classes['level']}>
              <input
                type="radio"
                name="rank"
                checked={values.rank === rank}
                disabled={rank > tools.clearance}
                ref={index === 0 ? (element) => tools.place('rank', element) : null}
                onChange={() => set({ rank })}
              />
              <LevelBadge rank={rank} />
            </label>
          ))}
        </div>
        {above.length > 0 ? (
          <p className="tiny">
            {above.map((rank) => (
              <span key={rank}>
                <LevelBadge rank={rank} />: {t('hint.above-clearance')}{' '}
              </span>
            ))}
          </p>
        ) : null}
        {error('rank') === null ? null : <p className={classes['other']}>{error('rank')}</p>}
        {other('rank')}
      </fieldset>
      <div className={classes['grid']} style={{ marginTop: 10 }}>
        <div className={classes['w6']}>
          <Select
            {...common}
            label={t('field.leadUnitId')}
            placeholder={t('hint.choose-unit')}
            data={units}
            value={values.leadUnitId}
            clearable
            // Choosing the same unit again means it, not the opposite.
            allowDeselect={false}
            error={error('leadUnitId')}
            description={other('leadUnitId')}
            ref={(element) => tools.place('leadUnitId', element)}
            onChange={(chosen) => set({ leadUnitId: chosen })}
          />
        </div>
        <div className={classes['w6']}>
          <MultiSelect
            {...common}
            label={t('field.supportingUnitIds')}
            placeholder={values.supportingUnitIds.length === 0 ? t('hint.choose-unit') : ''}
            data={units.filter(({ value }) => value !== values.leadUnitId)}
            value={[...values.supportingUnitIds]}
            error={error('supportingUnitIds')}
            description={other('supportingUnitIds')}
            ref={(element) => tools.place('supportingUnitIds', element)}
            onChange={(chosen) => set({ supportingUnitIds: [...chosen].sort() })}
          />
        </div>
        <div className={classes['w12']}>
          <Checkbox
            label={t('field.openToAll')}
            checked={values.rank === 0 || values.openToAll}
            disabled={values.rank === 0}
            description={values.rank === 0 ? t('hint.openToAll-public') : other('openToAll')}
            onChange={(event) => set({ openToAll: event.currentTarget.checked })}
          />
        </div>
      </div>
    </div>
  );
}
