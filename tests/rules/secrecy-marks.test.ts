import fc from 'fast-check';
import { linesOfWords, secrecyMarkOn, type HeadLine } from '../../src/departments/classification/rules-marks.ts';

/** Where a mark of a độ mật is one, and where the same words are only words. */

const flowing = (...texts: readonly string[]): HeadLine[] => texts.map((text) => ({ text, box: null }));
const head = ['BỘ THỬ NGHIỆM', 'Số: 118/BTN-VP', 'V/v triển khai nhiệm vụ'];
const rest = [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Độc lập - Tự do - Hạnh phúc',
  'Kính gửi: Các đơn vị thuộc Bộ',
  'Bộ Thử nghiệm đề nghị các đơn vị báo cáo kết quả.',
];
const under = (...mark: readonly string[]): HeadLine[] => flowing(...head, ...mark, ...rest);

/** A letter on paper: the head in its two columns, `more` where the test puts it. */
const onPage = (...more: readonly (readonly [string, number, number])[]): HeadLine[] => {
  const at = (text: string, left: number, top: number): HeadLine => ({
    text,
    box: [left, top, left + 0.011 * text.length, top + 0.018],
  });
  return [
    at('BỘ THỬ NGHIỆM', 0.2, 0.07),
    at('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 0.5, 0.07),
    at('Số: 118/BTN-VP', 0.2, 0.11),
    at('Hà Nội, ngày 12 tháng 5 năm 2026', 0.52, 0.11),
    at('V/v triển khai nhiệm vụ', 0.2, 0.13),
    ...more.map(([text, left, top]) => at(text, left, top)),
    at('Kính gửi: Các đơn vị thuộc Bộ', 0.35, 0.25),
    at('Bộ Thử nghiệm đề nghị các đơn vị báo cáo kết quả thực hiện.', 0.15, 0.29),
  ];
};

describe('a mark is seen', () => {
  test.each([
    ['MẬT', 3],
    ['TỐI MẬT', 4],
    ['TUYỆT MẬT', 5],
    ['M Ậ T', 3],
    ['T U Y Ệ T   M Ậ T', 5],
    ['TỐIMẬT', 4],
    ['MẬT'.normalize('NFD'), 3],
    ['TUYỆT MẬT'.normalize('NFD'), 5],
    ['[ MẬT ]', 3],
    ['( TỐI MẬT )', 4],
    ['│ MẬT │', 3],
    ['║TUYỆT MẬT║', 5],
    ['** MẬT **', 3],
    ['MẬT.', 3],
    ['ＭẬＴ', 3],
    // From the capital fonts of TCVN3, whose marked letters come out small.
    ['MậT', 3],
    ['TUYệT MậT', 5],
    ['TốI MậT', 4],
    // One line of the text layer, two stamps on the paper.
    ['TỐI MẬT   HỎA TỐC', 4],
    ['MẬT - KHẨN', 3],
  ])('%s', (text, rank) => {
    expect(secrecyMarkOn(under(text))).toEqual({ rank, lifted: false });
    expect(secrecyMarkOn(onPage([text, 0.2, 0.17]))).toEqual({ rank, lifted: false });
  });

  test.each([
    ['in a frame drawn with signs', ['┌──────┐', '│ MẬT │', '└──────┘']],
    ['in two lines', ['TUYỆT', 'MẬT']],
    ['before the number', []],
  ])('%s', (how, mark) => {
    const lines = how === 'before the number' ? flowing('MẬT', ...head, ...rest) : under(...mark);
    expect(secrecyMarkOn(lines)).not.toBeNull();
  });

  test('on a letter whose number is still to be written', () => {
    expect(secrecyMarkOn(flowing('UBND TỈNH X', 'Số:        /UBND-NC', 'MẬT', ...rest))?.rank).toBe(3);
  });

  test('under a subject that speaks of documents', () => {
    expect(secrecyMarkOn(flowing('BỘ X', 'Số: 5/BX-VP', 'V/v phân loại tài liệu', 'MẬT', ...rest))?.rank).toBe(3);
  });

  test('with the levels listed in the text below: the letter is not the list', () => {
    const lines = [...under('TỐI MẬT'), ...flowing('TUYỆT MẬT', 'TỐI MẬT', 'MẬT')];
    expect(secrecyMarkOn(lines)?.rank).toBe(4);
  });

  test('the higher of two stamps that stand on one letter', () => {
    expect(secrecyMarkOn(onPage(['MẬT', 0.2, 0.16], ['TỐI MẬT', 0.2, 0.19]))?.rank).toBe(4);
  });

  test('by words with places, as recognition gives them', () => {
    const lines = onPage(['TUYỆT MẬT', 0.2, 0.17]);
    const words = lines.flatMap(({ text, box }) => {
      const [left, top, right, bottom] = box ?? [0, 0, 0, 0];
      const step = (right - left) / text.length;
      return [...text.matchAll(/\S+/gu)].map((word) => ({
        text: word[0],
        box: [left + word.index * step, top, left + (word.index + word[0].length) * step, bottom] as const,
      }));
    });
    expect(linesOfWords(words).map(({ text }) => text)).toEqual(lines.map(({ text }) => text));
    expect(secrecyMarkOn(linesOfWords(words))?.rank).toBe(5);
  });
});

describe('GIẢI MẬT on the same page is told with it', () => {
  test.each(['GIẢI MẬT', 'ĐÃ GIẢI MẬT', 'G I Ả I  M Ậ T', '[GIẢI MẬT]'])('%s', (stamp) => {
    expect(secrecyMarkOn(under('MẬT', stamp))).toEqual({ rank: 3, lifted: true });
    expect(secrecyMarkOn(onPage(['MẬT', 0.2, 0.17], [stamp, 0.6, 0.17]))).toEqual({ rank: 3, lifted: true });
  });
  test('alone, in one line or two, it is no mark', () => {
    expect(secrecyMarkOn(under('GIẢI MẬT'))).toBeNull();
    expect(secrecyMarkOn(under('GIẢI', 'MẬT'))).toBeNull();
  });
});

describe('the same words are no mark', () => {
  test.each([
    ['in a sentence', ['Về việc bảo vệ bí mật nhà nước và tài liệu MẬT']],
    ['as the end of a title in capitals', ['QUY ĐỊNH VỀ BẢO VỆ BÍ', 'MẬT']],
    ['in the middle of one', ['DANH MỤC BÍ', 'MẬT', 'NHÀ NƯỚC']],
    ['in the name of a register', ['SỔ ĐĂNG KÝ VĂN BẢN', 'MẬT']],
    ['in the name of a register of one line', ['SỔ ĐĂNG KÝ VĂN BẢN MẬT ĐẾN']],
    ['as a level named after "độ"', ['ĐỘ', 'MẬT']],
    ['after a comma', ['CÁC MỨC TUYỆT MẬT, TỐI MẬT,', 'MẬT']],
    ['as a list of the levels', ['TUYỆT MẬT', 'TỐI MẬT', 'MẬT']],
    ['as a list of two', ['TỐI MẬT', 'MẬT']],
    ['numbered in a list', ['1. MẬT']],
    ['in a row of a table', ['STT | Độ mật | MẬT']],
    ['in small letters', ['mật']],
    ['with one capital', ['Mật']],
    ['as another word', ['MẶT', 'MẤT', 'MÁT', 'MAT']],
    ['as half of one', ['TUYỆT', 'TỐI']],
  ])('%s', (_where, lines) => {
    expect(secrecyMarkOn(under(...lines))).toBeNull();
  });

  test.each([
    ['in the text', 0.2, 0.5],
    ['in a table under the first words of the text', 0.2, 0.34],
    ['in the right half', 0.7, 0.17],
    ['at the foot', 0.1, 0.93],
  ])('%s of a page', (_where, left, top) => {
    expect(secrecyMarkOn(onPage(['MẬT', left, top]))).toBeNull();
  });

  test('in the text, where lines have no place', () => {
    expect(secrecyMarkOn([...under(), ...flowing('MẬT')])).toBeNull();
  });

  test('in a table of a sheet that is no letter', () => {
    const row = (text: string, left: number, top: number): HeadLine => ({
      text,
      box: [left, top, left + 0.1, top + 0.02],
    });
    const sheet = [row('Mức', 0.1, 0.05), row('Thời hạn', 0.6, 0.05), row('MẬT', 0.1, 0.1), row('10 năm', 0.6, 0.1)];
    expect(secrecyMarkOn(sheet)).toBeNull();
    // Alone in the corner of a sheet that says nothing else beside it, it is one.
    expect(secrecyMarkOn([row('TỐI MẬT', 0.1, 0.05), row('KẾ HOẠCH', 0.4, 0.12)])?.rank).toBe(4);
  });
});

test('whatever a line says besides a mark, it is none', () => {
  const word = fc
    .stringMatching(/^[\p{L}\d]{1,8}$/u)
    .filter((text) => !/KHẨN|TỐC|MẬT/u.test(text.normalize('NFC').toUpperCase()));
  fc.assert(
    fc.property(fc.constantFrom('MẬT', 'TỐI MẬT', 'TUYỆT MẬT'), word, fc.boolean(), (mark, other, isBefore) => {
      fc.pre(!['TỐI', 'TUYỆT', 'GIẢI'].includes(other.normalize('NFC')));
      expect(secrecyMarkOn(under(isBefore ? `${other} ${mark}` : `${mark} ${other}`))).toBeNull();
    }),
  );
});

test('frames, blanks and the form of its letters change nothing', () => {
  const frame = fc.stringMatching(/^[ \t│║|[\](){}*_=.:"'─━-]{0,12}$/u);
  fc.assert(
    fc.property(
      fc.constantFrom(['MẬT', 3] as const, ['TỐI MẬT', 4] as const, ['TUYỆT MẬT', 5] as const),
      frame,
      frame,
      fc.constantFrom('NFC', 'NFD'),
      fc.boolean(),
      ([mark, rank], left, right, form, isSpaced) => {
        const said = (isSpaced ? [...mark].join(' ') : mark).normalize(form);
        expect(secrecyMarkOn(under(`${left}${said}${right}`))).toEqual({ rank, lifted: false });
      },
    ),
  );
});
