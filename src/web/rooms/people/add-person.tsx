import { useState } from 'react';
import { Checkbox, Radio, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { peopleLines, type Post } from '../../../contract/people.ts';
import { roles, type Role } from '../../../kernel/permissions.ts';
import { ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { addressOf } from '../addresses.ts';
import { ActForm } from './act-form.tsx';
import { OnePassword } from './one-password.tsx';
import { clashesOf, PostField, UnitField } from './rights-forms.tsx';
import css from './acts.module.css';

type Added = z.infer<(typeof peopleLines)['addPerson']['reply']['schema']>;

/** Who, where and with which roles; then the password for the first sign-in, this once. */
export function AddPerson({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const navigate = useNavigate();
  const [added, setAdded] = useState<(Added & { fullName: string; loginName: string }) | null>(null);
  const close = (): void => {
    if (added !== null) void navigate(addressOf.person(added.personId));
    setAdded(null);
    onClose();
  };
  return (
    <ActWindow
      opened={opened}
      size="lg"
      keep
      title={added === null ? t('adding.title') : t('password.title', { name: added.fullName })}
      onClose={close}
    >
      {added === null ? (
        <Wish onAdded={setAdded} onClose={close} />
      ) : (
        <OnePassword password={added.password} onDone={close}>
          <p>{t('password.added', { name: added.fullName, login: added.loginName })}</p>
          {added.waits.length > 0 && (
            <p>{t('password.waits', { roles: added.waits.map((role) => t(`common:role.${role}`)).join(', ') })}</p>
          )}
        </OnePassword>
      )}
    </ActWindow>
  );
}

function Wish({
  onAdded,
  onClose,
}: {
  readonly onAdded: (added: Added & { fullName: string; loginName: string }) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['people', 'common']);
  const [fullName, setFullName] = useState('');
  const [loginName, setLoginName] = useState('');
  const [held, setHeld] = useState<readonly Role[]>([]);
  const [clearance, setClearance] = useState<0 | 1>(1);
  const [unitId, setUnitId] = useState<string | null>(null);
  const [post, setPost] = useState<Post>('officer');
  const names = { fullName: fullName.trim(), loginName: loginName.trim() };
  return (
    <ActForm
      act={async (reason) => ({
        ...(await ask(peopleLines.addPerson, {
          body: { ...names, roles: [...held], clearance, unitId, post, reason },
        })),
        ...names,
      })}
      ready={names.fullName !== '' && names.loginName !== '' && held.length > 0}
      doWord={t('adding.do')}
      onDone={onAdded}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <div className={css['pair']}>
            <TextInput
              label={t('adding.fullName')}
              value={fullName}
              maxLength={50}
              required
              autoComplete="off"
              data-autofocus
              error={tried && names.fullName === '' ? t('common:field-problem.needed') : problemOf('fullName')}
              onChange={(event) => setFullName(event.currentTarget.value)}
            />
            <TextInput
              label={t('adding.loginName')}
              placeholder="lan.tran"
              value={loginName}
              maxLength={100}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={tried && names.loginName === '' ? t('common:field-problem.needed') : problemOf('loginName')}
              onChange={(event) => setLoginName(event.currentTarget.value)}
            />
          </div>
          <div className={css['pair']}>
            <UnitField
              label={t('field.unit')}
              placeholder={t('field.noUnit')}
              clearable
              value={unitId}
              error={problemOf('unitId')}
              onChange={setUnitId}
            />
            <PostField value={post} onChange={setPost} />
          </div>
          <Checkbox.Group
            label={t('adding.roles')}
            required
            value={[...held]}
            error={tried && held.length === 0 ? t('adding.rolesNeeded') : problemOf('roles')}
            onChange={(values) => setHeld(roles.filter((one) => values.includes(one)))}
          >
            <div className={`${css['choices'] ?? ''} ${css['two'] ?? ''}`}>
              {roles.map((one) => {
                const clashes = held.includes(one) ? [] : clashesOf(one, held);
                return (
                  <Checkbox
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
          </Checkbox.Group>
          <Radio.Group
            label={t('field.clearance')}
            description={t('adding.clearanceWhy')}
            value={String(clearance)}
            onChange={(value) => setClearance(value === '0' ? 0 : 1)}
          >
            <div className={css['row']}>
              {([0, 1] as const).map((one) => (
                <Radio key={one} value={String(one)} label={<LevelBadge rank={one} />} />
              ))}
            </div>
          </Radio.Group>
        </>
      )}
    </ActForm>
  );
}
