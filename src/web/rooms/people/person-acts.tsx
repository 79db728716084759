import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notice } from '../../parts/notice.ts';
import { peopleLines, type PersonView } from '../../../contract/people.ts';
import type { Role } from '../../../kernel/permissions.ts';
import { ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { useMay, useMe } from '../../session.tsx';
import { ActForm, WaitsForSecond } from './act-form.tsx';
import { LeavesBehind } from './leaves-behind.tsx';
import { OnePassword } from './one-password.tsx';
import { AppointForm, ClearanceForm, GiveRoleForm } from './rights-forms.tsx';
import css from './acts.module.css';

type Act = 'appoint' | 'giveRole' | 'clearance' | 'password' | 'sessions' | 'leave';

/** What may be done with this person by whoever looks. The window that follows asks for a reason. */
export function PersonActs({ person }: { readonly person: PersonView }) {
  const { t } = useTranslation('people');
  const own = useMe().id === person.id;
  const manage = useMay('people.manage');
  const clears = useMay('clearance.manage');
  const [act, setAct] = useState<Act | null>(null);
  const [waits, setWaits] = useState(false);
  const [password, setPassword] = useState<string | null>(null);
  const name = person.fullName;
  const here = person.state === 'here';
  const offered: readonly Act[] = own
    ? []
    : [
        ...(manage ? (['appoint', 'giveRole'] as const) : []),
        ...(clears && here ? (['clearance'] as const) : []),
        ...(manage && here ? (['password'] as const) : []),
        ...(manage && person.sessions.length > 0 ? (['sessions'] as const) : []),
        ...(manage && here ? (['leave'] as const) : []),
      ];
  const close = (): void => {
    setAct(null);
    setWaits(false);
    // The secret leaves the page's memory with the window.
    setPassword(null);
  };
  const done = (said: string): void => {
    notice(said);
    close();
  };
  const answered = (said: string) => (mustWait: boolean) => {
    if (mustWait) setWaits(true);
    else done(said);
  };
  if (own) return <p className={css['quiet']}>{t('panel.self')}</p>;
  if (offered.length === 0) return null;
  return (
    <section aria-label={t('panel.acts')}>
      <div className={css['acts']}>
        {offered.map((one) => (
          <Button key={one} variant="default" onClick={() => setAct(one)}>
            {t(`act.${one}.word`)}
          </Button>
        ))}
      </div>
      <ActWindow
        opened={act !== null}
        title={
          password === null ? (act === null ? '' : t(`act.${act}.title`, { name })) : t('password.title', { name })
        }
        keep={password !== null}
        onClose={close}
      >
        {waits ? (
          <WaitsForSecond onClose={close} />
        ) : password !== null ? (
          <OnePassword password={password} onDone={close} />
        ) : act === 'appoint' ? (
          <AppointForm person={person} onDone={() => done(t('act.appoint.done', { name }))} onClose={close} />
        ) : act === 'giveRole' ? (
          <GiveRoleForm person={person} onDone={answered(t('act.giveRole.done', { name }))} onClose={close} />
        ) : act === 'clearance' ? (
          <ClearanceForm person={person} onDone={answered(t('act.clearance.done', { name }))} onClose={close} />
        ) : act === 'password' ? (
          <ActForm
            act={(reason) => ask(peopleLines.resetPassword, { params: { id: person.id }, body: { reason } })}
            doWord={t('act.password.do')}
            onDone={(made) => setPassword(made.password)}
            onClose={close}
          >
            <p>{t('act.password.what')}</p>
          </ActForm>
        ) : act === 'sessions' ? (
          <ActForm
            act={(reason) => ask(peopleLines.endSessions, { params: { id: person.id }, body: { reason } })}
            doWord={t('act.sessions.do')}
            onDone={() => done(t('act.sessions.done', { name }))}
            onClose={close}
          >
            <p>{t('act.sessions.what', { count: person.sessions.length })}</p>
          </ActForm>
        ) : (
          <ActForm
            act={(reason) => ask(peopleLines.leave, { params: { id: person.id }, body: { reason } })}
            doWord={t('act.leave.do')}
            onDone={() => done(t('act.leave.done', { name }))}
            onClose={close}
          >
            <p>{t('act.leave.what')}</p>
            <LeavesBehind left={person.leavesBehind} />
          </ActForm>
        )}
      </ActWindow>
    </section>
  );
}

/** Stands beside the role it ends. */
export function EndRole({ person, role }: { readonly person: PersonView; readonly role: Role }) {
  const { t } = useTranslation(['people', 'common']);
  const own = useMe().id === person.id;
  const manage = useMay('people.manage');
  const [asking, setAsking] = useState(false);
  const said = { name: person.fullName, role: t(`common:role.${role}`) };
  if (!manage || own) return null;
  return (
    <>
      <Button variant="subtle" size="xs" h={24} onClick={() => setAsking(true)}>
        {t('panel.endRole')} <span className="unseen">{t('panel.endRoleOf', said)}</span>
      </Button>
      <ActWindow opened={asking} title={t('act.endRole.title', said)} onClose={() => setAsking(false)}>
        <ActForm
          act={(reason) => ask(peopleLines.endRole, { params: { id: person.id }, body: { role, reason } })}
          doWord={t('act.endRole.do')}
          onDone={() => {
            notice(t('act.endRole.done', said));
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('act.endRole.what')}</p>
        </ActForm>
      </ActWindow>
    </>
  );
}
