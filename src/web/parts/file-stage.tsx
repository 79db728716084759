import {
  IconAlertTriangle,
  IconCircleCheck,
  IconEyeOff,
  IconFileSearch,
  IconInbox,
  IconShieldCheck,
  IconTextRecognition,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileStage as Stage } from '../../contract/shapes.ts';
import classes from './file-stage.module.css';

const icons = {
  received: IconInbox,
  checked: IconFileSearch,
  vaulted: IconShieldCheck,
  recognising: IconTextRecognition,
  ready: IconCircleCheck,
  'kept-unread': IconEyeOff,
  failed: IconAlertTriangle,
} as const satisfies Record<Stage, unknown>;

export interface FileStageProps {
  readonly stage: Stage;
  readonly pages?: number | null;
  readonly pagesRead?: number;
}

/** How far the house is with a file: word and icon, the pages counted while they are read. */
export function FileStage({ stage, pages = null, pagesRead = 0 }: FileStageProps) {
  const { t } = useTranslation();
  const Icon = icons[stage];
  return (
    <span className={classes['stage']} data-stage={stage}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {stage === 'recognising' && pages !== null && pages > 0
        ? t('stage.recognising-pages', { read: Math.min(pagesRead + 1, pages), pages })
        : t(`stage.${stage}`)}
    </span>
  );
}
