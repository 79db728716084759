import { useState } from 'react';
import { Checkbox, NativeSelect, Radio, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { peopleLines, post as posts, type PersonView, type Post } from '../../../contract/people.ts';
import { clashingRoles, roles, type Role } from '../../../kernel/permissions.ts';
import { ask } from '../../api.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { ActForm } from './act-form.tsx';
import { useUnitChoices } from './unit-choices.ts';
import css from './acts.module.css';

interface FormProps {
  readonly person: PersonView;
  readonly onDone: () => void;
  readonly onClose: () => void;
}
interface WaitingFormProps extends Omit<FormProps, 'onDone'> {
  readonly onDone: (waits: boolean) => void;
}

/** A list in a window: it scrolls by itself, so that the keyboard reaches all of it. */
const list = { withScrollArea: false, styles: { options: { maxHeight: 240, overflowY: 'auto' } } } as const;

export function UnitField({
  value,
  onChange,
  error,
  label,
  placeholder,
  clearable = false,
  without,
}: {
  readonly value: string | null;
  readonly onChange: (unitId: string | null) => void;
  readonly error?: string | undefined;
  readonly label: string;
  readonly placeholder?: string;
  readonly clearable?: boolean;
  readonly without?: string;
}) {
  const { t } = useTranslation('people');
  const units = useUnitChoices(without);
  return (
    <Select
      {...list}
      label={label}
      data={units}
      searchable
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('filter.clear') }}
      placeholder={placeholder ?? ''}
      nothingFoundMessage={t('filter.noUnit')}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}

export function PostField({ value, onChange }: { readonly value: Post; readonly onChange: (post: Post) => void }) {
  const { t } = useTranslation('people');
  return (
    <NativeSelect
      label={t('field.post')}
      value={value}
      data={posts.options.map((one) => ({ value: one, label: t(`post.${one}`) }))}
      onChange={(event) => onChange(posts.parse(event.currentTarget.value))}
    />
  );
}

export function AppointForm({ person, onDone, onClose }: FormProps) {
  const { t } = useTranslation('people');
  const [unitId, setUnitId] = useState<string | null>(person.unit?.id ?? null);
  const [post, setPost] = useState<Post>(person.post ?? 'officer');
  const [instead, setInstead] = useState(true);
  return (
    <ActForm
      act={(reason) =>
        ask(peopleLines.appoint, { params: { id: person.id }, body: { unitId: unitId ?? '', post, instead, reason } })
      }
      ready={unitId !== null}
      doWord={t('act.appoint.do')}
      onDone={onDone}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <UnitField
            label={t('field.unit')}
            value={unitId}
            error={tried && unitId === null ? t('field.unitNeeded') : problemOf('unitId')}
            onChange={setUnitId}
          />
          <PostField value={post} onChange={setPost} />
          {person.post !== null && (
            <Checkbox
              label={t('field.instead')}
              description={t('field.insteadWhy')}
              checked={instead}
              onChange={(event) => setInstead(event.currentTarget.checked)}
            />
          )}
        </>
      )}
    </ActForm>
  );
}

/** Those this one may not stand beside, among the roles given. */
export function clashesOf(role: Role, held: readonly Role[]): Role[] {
  return clashingRoles([role, ...held])
    .filter((pair) => pair.includes(role))
    .map(([one, other]) => (one === role ? other : one));
}

export function GiveRoleForm({ person, onDone, onClose }: WaitingFormProps) {
  const { t } = useTranslation(['people', 'common']);
  const [role, setRole] = useState<Role | null>(null);
  const others = roles.filter((one) => !person.roles.includes(one));
  return (
    <ActForm
      act={(reason) =>
        role === null
          ? Promise.resolve({ waits: false })
          : ask(peopleLines.giveRole, { params: { id: person.id }, body: { role, reason } })
      }
      ready={role !== null}
      doWord={t('act.giveRole.do')}
      onDone={({ waits }) => onDone(waits)}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <Radio.Group
            label={t('field.role')}
            value={role ?? ''}
            error={tried && role === null ? t('field.roleNeeded') : problemOf('role')}
            onChange={(value) => setRole(others.find((one) => one === value) ?? null)}
          >
            <div className={css['choices']}>
              {others.map((one) => {
                const clashes = clashesOf(one, person.roles);
                return (
                  <Radio
                    key={one}
                    value={one}
                    disabled={clashes.length > 0}
                    label={t(`common:role.${one}`)}
                    description={
                      clashes.length > 0 &&
                      t('field.clash', { roles: clashes.map((other) => t(`common:role.${other}`)).join(', ') })
                    }
                  />
                );
              })}
            </div>
          </Radio.Group>
          {others.every((one) => clashesOf(one, person.roles).length > 0) && <p>{t('field.noRoleLeft')}</p>}
          <p className={css['quiet']}>{t('field.mayWait')}</p>
        </>
      )}
    </ActForm>
  );
}

const offered = [0, 1, 2] as const;

export function ClearanceForm({ person, onDone, onClose }: WaitingFormProps) {
  const { t } = useTranslation('people');
  const [rank, setRank] = useState<(typeof offered)[number] | null>(null);
  return (
    <ActForm
      act={(reason) =>
        rank === null
          ? Promise.resolve({ waits: false })
          : ask(peopleLines.setClearance, { params: { id: person.id }, body: { rank, reason } })
      }
      ready={rank !== null}
      doWord={t('act.clearance.do')}
      onDone={({ waits }) => onDone(waits)}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <Radio.Group
            label={t('field.clearance')}
            value={rank === null ? '' : String(rank)}
            error={tried && rank === null ? t('field.clearanceNeeded') : problemOf('rank')}
            onChange={(value) => setRank(offered.find((one) => String(one) === value) ?? null)}
          >
            <div className={css['choices']}>
              {offered.map((one) => (
                <Radio
                  key={one}
                  value={String(one)}
                  disabled={one === person.clearance}
                  label={<LevelBadge rank={one} />}
                  description={one === person.clearance && t('field.clearanceNow')}
                />
              ))}
            </div>
          </Radio.Group>
          <p className={css['quiet']}>{t('field.mayWait')}</p>
        </>
      )}
    </ActForm>
  );
}
