import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { systemLines } from '../../../contract/system.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import css from './system.module.css';

type Part = ReplyOf<typeof systemLines.health>['parts'][number];

/** Database, store, search engine and queue: which of them stands, and what it means when it does not. */
export function PartStates({ parts }: { readonly parts: readonly Part[] }) {
  const { t } = useTranslation('system');
  return (
    <ul className={css['parts']}>
      {parts.map(({ name, up, kind }) => {
        const Sign = up ? IconCircleCheck : IconAlertTriangle;
        return (
          <li key={name} className={`sheet ${css['part'] ?? ''}`} data-up={up}>
            <Sign size={22} aria-hidden="true" />
            <b>{t(`part.${name}`)}</b>
            <span className="sm">
              <span className={css['state']}>{up ? t('up') : t('down')}</span>
              <span className="mut"> · {kind}</span>
              {!up && <span className={css['why']}>{t(`part-why.${name}`)}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** One sentence over them. */
export function HealthSentence({ parts }: { readonly parts: readonly Part[] }) {
  const { t } = useTranslation('system');
  const down = parts.filter(({ up }) => !up).length;
  return (
    <span className="mut" role="status">
      {down === 0 ? t('health-good') : t('health-bad', { count: down })}
    </span>
  );
}
