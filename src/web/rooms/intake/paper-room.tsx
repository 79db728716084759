import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { recordFieldNames, type RecordView } from '../../../contract/registry.ts';
import { vietnamDay } from '../../../kernel/dates.ts';
import { paperForm, useMe } from '../../session.tsx';
import { useKeys } from '../../shell/keys.ts';
import { addressOf } from '../addresses.ts';
import { givenFor, type Given } from './given-number.tsx';
import { PaperPanel } from './paper-panel.tsx';
import { RegistrationForm } from './registration-form.tsx';
import classes from './paper.module.css';

/** Paper that has no file, or none yet: into the register at once, the number large, then the next. */
export function PaperRoom() {
  const me = useMe();
  const [today] = useState(() => vietnamDay(new Date()));
  const [given, setGiven] = useState<Given | null>(null);
  if (given) return <Done given={given} onNext={() => setGiven(null)} />;
  return (
    <div className={classes['room']}>
      <RegistrationForm
        record={blankRecord(paperForm(me.id), me.clearance < 2 ? me.clearance : 2)}
        today={today}
        paper={<PaperPanel />}
        reload={() => Promise.resolve()}
        onRegistered={(record) => setGiven(givenFor(record, Number(today.slice(0, 4))))}
        onCorrected={() => undefined}
      />
    </div>
  );
}

/** What stands before anything is in the house: the form begins from it, and keeps its work under this id. */
function blankRecord(id: string, rank: RecordView['rank']): RecordView {
  const empty = Object.fromEntries(recordFieldNames.map((name) => [name, null])) as unknown as RecordView['fields'];
  return {
    id,
    state: 'draft',
    rank,
    fields: { ...empty, direction: 'incoming', subject: '', recipients: [], urgency: 'normal' },
    arrivalNumber: null,
    register: null,
    leadUnit: null,
    supportingUnits: [],
    openToAll: false,
    receivedAt: '',
    receivedBy: null,
    registeredAt: null,
    registeredBy: null,
    files: [],
    versions: [],
    version: 0,
    may: { register: true, correct: false, download: false, original: false, history: false, addFile: false },
  };
}

/** The number, as large as it has to be written on the envelope. */
function Done({ given, onNext }: { readonly given: Given; readonly onNext: () => void }) {
  const { t } = useTranslation(['intake', 'common']);
  useKeys([{ keys: 'ctrl+Enter', label: t('paper.next'), run: onNext }]);
  return (
    <section className={classes['done']} aria-label={t('given.label')}>
      <h1>{given.number === null ? t('given.label') : t('given.arrival')}</h1>
      <b data-given-number data-words={given.number === null} role="status">
        {given.number ?? (given.reference === '' ? t('given.label') : given.reference)}
      </b>
      <p>
        <b>{given.subject}</b>
      </p>
      <p className="mut">{t(`common:year-of-book.${given.direction}`, { year: given.year })}</p>
      {given.number === null ? null : <p className={classes['write']}>{t('paper.write')}</p>}
      <div className={classes['doneActs']}>
        <Button data-autofocus autoFocus onClick={onNext} rightSection={<kbd>Enter</kbd>}>
          {t('paper.next')}
        </Button>
        <Button component={Link} to={addressOf.record(given.recordId)} variant="default">
          {t('given.open')}
        </Button>
        <Button component={Link} to="/tiep-nhan" variant="default">
          {t('paper.back')}
        </Button>
      </div>
    </section>
  );
}
