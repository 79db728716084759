import { useTranslation } from 'react-i18next';
import { formatSize } from '../../parts/format.ts';
import css from './system.module.css';

/** Below a tenth somebody should act; below a thirtieth it is late. */
export function toneOf({ free, whole }: { readonly free: number; readonly whole: number }): 'plain' | 'wait' | 'stop' {
  const left = whole === 0 ? 0 : free / whole;
  return left < 1 / 30 ? 'stop' : left < 1 / 10 ? 'wait' : 'plain';
}

export function DiskFact({ disk }: { readonly disk: { readonly free: number; readonly whole: number } | null }) {
  const { t } = useTranslation('system');
  const tone = disk === null ? 'wait' : toneOf(disk);
  const percent = disk === null || disk.whole === 0 ? 0 : Math.round(100 * (1 - disk.free / disk.whole));
  return (
    <section className={`sheet ${css['fact'] ?? ''}`} data-tone={tone} aria-labelledby="system-disk">
      <h2 id="system-disk">{t('disk.title')}</h2>
      {disk === null ? (
        <b>{t('disk.unknown')}</b>
      ) : (
        <>
          <b>{t('disk.free', { free: formatSize(disk.free), whole: formatSize(disk.whole) })}</b>
          <div
            className={css['bar']}
            role="meter"
            aria-labelledby="system-disk"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
            aria-valuetext={t('disk.used', { percent })}
          >
            <span style={{ width: `${String(percent)}%` }} />
          </div>
          <p>{t(`disk.${({ plain: 'room', wait: 'low', stop: 'full' } as const)[tone]}`)}</p>
        </>
      )}
      <p>{t('disk.where')}</p>
    </section>
  );
}
