import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { systemLines } from '../../../contract/system.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import css from './system.module.css';

type Part = ReplyOf<typeof systemLines.health>['parts'][number];

const own = ['directory', 'graphile-worker'] as const;
const names = new Map([
  ['postgres', 'PostgreSQL'],
  ['meilisearch', 'Meilisearch'],
  ['minio', 'MinIO'],
]);

/** Database, store, search engine and queue: which of them stands, and what it means when it does not. */
export function PartStates({ parts }: { readonly parts: readonly Part[] }) {
  const { t } = useTranslation('system');
  // A server bears its own name; what the house brings with it is said in words.
  const kindWord = (kind: string): string => {
    const known = own.find((one) => one === kind);
    return known === undefined ? (names.get(kind) ?? kind) : t(`kind.${known}`);
  };
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
              <span className="mut"> · {kindWord(kind)}</span>
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
