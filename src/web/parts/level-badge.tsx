import { levels, type Rank } from '../../kernel/labels.ts';
import { languageNow } from './format.ts';
import classes from './level-badge.module.css';

/** One badge per level, the same everywhere: word, shape and colour, never colour alone. */
export function LevelBadge({ rank, prefix }: { readonly rank: Rank; readonly prefix?: (word: string) => string }) {
  const word = levels[rank].word[languageNow()];
  return (
    <span className={classes['badge']} data-rank={rank}>
      <i aria-hidden="true" />
      {prefix ? prefix(word) : word}
    </span>
  );
}
