import { useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Withheld } from '../../../contract/secrecy.ts';
import { formatMoment } from '../../parts/format.ts';
import { useMay } from '../../session.tsx';
import { AskReleaseForm, DecideReleaseForm, type ReleaseAnswer } from './withheld-forms.tsx';
import css from '../people/changes.module.css';

type Act = ReleaseAnswer | 'ask';

/** One document by its number, why and since when; then what may be done about it. */
export function WithheldItem({ withheld }: { readonly withheld: Withheld }) {
  const { t } = useTranslation('withheld');
  const manages = useMay('secrecy.manage');
  const [act, setAct] = useState<Act | null>(null);
  const close = (): void => setAct(null);
  const { release } = withheld;
  const acts: readonly Act[] =
    release === null ? (manages ? ['ask'] : []) : release.mayConfirm ? ['confirm', 'decline'] : ['withdraw'];
  const name = useWithheldName(withheld);
  return (
    <li className={css['change']}>
      <div className={css['facts']}>
        <p className={css['what']}>{name}</p>
        <p>{t(`cause.${withheld.cause}`)}</p>
        <p className={css['asked']}>
          {withheld.withheldBy === null
            ? t('sinceMachine', { at: formatMoment(withheld.withheldAt) })
            : t('since', { at: formatMoment(withheld.withheldAt), name: withheld.withheldBy.fullName })}
          {withheld.broughtBy === null ? '' : ` · ${t('broughtBy', { name: withheld.broughtBy.fullName })}`}
        </p>
        {withheld.note === null ? null : <p className={css['reason']}>{withheld.note}</p>}
        {release === null ? null : (
          <>
            <p className={css['what']}>
              {t('release.asks', { ground: t(`ground.${release.ground}`), decision: release.decision })}
            </p>
            <p className={css['asked']}>
              {t('release.asked', { name: release.askedBy.fullName, at: formatMoment(release.askedAt) })}
            </p>
            <p className={css['reason']}>{release.reason}</p>
          </>
        )}
      </div>
      <div className={css['answer']}>
        <div className={css['buttons']}>
          {acts.map((one) => (
            <Button key={one} variant={one === 'confirm' ? 'filled' : 'default'} onClick={() => setAct(one)}>
              {t(`act.${one}`)}
              <span className="unseen">: {name}</span>
            </Button>
          ))}
        </div>
        {release !== null && !release.mayConfirm ? <p className={css['whyNot']}>{t('release.ownAsk')}</p> : null}
      </div>
      <AskReleaseForm withheldId={withheld.id} name={name} opened={act === 'ask'} onClose={close} />
      {release === null ? null : (
        <DecideReleaseForm
          releaseId={release.id}
          name={name}
          answer={act === null || act === 'ask' ? null : act}
          onClose={close}
        />
      )}
    </li>
  );
}

/** As the paper is found: by its line in the book; what nobody registered has none. */
function useWithheldName({ entry, registered }: Withheld): string {
  const { t } = useTranslation('withheld');
  if (entry !== null && entry.number !== null)
    return t(`entry.${entry.direction}`, { number: entry.number, year: entry.year });
  return t(registered ? 'entry.unnamed' : 'entry.draft');
}
