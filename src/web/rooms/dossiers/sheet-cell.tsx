import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dossierLines, type DossierItem, type DossierView } from '../../../contract/dossiers.ts';
import { ask } from '../../api.ts';
import { useProblemSentence } from '../../parts/problem-note.tsx';
import { nextSheet, sheetsIn, sheetsText } from './dossier-rules.ts';
import { useChanged } from './use-dossiers.ts';
import css from './item-table.module.css';

/** Tờ số, written where it stands: Enter keeps it and goes to the next document, Esc leaves it as it was. */
export function SheetCell({
  dossier,
  item,
  rows,
}: {
  readonly dossier: DossierView;
  readonly item: DossierItem;
  readonly rows: readonly DossierItem[];
}) {
  const { t } = useTranslation('dossiers');
  const sentence = useProblemSentence();
  const changed = useChanged();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const save = useMutation({
    mutationFn: (sheets: DossierItem['sheets']) =>
      ask(dossierLines.describeItem, {
        params: { id: dossier.id, recordId: item.recordId },
        body: { sheets },
      }),
    onSuccess: (answer) => {
      setTyped(null);
      changed(answer);
    },
  });
  const shown = sheetsText(item.sheets);
  const name = t('sheets.of', { what: item.numberAndSymbol ?? item.subject });
  if (!dossier.may.fill) return <>{shown}</>;
  if (typed === null)
    return (
      <button
        type="button"
        className={css['sheetButton']}
        data-sheets={item.recordId}
        data-empty={shown === ''}
        aria-label={shown === '' ? name : `${name}: ${shown}`}
        onClick={() => {
          setWrong(false);
          setTyped(shown);
        }}
      >
        {shown === '' ? '—' : shown}
      </button>
    );
  const keep = (): boolean => {
    const sheets = sheetsIn(typed);
    setWrong(sheets === undefined);
    if (sheets === undefined || save.isPending) return false;
    if (sheetsText(sheets) === shown) setTyped(null);
    else save.mutate(sheets);
    return true;
  };
  const next = rows[rows.findIndex(({ recordId }) => recordId === item.recordId) + 1]?.recordId;
  return (
    <>
      <input
        autoFocus
        className={css['sheetInput']}
        aria-label={name}
        aria-invalid={wrong || save.isError}
        placeholder={String(nextSheet(rows, item.recordId))}
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        value={typed}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            setWrong(false);
            setTyped(null);
          }
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (!keep()) return;
          const following = document.querySelector<HTMLElement>(`[data-sheets="${next ?? ''}"]`);
          following?.click();
        }}
      />
      {wrong ? (
        <span className={css['wrong']} role="alert">
          {t('sheets.wrong')}
        </span>
      ) : null}
      {save.isError ? (
        <span className={css['wrong']} role="alert">
          {sentence(save.error)}
        </span>
      ) : null}
    </>
  );
}
