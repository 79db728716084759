import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../contract/people.ts';
import { formatMoment, formatMomentDay } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { PersonMark } from '../../parts/person-mark.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { SidePanel } from '../../parts/side-panel.tsx';
import { vietnamDay } from '../../../kernel/dates.ts';
import { ChangeItem } from './change-item.tsx';
import { EndPost, EndRole, PersonActs } from './person-acts.tsx';
import { PersonHistory } from './person-history.tsx';
import { holdsOn, spanWords } from './spans.ts';
import { usePerson } from './use-people.ts';
import css from './panel.module.css';

/** One person whole: what they are today, what waits, what may be done, and how it came to be so. */
export function PersonPanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  const answer = usePerson(id);
  return (
    <SidePanel label={answer.data?.fullName ?? t('panel.label')} onClose={onClose} head={<Name person={answer.data} />}>
      {answer.isPending ? (
        <LoadingState />
      ) : answer.isError ? (
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <Person person={answer.data} />
      )}
    </SidePanel>
  );
}

function Name({ person }: { readonly person: PersonView | undefined }) {
  const { t } = useTranslation('people');
  if (person === undefined) return <span />;
  return (
    <div className={css['who']}>
      <PersonMark fullName={person.fullName} />
      <div>
        <h2>{person.fullName}</h2>
        <p className="sm mut">{t('panel.login', { name: person.loginName })}</p>
      </div>
    </div>
  );
}

function Person({ person }: { readonly person: PersonView }) {
  const { t } = useTranslation(['people', 'common']);
  const today = vietnamDay(new Date());
  const posts = person.appointments.filter((one) => holdsOn(today, one));
  return (
    <div className={css['body']}>
      {person.state === 'left' && <p className={css['left']}>{t('panel.leftState')}</p>}
      <dl className={css['lines']}>
        <div>
          <dt>{t('panel.posts')}</dt>
          <dd>
            {posts.length === 0
              ? t('panel.noPost')
              : posts.map((one) => (
                  <p key={one.id} className={css['role']}>
                    <span>
                      {t(`post.${one.post}`)}, {one.unit.name} <span className="mut">{spanWords(t, one)}</span>
                    </span>
                    <EndPost person={person} held={one} />
                  </p>
                ))}
          </dd>
        </div>
        <div>
          <dt>{t('panel.roles')}</dt>
          <dd>
            {person.roles.length === 0
              ? t('table.noRole')
              : person.roles.map((role) => (
                  <p key={role} className={css['role']}>
                    {t(`common:role.${role}`)}
                    <EndRole person={person} role={role} />
                  </p>
                ))}
          </dd>
        </div>
        <div>
          <dt>{t('panel.clearance')}</dt>
          <dd>
            <LevelBadge rank={person.clearance} />
          </dd>
        </div>
        <div>
          <dt>{t('panel.seen')}</dt>
          <dd>{person.lastSeenAt === null ? t('table.never') : formatMoment(person.lastSeenAt)}</dd>
        </div>
        <div>
          <dt>{t('panel.tokens')}</dt>
          <dd>{person.tokens === 0 ? t('panel.noToken') : person.tokens}</dd>
        </div>
        <div>
          <dt>{t('panel.since')}</dt>
          <dd>{formatMomentDay(person.createdAt)}</dd>
        </div>
      </dl>
      {person.changes.length > 0 && (
        <section className={css['changes']}>
          <h3>{t('panel.waiting')}</h3>
          <ul>
            {person.changes.map((change) => (
              <ChangeItem key={change.id} change={change} within />
            ))}
          </ul>
        </section>
      )}
      <PersonActs person={person} />
      <PersonHistory person={person} />
      <section>
        <h3>{t('panel.sessions')}</h3>
        {person.sessions.length === 0 ? (
          <p className="sm mut">{t('panel.noSession')}</p>
        ) : (
          <ul className={css['history']}>
            {person.sessions.map((one) => (
              <li key={one.id}>
                {t('panel.session', {
                  address: one.address,
                  start: formatMoment(one.startedAt),
                  seen: formatMoment(one.lastSeenAt),
                })}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
