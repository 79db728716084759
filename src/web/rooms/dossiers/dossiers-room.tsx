import { useState } from 'react';
import { IconArrowLeft, IconFolderOff, IconFolderOpen } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { EmptyState } from '../../parts/empty-state.tsx';
import { isMissing } from '../../parts/is-missing.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useMay, useMe } from '../../session.tsx';
import { addressOf } from '../addresses.ts';
import { askedOf, dossierAddress, type View } from './dossier-address.ts';
import { DossierPanel } from './dossier-panel.tsx';
import { PlanActs } from './plan-acts.tsx';
import { PlanPane } from './plan-pane.tsx';
import { useDossier, usePlan } from './use-dossiers.ts';
import css from './dossiers.module.css';

/** The file plan at the left, the dossier that is chosen at the right. */
export function DossiersRoom() {
  const { t } = useTranslation('dossiers');
  const me = useMe();
  const keepsPlan = useMay('dossier.plan');
  const navigate = useNavigate();
  const { id } = useParams();
  const [address] = useSearchParams();
  const asked = askedOf(address);
  const chosen = useDossier(id);
  const one = chosen.data;
  // Whoever comes by the address of one dossier finds the list it stands in.
  const [first] = useState(asked.view);
  const view: View =
    asked.view ??
    (one === undefined
      ? (first ?? (keepsPlan ? 'plan' : 'mine'))
      : one.owner?.id === me.id && !keepsPlan
        ? 'mine'
        : 'plan');
  const year = asked.year ?? one?.year;
  const go = (to: string | null, said: Partial<typeof asked> = {}): void => {
    void navigate(dossierAddress(to, { view, year: asked.year, ...said }), {
      replace: id !== undefined && to !== null,
    });
  };
  const plan = usePlan(year, id === undefined || one !== undefined || chosen.isError);
  return (
    <div className={css['room']} data-chosen={id !== undefined}>
      <PlanPane
        view={view}
        plan={plan}
        chosenId={id ?? null}
        onView={(next) => go(id ?? null, { view: next })}
        onYear={(next) => go(null, { view: 'plan', year: next })}
        onChoose={(next) => go(next, { section: asked.section })}
        acts={plan.data ? <PlanActs plan={plan.data} onMade={(made) => go(made)} /> : null}
      />
      <section className={css['main']} aria-label={one?.title ?? t('title')}>
        {id === undefined ? null : (
          <Link className={css['toPlan']} to={dossierAddress(null, { view, year, section: asked.section })}>
            <IconArrowLeft size={15} aria-hidden="true" />
            {t('missing.back')}
          </Link>
        )}
        {id === undefined && plan.isError ? (
          // There is nothing to choose from; what failed is said where the list would stand.
          <h1 className="unseen">{t('title')}</h1>
        ) : id === undefined ? (
          <EmptyState
            heading
            icon={<IconFolderOpen size={30} stroke={1.4} aria-hidden="true" />}
            what={t('none-chosen.what')}
            why={t('none-chosen.why')}
          />
        ) : one ? (
          <DossierPanel
            key={one.id}
            dossier={one}
            section={asked.section}
            onSection={(section) => go(one.id, { section })}
          />
        ) : chosen.isPending ? (
          <LoadingState />
        ) : isMissing(chosen.error) ? (
          <EmptyState
            heading
            icon={<IconFolderOff size={30} stroke={1.4} aria-hidden="true" />}
            what={t('missing.what')}
            why={t('missing.why')}
          >
            <Button component={Link} to={addressOf.dossiers} variant="default">
              {t('missing.back')}
            </Button>
          </EmptyState>
        ) : (
          <>
            <h1 className="unseen">{t('title')}</h1>
            <ProblemNote problem={chosen.error} onRetry={() => void chosen.refetch()} />
          </>
        )}
      </section>
    </div>
  );
}
