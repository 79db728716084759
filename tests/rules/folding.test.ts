import fc from 'fast-check';
import {
  exactForm,
  foldedForm,
  isMarked,
  numberKey,
  numberKeysOf,
  spelledForm,
  tokensOf,
} from '../../src/kernel/folding.ts';

/** Syllables as Vietnamese makes them, and what else stands in documents. */
const syllable = fc
  .tuple(
    fc.constantFrom(
      '',
      'b',
      'ch',
      'đ',
      'g',
      'gi',
      'h',
      'k',
      'kh',
      'l',
      'm',
      'ng',
      'nh',
      'qu',
      't',
      'th',
      'tr',
      'v',
      'x',
    ),
    fc.constantFrom(
      'a',
      'ă',
      'â',
      'e',
      'ê',
      'i',
      'o',
      'ô',
      'ơ',
      'u',
      'ư',
      'y',
      'oa',
      'oe',
      'uy',
      'ươ',
      'iê',
      'yê',
      'ai',
      'oai',
      'uyê',
    ),
    fc.constantFrom('', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'),
    fc.constantFrom('', 'c', 'ch', 'm', 'n', 'ng', 'nh', 'p', 't'),
  )
  .map(([opening, vowel, tone, closing]) => (opening + vowel + tone + closing).normalize('NFC'));
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(syllable, { maxLength: 8 }).map((words) => words.join(' ')),
);

describe('folding', () => {
  it.each([
    ['hóa', 'hoá'],
    ['thủy', 'thuỷ'],
    ['hòe', 'hoè'],
    ['kỹ', 'kĩ'],
    ['lý', 'lí'],
    ['quí', 'quý'],
    ['tòan', 'toàn'],
    ['Ủy', 'uỷ'],
    ['ĐƯỜNG', 'đường'],
    ['giầy', 'giầy'],
    ['ﬁle', 'file'],
    ['１２３', '123'],
    ['ðường', 'đường'],
  ])('%s and %s are one word, marks compared', (one, other) => {
    expect(exactForm(one)).toBe(exactForm(other));
  });

  it.each([
    ['má', 'mà'],
    ['hoá', 'hoạ'],
    ['ma', 'mă'],
    ['giáng', 'giảng'],
    ['của', 'cùa'],
  ])('%s and %s are two', (one, other) => {
    expect(exactForm(one)).not.toBe(exactForm(other));
  });

  it.each([
    ['đường Nguyễn Huệ', 'duong nguyen hue'],
    ['Ủy ban nhân dân', 'uy ban nhan dan'],
    ['Cộng hòa xã hội chủ nghĩa Việt Nam', 'cong hoa xa hoi chu nghia viet nam'],
    ['kỹ thuật', 'ki thuat'],
    ['yêu cầu', 'yeu cau'],
    ['123/QĐ-BCT', '123 qd bct'],
  ])('%s without marks is %s', (text, folded) => {
    expect(foldedForm(text)).toBe(folded);
  });

  it('law: the forms do not depend on how the text was composed or on its case', () => {
    fc.assert(
      fc.property(fc.array(syllable, { minLength: 1, maxLength: 5 }), (words) => {
        const text = words.join(' ');
        for (const other of [text.normalize('NFD'), text.normalize('NFKD'), text.toUpperCase()]) {
          expect(exactForm(other)).toBe(exactForm(text));
        }
      }),
    );
  });

  it('law: folding what is folded changes nothing, and a form has no marks left', () => {
    fc.assert(
      fc.property(fc.array(syllable, { minLength: 1, maxLength: 5 }), (words) => {
        const folded = foldedForm(words.join(' '));
        expect(foldedForm(folded)).toBe(folded);
        expect(folded).toMatch(/^[a-z ]+$/);
        const exact = exactForm(words.join(' '));
        expect(exactForm(exact)).toBe(exact);
      }),
    );
  });

  it('law: the beginning of a word, folded, is the beginning of the folded word', () => {
    fc.assert(
      fc.property(syllable, fc.nat(6), (word, length) => {
        const beginning = [...word.normalize('NFD')].slice(0, length + 1).join('');
        expect(foldedForm(word).startsWith(foldedForm(beginning))).toBe(true);
      }),
    );
  });

  it('law: tokens lie in the text in order, apart, and hold what stands there', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const token of tokensOf(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          end = token.end;
          expect(token.exact).not.toBe('');
          expect(token.folded).not.toBe('');
          expect(token.exact + token.folded).not.toMatch(/[\s\p{P}\p{S}\p{C}]/u);
          expect(exactForm(text.slice(token.start, token.end))).toBe(token.exact);
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('law: words spelt with digits differ exactly when the words do', () => {
    fc.assert(
      fc.property(syllable, syllable, (one, other) => {
        const [a, b] = [exactForm(one), exactForm(other)];
        expect(spelledForm(a) === spelledForm(b)).toBe(a === b);
        expect(spelledForm(a)).toMatch(/^[a-z1-9]+$/);
      }),
    );
  });

  it('spells marks with digits, and keeps the digits of a word apart from them', () => {
    expect(['đường', 'má', 'ma1', 'q1', 'thuỷ'].map((word) => spelledForm(exactForm(word)))).toEqual([
      'd9u7o72ng',
      'ma1',
      'ma01',
      'q01',
      'thuy3',
    ]);
  });

  it('knows a word with marks from one without', () => {
    expect(tokensOf('má ma đa a1').map(isMarked)).toEqual([true, false, true, false]);
  });
});

describe('document numbers', () => {
  it.each(['123/QĐ-BCT', '123/qd-bct', '123 QĐ BCT', '123qdbct', '0123/QĐ-BCT', '123 / qđ - bct', '123/QÐ-BCT'])(
    '%s has one key',
    (text) => {
      expect(numberKey(text)).toBe('123qdbct');
    },
  );

  it.each([
    ['123/QĐ-BCT', '123/QĐ-BTC'],
    ['123/QĐ-BCT', '1123/QĐ-BCT'],
    ['12/2022/TT-BCT', '12/2023/TT-BCT'],
    ['10/KH', '1/KH'],
  ])('%s and %s have two', (one, other) => {
    expect(numberKey(one)).not.toBe(numberKey(other));
  });

  it('finds a record by its symbol, its leading number and its arrival number', () => {
    expect(numberKeysOf('0123/QĐ-BCT', 4711)).toEqual(['123qdbct', '123', '4711']);
    expect(numberKeysOf(null, null)).toEqual([]);
    expect(numberKeysOf('0', null)).toEqual(['0']);
  });
});
