import { useState } from 'react';
import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { releaseGround, secrecyLines, type ReleaseGround } from '../../../contract/secrecy.ts';
import { direction, type Direction } from '../../../contract/shapes.ts';
import { ask } from '../../api.ts';
import { ActForm, ActWindow } from '../../parts/act-form.tsx';
import { notice } from '../../parts/notice.ts';

export type ReleaseAnswer = 'confirm' | 'decline' | 'withdraw';

/** What is withheld, and the figures of the first page, are asked anew. */
function useRefresh(): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['withheld'] });
    void client.invalidateQueries({ queryKey: ['home'] });
  };
}

/** By the number in the book: whoever does it sees no document. */
export function WithholdForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('withheld');
  return (
    <ActWindow opened={opened} title={t('withhold.title')} onClose={onClose}>
      <Withhold onClose={onClose} />
    </ActWindow>
  );
}

function Withhold({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('withheld');
  const refresh = useRefresh();
  const [book, setBook] = useState<Direction>('incoming');
  const [year, setYear] = useState<number | string>(new Date().getFullYear());
  const [number, setNumber] = useState<number | string>('');
  return (
    <ActForm
      act={(reason) =>
        ask(secrecyLines.withhold, { body: { direction: book, year: Number(year), number: Number(number), reason } })
      }
      ready={number !== '' && year !== ''}
      doWord={t('withhold.do')}
      reasonWhy={t('withhold.reasonWhy')}
      onDone={() => {
        refresh();
        notice(t('withhold.done'));
        onClose();
      }}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <p>{t('withhold.what')}</p>
          <NativeSelect
            label={t('withhold.book')}
            value={book}
            data={direction.options.map((one) => ({ value: one, label: t(`book.${one}`) }))}
            onChange={(event) => setBook(direction.parse(event.currentTarget.value))}
          />
          <NumberInput
            label={t('withhold.year')}
            value={year}
            hideControls
            allowDecimal={false}
            error={problemOf('year')}
            onChange={setYear}
          />
          <NumberInput
            label={t('withhold.number')}
            value={number}
            required
            hideControls
            allowDecimal={false}
            data-autofocus
            error={tried && number === '' ? t('withhold.numberNeeded') : problemOf('number')}
            onChange={setNumber}
          />
        </>
      )}
    </ActForm>
  );
}

export function AskReleaseForm({
  withheldId,
  name,
  opened,
  onClose,
}: {
  readonly withheldId: string;
  readonly name: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('withheld');
  return (
    <ActWindow opened={opened} title={t('release.title', { name })} onClose={onClose}>
      <AskRelease withheldId={withheldId} onClose={onClose} />
    </ActWindow>
  );
}

function AskRelease({ withheldId, onClose }: { readonly withheldId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('withheld');
  const refresh = useRefresh();
  const [ground, setGround] = useState<ReleaseGround>('false-alarm');
  const [decision, setDecision] = useState('');
  return (
    <ActForm
      act={(reason) =>
        ask(secrecyLines.askRelease, {
          params: { id: withheldId },
          body: { ground, decision: decision.trim(), reason },
        })
      }
      ready={decision.trim() !== ''}
      doWord={t('act.ask')}
      reasonWhy={t('release.reasonWhy')}
      conflict={t('release.conflict')}
      onRefused={refresh}
      onDone={() => {
        refresh();
        notice(t('release.waits'));
        onClose();
      }}
      onClose={onClose}
    >
      {({ tried, problemOf }) => (
        <>
          <p>{t('release.what')}</p>
          <NativeSelect
            label={t('release.ground')}
            value={ground}
            data={releaseGround.options.map((one) => ({ value: one, label: t(`ground.${one}`) }))}
            onChange={(event) => setGround(releaseGround.parse(event.currentTarget.value))}
          />
          <TextInput
            label={t('release.decision')}
            description={t('release.decisionWhy')}
            required
            maxLength={100}
            value={decision}
            error={tried && decision.trim() === '' ? t('release.decisionNeeded') : problemOf('decision')}
            onChange={(event) => setDecision(event.currentTarget.value)}
          />
        </>
      )}
    </ActForm>
  );
}

export function DecideReleaseForm({
  releaseId,
  name,
  answer,
  onClose,
}: {
  readonly releaseId: string;
  readonly name: string;
  readonly answer: ReleaseAnswer | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('withheld');
  const refresh = useRefresh();
  const confirm = answer === 'confirm';
  return (
    <ActWindow
      opened={answer !== null}
      title={answer === null ? '' : t(`deciding.${answer}.title`, { name })}
      onClose={onClose}
    >
      <ActForm
        act={(reason) => ask(secrecyLines.decideRelease, { params: { id: releaseId }, body: { confirm, reason } })}
        reason={confirm ? 'optional' : 'needed'}
        doWord={answer === null ? '' : t(`act.${answer}`)}
        onRefused={refresh}
        onDone={() => {
          refresh();
          notice(t(confirm ? 'deciding.confirmed' : 'deciding.declined'));
          onClose();
        }}
        onClose={onClose}
      >
        <p>{answer === null ? '' : t(`deciding.${answer}.what`)}</p>
      </ActForm>
    </ActWindow>
  );
}
