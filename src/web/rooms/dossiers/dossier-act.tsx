import { useTranslation } from 'react-i18next';
import type { DossierView } from '../../../contract/dossiers.ts';
import { ActForm, type ActFormProps } from '../../parts/act-form.tsx';
import { notice } from '../../parts/notice.ts';
import { useWrongWords } from './dossier-words.ts';
import { useChanged } from './use-dossiers.ts';

type Props = Omit<ActFormProps<DossierView>, 'wrong' | 'conflict' | 'onDone'> & {
  /** What is said at the edge of the page when it is done. */
  readonly said: (dossier: DossierView) => string;
  readonly onDone?: (dossier: DossierView) => void;
};

/**
 * One change of a dossier: its answer is shown at once, lists and history are asked anew. After a refusal the dossier is
 * asked anew too, so that the next try starts from what stands there now; what was typed stays.
 */
export function DossierAct({ said, onDone, onRefused, onClose, ...props }: Props) {
  const { t } = useTranslation('dossiers');
  const changed = useChanged();
  return (
    <ActForm
      reasonWhy={t('reason-why')}
      {...props}
      wrong={useWrongWords()}
      conflict={t('conflict')}
      onDone={(dossier) => {
        changed(dossier);
        notice(said(dossier));
        onClose();
        onDone?.(dossier);
      }}
      onRefused={(problem) => {
        changed();
        onRefused?.(problem);
      }}
      onClose={onClose}
    />
  );
}
