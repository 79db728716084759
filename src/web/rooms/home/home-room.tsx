import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { systemLines } from '../../../contract/system.ts';
import { ask } from '../../api.ts';
import { formatLongDay } from '../../parts/format.ts';
import { LoadingState } from '../../parts/loading-state.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { addressOf } from '../addresses.ts';
import { useMay } from '../../session.tsx';
import { useTray } from '../intake/use-tray.ts';
import { nextDraft } from '../intake/waiting-column.tsx';
import { DossiersPart } from './dossiers-part.tsx';
import { DeskCounts, WaitingList } from './desk-part.tsx';
import { LogPart } from './log-part.tsx';
import { NewestPart } from './newest-part.tsx';
import { PeoplePart } from './people-part.tsx';
import { PlainPart } from './plain-part.tsx';
import { SearchPart } from './search-part.tsx';
import { SecrecyPart } from './secrecy-part.tsx';
import { SystemPart } from './system-part.tsx';
import classes from './home.module.css';

/** The first page: what this person's roles have to do today. Never empty. */
export function HomeRoom() {
  const { t } = useTranslation('home');
  const registers = useMay('document.register');
  const keeps = useMay('dossier.keep');
  const home = useQuery({
    queryKey: ['home'],
    queryFn: ({ signal }) => ask(systemLines.home, { signal }),
    refetchInterval: 15_000,
  });
  const tray = useTray('waiting', registers);
  const next = nextDraft(tray.data?.rows ?? []);
  const data = home.data;
  const nothing = data && !data.desk && !data.newest && !data.log && !data.system && !data.people && !data.secrecy;
  return (
    <div className={classes['home']}>
      <div className={classes['head']}>
        <h1>{formatLongDay(new Date())}</h1>
        {data?.desk ? (
          <span className="mut">
            {t('summary', { registered: data.desk.registeredToday, waiting: data.desk.waiting })}
          </span>
        ) : null}
        {registers && next ? (
          <Button
            component={Link}
            to={addressOf.registration(next.recordId)}
            leftSection={<IconInbox size={16} aria-hidden="true" />}
          >
            {t('next')}
          </Button>
        ) : null}
      </div>
      {home.isError ? <ProblemNote problem={home.error} onRetry={() => void home.refetch()} /> : null}
      {home.isPending ? <LoadingState /> : null}
      {data?.desk ? <DeskCounts desk={data.desk} /> : null}
      {data?.newest && !data.desk ? <SearchPart /> : null}
      {data?.newest && data.desk ? (
        <div className={classes['two']}>
          <WaitingList tray={tray} />
          <NewestPart hits={data.newest} />
        </div>
      ) : data?.newest ? (
        <div className={classes['halves']}>
          {keeps ? <DossiersPart /> : null}
          <NewestPart hits={data.newest} />
        </div>
      ) : null}
      {data?.log ? <LogPart log={data.log} /> : null}
      {data?.secrecy ? <SecrecyPart secrecy={data.secrecy} /> : null}
      {data?.people ? <PeoplePart people={data.people} /> : null}
      {data?.system ? <SystemPart /> : null}
      {nothing ? <PlainPart /> : null}
    </div>
  );
}
