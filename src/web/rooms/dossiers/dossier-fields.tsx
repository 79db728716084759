import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DossierView } from '../../../contract/dossiers.ts';
import { levels } from '../../../kernel/labels.ts';
import { FieldTable, type FieldLine } from '../../parts/field-table.tsx';
import { formatCount, formatDay, formatMoment, languageNow } from '../../parts/format.ts';
import { useRetentionWords } from './dossier-words.ts';
import css from './dossier-panel.module.css';

/** Every field of Nghị định 30/2020, Phụ lục VI, Phần II, mục III, empty ones too: an empty field is a finding. */
export function DossierFields({
  dossier,
  onCorrect,
}: {
  readonly dossier: DossierView;
  readonly onCorrect: () => void;
}) {
  const { t } = useTranslation('dossiers');
  const period = useRetentionWords();
  const said = (value: string | null | undefined): string =>
    value === null || value === undefined || value === '' ? '—' : value;
  const when = (at: string | null, by: { readonly fullName: string } | null): string =>
    at === null ? '—' : [formatMoment(at), by?.fullName ?? ''].filter((part) => part !== '').join(', ');
  const rank = (of: DossierView['rank']): string => levels[of].word[languageNow()];
  const annexed: readonly FieldLine[] = [
    { label: t('field.year'), value: String(dossier.year), annex: 'FileCatalog' },
    { label: t('field.notation'), value: dossier.notation, annex: 'FileNotation' },
    { label: t('field.title'), value: dossier.title, annex: 'Title' },
    {
      label: t('field.retention'),
      value: dossier.retention === null ? '—' : period(dossier.retention),
      annex: 'Maintenance',
    },
    { label: t('field.rank'), value: rank(dossier.rank), annex: 'Rights' },
    { label: t('field.ownerId'), value: said(dossier.owner?.fullName), annex: 'Creator' },
    { label: t('field.language'), value: said(dossier.language), annex: 'Language' },
    { label: t('field.startDate'), value: said(formatDay(dossier.startDate)), annex: 'StartDate' },
    { label: t('field.endDate'), value: said(formatDay(dossier.endDate)), annex: 'EndDate' },
    { label: t('field.records'), value: formatCount(dossier.records), annex: 'DocTotal' },
    { label: t('field.pages'), value: formatCount(dossier.pages), annex: 'PageTotal' },
    { label: t('field.note'), value: said(dossier.note), annex: 'Description' },
  ];
  const house: readonly FieldLine[] = [
    { label: t('field.state'), value: t(`state.${dossier.state}`) },
    {
      label: t('field.plan'),
      value:
        dossier.plan === null
          ? t('plan.outside')
          : [String(dossier.plan.year), dossier.plan.document ?? ''].filter((part) => part !== '').join(' · '),
    },
    { label: t('field.unitId'), value: said(dossier.unit?.name) },
    { label: t('field.titleRank'), value: rank(dossier.titleRank) },
    { label: t('field.retentionBasis'), value: said(dossier.retentionBasis) },
    { label: t('field.openedAt'), value: when(dossier.openedAt, dossier.openedBy) },
    { label: t('field.closedAt'), value: when(dossier.closedAt, dossier.closedBy) },
    { label: t('field.closingNote'), value: said(dossier.closingNote) },
  ];
  return (
    <>
      {dossier.may.correct ? (
        <div className={css['above']}>
          <Button variant="default" leftSection={<IconPencil size={16} aria-hidden="true" />} onClick={onCorrect}>
            {t('act.correct')}
          </Button>
        </div>
      ) : dossier.state === 'closed' ? (
        <p className="sm mut">{t('correct.closed')}</p>
      ) : null}
      <FieldTable caption={t('field.annex')} rows={annexed} annexed />
      <FieldTable caption={t('field.house')} rows={house} />
    </>
  );
}
