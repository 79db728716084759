import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { peopleLines, type PeopleChange } from '../../../contract/people.ts';
import { ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { formatMoment } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { notice } from '../../parts/notice.ts';
import { useMe } from '../../session.tsx';
import { addressOf } from '../addresses.ts';
import { ActForm } from './act-form.tsx';
import css from './changes.module.css';

type Answer = 'confirm' | 'decline' | 'withdraw';

/** A change that waits: for whom, what, who asked and why; then the answer of whoever may give it, or why not. */
export function ChangeItem({
  change,
  within = false,
}: {
  readonly change: PeopleChange;
  /** Among the facts of the person it is about: the name stands there already. */
  readonly within?: boolean;
}) {
  const { t } = useTranslation('people');
  const me = useMe();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ownAsk = change.askedBy.id === me.id;
  const offered: readonly Answer[] = change.mayDecide ? ['confirm', 'decline'] : change.mayWithdraw ? ['withdraw'] : [];
  return (
    <li className={css['change']} data-within={within}>
      <div className={css['facts']}>
        {!within && (
          <p className={css['person']}>
            <Link to={addressOf.person(change.person.id)}>{change.person.fullName}</Link>
            {change.person.unit !== null && <span>{change.person.unit}</span>}
          </p>
        )}
        <What change={change} />
        <p className={css['asked']}>
          {t('changes.asked', { name: change.askedBy.fullName, at: formatMoment(change.askedAt) })}
        </p>
        <p className={css['reason']}>{change.reason}</p>
      </div>
      <div className={css['answer']}>
        {offered.length > 0 && (
          <div className={css['buttons']}>
            {offered.map((one) => (
              <Button key={one} variant={one === 'confirm' ? 'filled' : 'default'} onClick={() => setAnswer(one)}>
                {t(`changes.${one}`)}
                {!within && <span className="unseen">: {change.person.fullName}</span>}
              </Button>
            ))}
          </div>
        )}
        {!change.mayDecide && (
          <p className={css['whyNot']}>
            {t(ownAsk ? 'changes.ownAsk' : change.person.id === me.id ? 'changes.aboutYou' : 'changes.notYours')}
          </p>
        )}
      </div>
      <Decide change={change} answer={answer} onClose={() => setAnswer(null)} />
    </li>
  );
}

function What({ change: { change } }: { readonly change: PeopleChange }) {
  const { t } = useTranslation(['people', 'common']);
  if (change.kind === 'role')
    return <p className={css['what']}>{t('changes.role', { role: t(`common:role.${change.role}`) })}</p>;
  return (
    <p className={css['what']}>
      {t('changes.clearance')} <LevelBadge rank={change.from} />
      <IconArrowRight size={15} aria-hidden="true" />
      <span className="unseen">{t('changes.to')}</span>
      <LevelBadge rank={change.to} />
    </p>
  );
}

function Decide({
  change,
  answer,
  onClose,
}: {
  readonly change: PeopleChange;
  readonly answer: Answer | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('people');
  const confirm = answer === 'confirm';
  const name = change.person.fullName;
  const words = {
    confirm: ['changes.confirming', 'changes.confirmWhat'],
    decline: ['changes.declining', 'changes.declineWhat'],
    withdraw: ['changes.withdrawing', 'changes.withdrawWhat'],
  } as const;
  return (
    <ActWindow opened={answer !== null} title={answer === null ? '' : t(words[answer][0], { name })} onClose={onClose}>
      <ActForm
        act={(reason) => ask(peopleLines.decideChange, { params: { id: change.id }, body: { confirm, reason } })}
        reason={confirm ? 'optional' : 'needed'}
        doWord={answer === null ? '' : t(`changes.${answer}`)}
        onDone={() => {
          notice(t(confirm ? 'changes.confirmed' : 'changes.declined', { name }));
          onClose();
        }}
        onClose={onClose}
      >
        <What change={change} />
        <p>{answer === null ? '' : t(words[answer][1])}</p>
      </ActForm>
    </ActWindow>
  );
}
