import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { useMay } from '../../session.tsx';
import { peopleAddress } from '../addresses.ts';
import { AddPerson } from './add-person.tsx';
import { Changes } from './changes.tsx';
import { Load } from './load.tsx';
import { PeopleList } from './people-list.tsx';
import { askedOf } from './people-address.ts';
import { Units } from './units.tsx';
import { useChanges, usePeople, useUnits } from './use-people.ts';
import css from '../../parts/list-room.module.css';

const partNames = ['people', 'changes', 'units', 'load'] as const;
type Part = (typeof partNames)[number];

/** Who is here, in which unit, with which rights, and what waits for a second person. Nothing of it is overwritten. */
export function PeopleRoom() {
  const { pathname } = useLocation();
  // What is no part of its own is the address of one person.
  const part: Part = partNames.find((name) => pathname === peopleAddress[name]) ?? 'people';
  if (part === 'units') return <Units head={(act) => <Head part={part} act={act} />} />;
  if (part === 'load') return <Load head={<Head part={part} />} />;
  if (part === 'changes') return <Changes head={<Head part={part} />} />;
  return <PeopleList head={<Head part={part} act={<NewPerson />} />} />;
}

/** Title, a sentence with the figure of this part, the parts, and what can be added here. */
function Head({ part, act }: { readonly part: Part; readonly act?: ReactNode }) {
  const { t } = useTranslation('people');
  const waiting = useChanges().data?.rows.length ?? 0;
  const manages = useMay('people.manage');
  return (
    <div className={css['head']}>
      <div className={css['top']}>
        <div>
          <h1>{t('title')}</h1>
          <Sentence part={part} />
        </div>
        {act}
      </div>
      <nav className={css['parts']} aria-label={t('sections.label')}>
        <Link to={peopleAddress.people} aria-current={part === 'people' ? 'page' : undefined}>
          {t('sections.people')}
        </Link>
        <Link to={peopleAddress.changes} aria-current={part === 'changes' ? 'page' : undefined}>
          {t('sections.waiting')}
          {waiting > 0 && <b>{waiting}</b>}
        </Link>
        <Link to={peopleAddress.units} aria-current={part === 'units' ? 'page' : undefined}>
          {t('sections.units')}
        </Link>
        {manages ? (
          <Link to={peopleAddress.load} aria-current={part === 'load' ? 'page' : undefined}>
            {t('sections.load')}
          </Link>
        ) : null}
      </nav>
    </div>
  );
}

function Sentence({ part }: { readonly part: Part }) {
  const { t } = useTranslation('people');
  return (
    <p className={css['sentence']} role="status">
      {part === 'people' ? (
        <PeopleHere />
      ) : part === 'units' ? (
        <UnitsHere />
      ) : part === 'changes' ? (
        t('changes.why')
      ) : (
        ''
      )}
    </p>
  );
}

function PeopleHere() {
  const { t } = useTranslation('people');
  const [address] = useSearchParams();
  const { here } = usePeople(askedOf(address));
  return here === undefined ? '' : t('here', { count: here });
}

function UnitsHere() {
  const { t } = useTranslation('people');
  const units = useUnits().data?.rows.filter(({ until }) => until === null);
  return units === undefined ? '' : t('units.sentence', { count: units.length });
}

function NewPerson() {
  const { t } = useTranslation('people');
  const [adding, setAdding] = useState(false);
  return useMay('people.manage') ? (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
        {t('adding.title')}
      </Button>
      <AddPerson opened={adding} onClose={() => setAdding(false)} />
    </>
  ) : null;
}
