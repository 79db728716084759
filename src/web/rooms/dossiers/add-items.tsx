import { useState } from 'react';
import { Button, Checkbox, Radio } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dossierLines, type DossierView } from '../../../contract/dossiers.ts';
import { searchLines, type Hit } from '../../../contract/search.ts';
import { ApiProblem, ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { formatCount, formatDay } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { FindBox } from '../../parts/find-field.tsx';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useRested } from '../../parts/use-rested.ts';
import { DossierAct } from './dossier-act.tsx';
import { dossiersOf, useItems } from './use-dossiers.ts';
import css from './add-items.module.css';

type As = 'home' | 'link';

/** Documents found as in the search room, several at once, put in as their home or as a link. */
export function AddItems({
  opened,
  dossier,
  onClose,
}: {
  readonly opened: boolean;
  readonly dossier: DossierView;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('dossiers');
  return (
    <ActWindow opened={opened} title={t('fill.title', { notation: dossier.notation })} size="xl" keep onClose={onClose}>
      <Choosing dossier={dossier} onClose={onClose} />
    </ActWindow>
  );
}

/** A refusal that a reason would turn. */
export function hasHome(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.code === 'has-a-home';
}

const titleOf = (hit: Hit): string => hit.subject.map(({ text }) => text).join('');

function Choosing({ dossier, onClose }: { readonly dossier: DossierView; readonly onClose: () => void }) {
  const { t } = useTranslation('dossiers');
  const { rows } = useItems(dossier.id);
  const [chosen, setChosen] = useState<readonly Hit[]>([]);
  const [as, setAs] = useState<As>('home');
  // A link may still become this document's home.
  const within = new Set(rows.filter(({ home }) => home || as === 'link').map(({ recordId }) => recordId));
  // The home it has may be one that this person does not know: the house alone can say so.
  const [elsewhere, setElsewhere] = useState(false);
  // Where each stands now: moving a document from another home is said, and asks for a reason.
  const homes = useQueries({
    queries: chosen.map(({ recordId }) => dossiersOf(recordId)),
    combine: (answers) =>
      new Map(
        answers.flatMap(({ data }, at) => {
          const home = data?.rows.find((row) => row.home && row.id !== dossier.id);
          const recordId = chosen[at]?.recordId;
          return home === undefined || recordId === undefined ? [] : [[recordId, home] as const];
        }),
      ),
  });
  const moving = as === 'home' ? chosen.filter(({ recordId }) => homes.has(recordId)).length : 0;
  const drop = (recordId: string): void => setChosen((all) => all.filter((one) => one.recordId !== recordId));
  return (
    <DossierAct
      act={(reason) =>
        ask(dossierLines.put, {
          params: { id: dossier.id },
          body: {
            recordIds: chosen.map(({ recordId }) => recordId),
            as,
            ...(reason === '' ? {} : { reason }),
          },
        })
      }
      doWord={t('fill.do', { count: chosen.length })}
      ready={chosen.length > 0}
      reason={as === 'home' && (moving > 0 || elsewhere) ? 'needed' : 'none'}
      reasonWhy={moving > 0 ? t('fill.moving', { count: moving }) : t('fill.reason-why')}
      onRefused={(problem) => setElsewhere(hasHome(problem))}
      said={({ notation }) => t('fill.done', { count: chosen.length, notation })}
      named={(path) => {
        const hit = chosen[Number(/^recordIds\.(\d+)$/u.exec(path)?.[1] ?? -1)];
        return hit === undefined ? undefined : (hit.numberAndSymbol ?? titleOf(hit));
      }}
      onClose={onClose}
    >
      {({ tried }) => (
        <>
          <Finding
            within={within}
            chosen={chosen}
            onChoose={(hit, on) => (on ? setChosen((all) => [...all, hit]) : drop(hit.recordId))}
          />
          {chosen.length > 0 ? (
            <section aria-labelledby="fill-chosen">
              <h3 id="fill-chosen" className={css['subtitle']}>
                {t('fill.chosen', { count: chosen.length })}
              </h3>
              <ul className={css['chosen']}>
                {chosen.map((hit) => {
                  const home = homes.get(hit.recordId);
                  const name = hit.numberAndSymbol ?? titleOf(hit);
                  return (
                    <li key={hit.recordId}>
                      <span>
                        <b>{name}</b>{' '}
                        {home === undefined ? null : (
                          <span className={css['from']}>
                            {t(as === 'home' ? 'fill.from' : 'fill.stays', {
                              notation: home.notation,
                              title: home.title,
                            })}
                          </span>
                        )}
                      </span>
                      <button type="button" aria-label={t('fill.drop', { name })} onClick={() => drop(hit.recordId)}>
                        <IconX size={14} aria-hidden="true" />
                      </button>
                    </li>
                  );
                })}
              </ul>
            </section>
          ) : tried ? (
            <p role="alert" className={css['needed']}>
              {t('fill.needed')}
            </p>
          ) : null}
          <HomeOrLink value={as} onChange={setAs} />
        </>
      )}
    </DossierAct>
  );
}

/** Its home rules how long it is kept; a link only shows it here too. */
export function HomeOrLink({ value, onChange }: { readonly value: As; readonly onChange: (as: As) => void }) {
  const { t } = useTranslation('dossiers');
  return (
    <Radio.Group label={t('fill.as')} value={value} onChange={(said) => onChange(said === 'link' ? 'link' : 'home')}>
      <div className={css['ways']}>
        {(['home', 'link'] as const).map((one) => (
          <Radio key={one} value={one} label={t(`fill.${one}`)} description={t(`fill.${one}-why`)} />
        ))}
      </div>
    </Radio.Group>
  );
}

function Finding({
  within,
  chosen,
  onChoose,
}: {
  readonly within: ReadonlySet<string>;
  readonly chosen: readonly Hit[];
  readonly onChoose: (hit: Hit, on: boolean) => void;
}) {
  const { t } = useTranslation('dossiers');
  const [typed, setTyped] = useState('');
  const words = useRested(typed.trim());
  const answer = useInfiniteQuery({
    queryKey: ['search', 'for-dossier', words],
    queryFn: ({ pageParam, signal }) =>
      ask(searchLines.search, {
        query: { q: words, limit: 20, facets: 'no', ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const hits = answer.data?.pages.flatMap((page) => page.hits) ?? [];
  const total = answer.data?.pages[0]?.total;
  const picked = new Set(chosen.map(({ recordId }) => recordId));
  return (
    <div>
      <FindBox label={t('fill.find')} hint={t('fill.find-hint')} value={typed} longest={200} onChange={setTyped} />
      <p className="sm mut" role="status">
        {total === undefined ? '' : t(words === '' ? 'fill.newest' : 'fill.found', { count: total.count })}
      </p>
      {answer.isPending ? (
        <LoadingState />
      ) : answer.isError ? (
        <ProblemNote problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <div className={css['hits']} role="group" aria-label={t('fill.hits')} tabIndex={hits.length === 0 ? 0 : -1}>
          {hits.length === 0 ? <p className={css['nothing']}>{t('fill.nothing')}</p> : null}
          {hits.map((hit) => {
            const inHere = within.has(hit.recordId);
            return (
              <div key={hit.recordId} className={css['hit']} data-in={inHere}>
                <Checkbox
                  checked={inHere || picked.has(hit.recordId)}
                  disabled={inHere}
                  label={
                    <>
                      <b>{hit.numberAndSymbol ?? t('items.no-number')}</b>{' '}
                      <span className={css['subject']}>{titleOf(hit)}</span>
                      <span className={css['facts']}>
                        {[
                          inHere ? t('fill.within') : '',
                          hit.documentType ?? '',
                          hit.issuer ?? '',
                          formatDay(hit.issuedDate),
                          hit.arrivalNumber === null ? '' : t('items.arrival', { number: hit.arrivalNumber }),
                        ]
                          .filter((part) => part !== '')
                          .join(' · ')}
                      </span>
                    </>
                  }
                  onChange={(event) => onChoose(hit, event.currentTarget.checked)}
                />
                <LevelBadge rank={hit.rank} />
              </div>
            );
          })}
          {answer.hasNextPage ? (
            <Button
              variant="subtle"
              size="xs"
              loading={answer.isFetchingNextPage}
              onClick={() => void answer.fetchNextPage()}
            >
              {t('fill.more', { count: formatCount(20) })}
            </Button>
          ) : null}
        </div>
      )}
    </div>
  );
}
