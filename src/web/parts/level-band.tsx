import { useTranslation } from 'react-i18next';
import { levels, type Rank } from '../../kernel/labels.ts';
import { languageNow } from './format.ts';
import classes from './level-badge.module.css';

/** The thin band over a page above Công khai, as the stamp at the head of a paper one. Nothing for a public page. */
export function LevelBand({ rank }: { readonly rank: Rank }) {
  const { t } = useTranslation();
  if (rank === 0) return null;
  return (
    <div className={classes['band']} data-rank={rank}>
      {t('level-band', { level: levels[rank].word[languageNow()] })}
    </div>
  );
}
