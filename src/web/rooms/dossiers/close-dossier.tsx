import { useState } from 'react';
import { Checkbox, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dossierLines, type Check, type CheckCode, type DossierView } from '../../../contract/dossiers.ts';
import { vietnamDay } from '../../../kernel/dates.ts';
import { ask } from '../../api.ts';
import { ActWindow } from '../../parts/act-form.tsx';
import { formatDay } from '../../parts/format.ts';
import { DayField } from '../intake/day-field.tsx';
import { dayFromText } from '../intake/day-text.ts';
import { DossierAct } from './dossier-act.tsx';
import { standingOf } from './dossier-rules.ts';
import { useCheckWords, useRetentionWords } from './dossier-words.ts';
import css from './close-dossier.module.css';

/** The checklist of Điều 29, what only a person can say, the day the matter ended, and the closing note. */
export function CloseDossier({
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
    <ActWindow
      opened={opened}
      title={t('close.title', { notation: dossier.notation })}
      size="lg"
      keep
      onClose={onClose}
    >
      <Closing dossier={dossier} onClose={onClose} />
    </ActWindow>
  );
}

function Closing({ dossier, onClose }: { readonly dossier: DossierView; readonly onClose: () => void }) {
  const { t } = useTranslation(['dossiers', 'common']);
  const period = useRetentionWords();
  const today = vietnamDay(new Date());
  const [confirmed, setConfirmed] = useState<readonly CheckCode[]>([]);
  const [typedDay, setTypedDay] = useState(formatDay(dossier.endDate));
  const [note, setNote] = useState('');
  const { stops, hints, asked, good } = standingOf(dossier.checks);
  const day = dayFromText(typedDay, today);
  const noted = note.trim() !== '';
  const all = asked.every(({ code, needed }) => !needed || confirmed.includes(code));
  return (
    <DossierAct
      act={() =>
        ask(dossierLines.close, {
          params: { id: dossier.id },
          body: { confirmed: [...confirmed], endDate: day ?? '', closingNote: note, version: dossier.version },
        })
      }
      doWord={t('act.close')}
      ready={day !== null && noted && all}
      reason="none"
      said={({ notation }) => t('close.done', { notation })}
      // Which checks do not hold stands in the list, asked anew; what only somebody else can see stands nowhere.
      named={(path) => (path === 'checks' ? '' : undefined)}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <section aria-labelledby="close-found">
            <h3 id="close-found" className={css['subtitle']}>
              {t('close.found')}
            </h3>
            <ul className={css['checks']}>
              {[...stops, ...hints, ...good].map((check) => (
                <CheckLine key={check.code} check={check} />
              ))}
            </ul>
          </section>
          <fieldset className={css['asked']}>
            <legend className={css['subtitle']}>{t('close.asked')}</legend>
            {asked.map(({ code }) => (
              <Checkbox
                key={code}
                label={code === 'title-right' || code === 'retention-right' ? t(`check.${code}.label`) : code}
                description={code === 'title-right' ? dossier.title : period(dossier.retention)}
                checked={confirmed.includes(code)}
                error={tried && !confirmed.includes(code) ? t('close.say') : null}
                onChange={(event) => {
                  const on = event.currentTarget.checked;
                  setConfirmed((before) => (on ? [...before, code] : before.filter((one) => one !== code)));
                }}
              />
            ))}
          </fieldset>
          <div className={css['day']}>
            <DayField
              label={t('field.endDate')}
              name={t('field.endDate')}
              value={typedDay}
              today={today}
              error={
                tried && day === null
                  ? t(typedDay.trim() === '' ? 'common:field-problem.needed' : 'common:field-problem.not-a-date')
                  : problemOf('endDate')
              }
              onChange={setTypedDay}
            />
          </div>
          <Textarea
            label={t('close.note')}
            description={t(hints.length > 0 ? 'close.note-hints' : 'close.note-why')}
            rows={3}
            maxLength={500}
            required
            value={note}
            error={tried && !noted ? t('common:field-problem.needed') : problemOf('closingNote')}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
    </DossierAct>
  );
}

function CheckLine({ check }: { readonly check: Check }) {
  const { t } = useTranslation('dossiers');
  const words = useCheckWords();
  const Icon = check.holds ? IconCircleCheck : IconAlertTriangle;
  return (
    <li data-holds={check.holds} data-needed={check.needed}>
      <Icon size={16} stroke={2} aria-hidden="true" />
      <span>
        {words.label(check)}
        {check.holds ? null : (
          <span className={css['about']}>
            {words.wrong(check)}
            {check.needed ? '' : ` (${t('close.may-stay')})`}
          </span>
        )}
      </span>
    </li>
  );
}
