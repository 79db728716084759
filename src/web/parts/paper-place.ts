import { useTranslation } from 'react-i18next';
import type { RecordFields } from '../../contract/registry.ts';
import { foldedForm } from '../../kernel/folding.ts';

type PaperOf = Pick<RecordFields, 'paperStore' | 'paperShelf' | 'paperBox'>;
type Part = 'store' | 'shelf' | 'box';

/** `kho A, giá 3, hộp 12`; whoever wrote `Kho A` into the field is not told "kho Kho A". Empty when nobody said. */
export function paperPlace(paper: PaperOf, say: (part: Part, name: string) => string): string {
  return (
    [
      ['store', paper.paperStore],
      ['shelf', paper.paperShelf],
      ['box', paper.paperBox],
    ] as const
  )
    .flatMap(([part, name]) => {
      if (name === null || name === '') return [];
      const word = foldedForm(say(part, '').trim());
      return [foldedForm(name).startsWith(`${word} `) ? name : say(part, name)];
    })
    .join(', ');
}

/** Where the paper lies, in the words of whoever goes and fetches it. */
export function usePaperPlace(): (paper: PaperOf) => string {
  const { t } = useTranslation('common');
  return (paper) => paperPlace(paper, (part, name) => t(`paper.${part}`, { name }));
}
