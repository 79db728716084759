import type { Reading } from '../../departments/intake/ports.ts';
import { fromLegacyFonts } from './legacy-fonts.ts';
import { pageText } from './page-text.ts';
import { innerLimits } from './tasks.ts';

/** Pieces of text as numbered parts, without the empty ones (slides keep theirs: their number is what people say). */
export function numbered(unit: Reading['unit'], pieces: readonly string[]): Reading {
  const all = fromLegacyFonts(pieces.join('\0')).split('\0').map(pageText);
  const kept = unit === 'page' ? all : all.filter((text) => text !== '');
  const pages: Reading['pages'][number][] = [];
  let characters = 0;
  for (const text of kept) {
    characters += text.length;
    if (pages.length >= innerLimits.units || characters > innerLimits.characters) {
      return { unit, pages, problem: 'too-large-inside' };
    }
    pages.push({ number: pages.length + 1, text, needsOcr: false });
  }
  return { unit, pages };
}
