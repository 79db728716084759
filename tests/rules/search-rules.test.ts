import fc from 'fast-check';
import { highlighted, snippet } from '../../src/departments/search/rules.ts';
import { foldedForm } from '../../src/kernel/folding.ts';
import { parseWords, readAtMost, requiredParts, withoutStopWords } from '../../src/kernel/question.ts';

const folded = (words: readonly { readonly folded: string }[]) => words.map((word) => word.folded).join(' ');

describe('reading a question', () => {
  it('takes words, phrases and exclusions apart', () => {
    const parsed = parseWords('báo cáo "tổng kết năm" -nháp -"dự thảo" cuối');
    expect(folded(parsed.words)).toBe('bao cao cuoi');
    expect(parsed.phrases.map(({ words }) => folded(words))).toEqual(['tong ket nam']);
    expect(parsed.excluded.map(({ words }) => folded(words))).toEqual(['nhap', 'du thao']);
    expect(parsed.words.map(({ prefix }) => prefix)).toEqual([false, false, true]);
    expect(parsed.marked).toBe(true);
  });

  it.each([
    ['quyết đị', true],
    ['quyết định ', false],
    ['quyết định.', false],
    ['"quyết định"', false],
    ['quyết -định', false],
  ])('of %j the last word is open: %s', (typed, open) => {
    expect(parseWords(typed).words.some(({ prefix }) => prefix)).toBe(open);
  });

  it.each(['', ' ', '!?', '-', '""', '-""', '…—', '\u200b', '-- "'])('%j asks for nothing', (typed) => {
    expect(parseWords(typed).empty).toBe(true);
  });

  it.each([
    ['123/QĐ-BCT', '123qdbct'],
    ['quyết định số 123 QĐ BCT về việc', '123qdbct'],
    ['12/2022/TTLT-BTC-BCT', '122022ttltbtcbct'],
    ['4711', '4711'],
  ])('%s may mean the number %s', (typed, key) => {
    expect(parseWords(typed).numbers).toContain(key);
  });

  it('takes no year and no bare figure among words for a number', () => {
    expect(parseWords('kế hoạch 2024').numbers).toEqual([]);
    expect(parseWords('-123/QĐ-BCT').numbers).toEqual([]);
  });

  it('law: whatever is typed, only folded words come out, and not too many', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 700 }), (typed) => {
        const parsed = parseWords(typed);
        const phrases = [...parsed.phrases, ...parsed.excluded].flatMap(({ words }) => words);
        expect(parsed.words.length + phrases.length).toBeLessThanOrEqual(readAtMost.words);
        for (const word of [...parsed.words, ...phrases]) {
          expect(word.exact + word.folded).not.toMatch(/[\s\p{P}\p{S}\p{C}]/u);
        }
        for (const number of parsed.numbers) expect(number).toMatch(/^[\p{L}\p{N}]+$/u);
        expect(parsed.empty).toBe(parsed.words.length + phrases.length === 0);
      }),
    );
  });
});

describe('abbreviations and stop words', () => {
  const list = [
    { short: ['ubnd'], long: ['uy', 'ban', 'nhan', 'dan'] },
    { short: ['nd', 'cp'], long: ['nghi', 'dinh', 'cua', 'chinh', 'phu'] },
    { short: ['nd'], long: ['nghi', 'dinh'] },
  ];
  const parts = (typed: string) =>
    requiredParts(parseWords(typed).words, list).map((part) => [
      folded(part.typed),
      ...part.otherwise.map((run) => run.join(' ')),
    ]);

  it('takes an abbreviation and its long form for one part, the longest first', () => {
    expect(parts('UBND tỉnh ')).toEqual([['ubnd', 'uy ban nhan dan'], ['tinh']]);
    expect(parts('ủy ban nhân dân xã ')).toEqual([['uy ban nhan dan', 'ubnd'], ['xa']]);
    expect(parts('NĐ-CP số ')).toEqual([['nd cp', 'nghi dinh cua chinh phu'], ['so']]);
    expect(parts('nghị định mới ')).toEqual([['nghi dinh', 'nd'], ['moi']]);
  });

  it('leaves stop words out, compared with their marks, unless nothing else was asked', () => {
    const stop = new Set(['của', 'là']);
    expect(folded(withoutStopWords(parseWords('nhiệm vụ của bộ '), stop).words)).toBe('nhiem vu bo');
    expect(folded(withoutStopWords(parseWords('nhiem vu cua bo '), stop).words)).toBe('nhiem vu cua bo');
    expect(folded(withoutStopWords(parseWords('của là '), stop).words)).toBe('cua la');
    expect(folded(withoutStopWords(parseWords('việc của'), stop).words)).toBe('viec cua');
  });
});

describe('snippets', () => {
  const filler = Array.from({ length: 80 }, (_, index) => `chữ${index}`).join(' ');
  const marked = (parts: readonly { readonly text: string; readonly hit: boolean }[]) =>
    parts.filter(({ hit }) => hit).map(({ text }) => text);

  it('shows the page where most of the words stand together, with the words marked', () => {
    const found = snippet(
      [filler, `${filler} Về việc kiểm kê tài sản công. ${filler}`],
      parseWords('kiem ke tai san '),
    );
    expect(found?.page).toBe(2);
    expect(marked(found!.parts)).toEqual(['kiểm kê tài sản']);
    expect([found!.cutBefore, found!.cutAfter]).toEqual([true, true]);
  });

  it('prefers the marks that were typed', () => {
    const found = snippet(['con ma', 'con mạ', 'con má'], parseWords('má '));
    expect(found?.page).toBe(3);
  });

  it('opens with the first page that has text when nothing is met, and has none without text', () => {
    expect(snippet(['', ' … ', 'mở đầu'], parseWords('xyz'))).toMatchObject({ page: 3, cutBefore: false });
    expect(snippet(['', '…'], parseWords('xyz'))).toBeNull();
  });

  it('law: the parts put together are a piece of the page, and what is marked was asked for', () => {
    const word = fc.constantFrom('má', 'mạ', 'lúa', 'hoá', 'đơn', 'điện', 'tử', '(', '—', 'quyết định');
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { maxLength: 120 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.constantFrom('má', 'lua', 'HÓA', 'don', '"điện tử"', 'quyet'), { minLength: 1, maxLength: 3 }),
        (pages, asked) => {
          const texts = pages.map((words) => words.join(' '));
          const parsed = parseWords(asked.join(' '));
          const found = snippet(texts, parsed);
          if (found === null) return;
          const whole = found.parts.map(({ text }) => text).join('');
          expect(texts[found.page - 1]).toContain(whole);
          const wanted = [...parsed.words, ...parsed.phrases.flatMap(({ words }) => words)].map((each) => each.folded);
          for (const piece of marked(found.parts)) {
            for (const each of foldedForm(piece).split(' ')) {
              expect(wanted.some((one) => each.startsWith(one))).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('law: a highlighted line is the line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 8 }), (line, typed) => {
        expect(
          highlighted(line, parseWords(typed))
            .map(({ text }) => text)
            .join(''),
        ).toBe(line);
      }),
    );
  });
});
