import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../contract/people.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { spanWords } from './spans.ts';
import css from './panel.module.css';

type Given = PersonView['roleHistory'][number]['given'];

interface Line {
  readonly id: string;
  readonly what: ReactNode;
  readonly from: string;
  readonly until: string | null;
  readonly given: Given;
  readonly ended?: Given | null;
}

/** Posts, roles and clearances since the person came: from when, until when, by whom and why. Newest first. */
export function PersonHistory({ person }: { readonly person: PersonView }) {
  const { t } = useTranslation(['people', 'common']);
  const groups: readonly (readonly [string, readonly Line[]])[] = [
    [
      t('panel.posts'),
      person.appointments.map((one) => ({ ...one, what: `${t(`post.${one.post}`)}, ${one.unit.name}` })),
    ],
    [t('panel.roles'), person.roleHistory.map((one) => ({ ...one, what: t(`common:role.${one.role}`) }))],
    [t('panel.clearance'), person.clearanceHistory.map((one) => ({ ...one, what: <LevelBadge rank={one.rank} /> }))],
  ];
  return (
    <section>
      <h3>{t('panel.history')}</h3>
      {groups
        .filter(([, lines]) => lines.length > 0)
        .map(([title, lines]) => (
          <div key={title} className={css['group']}>
            <h4>{title}</h4>
            <ul className={css['history']}>
              {[...lines]
                .sort((one, other) => (one.from < other.from ? 1 : -1))
                .map((line) => (
                  <li key={line.id} data-over={line.until !== null}>
                    <span className={css['what']}>{line.what}</span>{' '}
                    <span className={css['when']}>{spanWords(t, line)}</span>
                    {givenWords(line.given) !== '' && <p className={css['why']}>{givenWords(line.given)}</p>}
                    {line.ended && <p className={css['why']}>{endedWords(line.ended)}</p>}
                  </li>
                ))}
            </ul>
          </div>
        ))}
    </section>
  );
  function endedWords({ by, reason }: Given): string {
    return by === null ? t('panel.ended', { reason }) : t('panel.endedBy', { name: by.fullName, reason });
  }
  function givenWords(given: Given): string {
    if (given.by !== null) return t('panel.givenBy', { name: given.by.fullName, reason: given.reason });
    // The first start has no words of its own.
    return given.reason === '' || given.reason === 'first-start' ? t('panel.givenByHouse') : given.reason;
  }
}
