import type { SecretRank } from '../../kernel/labels.ts';

/** A line of a document's first page; `box` is left, top, right, bottom in fractions of the page, when its reader knows. */
export interface HeadLine {
  readonly text: string;
  readonly box: readonly [number, number, number, number] | null;
}

/** A mark of a độ mật; `lifted`: a GIẢI MẬT stamp stands on the same page, so a person decides what it is now. */
export interface SecrecyMark {
  readonly rank: SecretRank;
  readonly lifted: boolean;
}

type Bare = SecretRank | 'lifted' | 'half' | null;

const marks: ReadonlyMap<string, Bare> = new Map<string, Bare>([
  ['MẬT', 3],
  ['TỐIMẬT', 4],
  ['TUYỆTMẬT', 5],
  ['GIẢIMẬT', 'lifted'],
  ['ĐÃGIẢIMẬT', 'lifted'],
  // A stamp set in two lines.
  ['TỐI', 'half'],
  ['TUYỆT', 'half'],
  ['GIẢI', 'half'],
  ['ĐÃGIẢI', 'half'],
]);
/** Dấu chỉ mức độ khẩn stands beside or under the mark, and a text layer may give both as one line. */
const urgency = /(?:THƯỢNG)?KHẨN|H(?:ỎA|OẢ)TỐC/gu;

/**
 * What a line says when it says nothing but a mark: frames, brackets and the blanks between spaced letters do not count.
 * Letters without a mark must be capitals; the marked ones come out small from the capital fonts of TCVN3 (`TUYệT MậT`).
 */
function bareMark(text: string): Bare {
  if (text.length > 60 || /\p{N}/u.test(text)) return null;
  const letters = text.normalize('NFKC').replace(/[^\p{L}]/gu, '');
  if (/[a-z]/u.test(letters)) return null;
  const said = letters.toUpperCase().normalize('NFC').replace(urgency, '');
  return marks.get(said) ?? null;
}

/** A line after which MẬT is the last word of what was begun: a law's name, a register's, a list's. */
const goesOn =
  /(?:^|[^\p{L}])(?:BÍ|BẢO|ĐỘ|MỨC|CÁC|LOẠI|DẤU|CHỮ|VÀ|HOẶC|LÀ|VĂN BẢN|TÀI LIỆU|HỒ SƠ|THÔNG TIN|VẬT|NƠI|KHU VỰC|MỤC|PHÂN)\s*$|^\s*SỔ(?:[^\p{L}]|$)|SỔ ĐĂNG KÝ|[,;:–-]\s*$/u;
/** A line that goes on where MẬT ended: "BÍ / MẬT / NHÀ NƯỚC". */
const wentOn = /^\s*(?:NHÀ NƯỚC|ĐẾN\s*$|ĐI\s*$)/u;
/** A number and symbol, as far as it is written: `Số: 12/QĐ-BCT`, `Số:      /TTr-VP`, `12/2024/TT-BCT`. */
const numberLine = /^\W*Số\s*[:.]|^\s*Số\s+\d|\d+\s*\/\s*(?:\d{4}\s*\/\s*)?[\p{Lu}]{1,6}[\p{L}]*-/u;
const nationalHead = /CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Độc\s+lập\s*[-–]\s*Tự\s+do/iu;
const bodyBegins =
  /^\W*(?:Kính gửi|Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị|Điều \d|Chương [IVX\d]|Phần [IVX\d]|[IVX]+\.\s|\d+\.\s)/u;

/** The mark of a letter, seen on the lines of its first page in their order; `null` when it bears none in the mark's place. */
export function secrecyMarkOn(lines: readonly HeadLine[]): SecrecyMark | null {
  const kept = lines
    .filter(({ text }) => /\p{L}/u.test(text))
    .map((line) => ({ ...line, text: line.text.normalize('NFC') }));
  const found = withHalvesJoined(kept);
  if (found.length === 0) return null;
  const onPage = kept.every(({ box }) => box !== null);
  const place = onPage ? placeOnPage(kept) : placeInOrder(kept);
  const standing = found.filter((one) => one.what !== 'lifted' && place(one.index) && !isPartOfSentence(kept, one));
  const ranks = standing.map(({ what }) => what as SecretRank);
  // All three of them: a list of the levels, not a mark. So are two in a row where nobody sees how they stand.
  const different = new Set(ranks).size;
  if (different === 0 || different === 3 || (different === 2 && !onPage && followEachOther(standing))) return null;
  return { rank: Math.max(...ranks) as SecretRank, lifted: found.some(({ what }) => what === 'lifted') };
}

interface Found {
  readonly what: SecretRank | 'lifted';
  readonly index: number;
  /** Its last line: another than `index` for a stamp of two. */
  readonly end: number;
}

function withHalvesJoined(lines: readonly HeadLine[]): Found[] {
  const found: Found[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const what = bareMark(lines[index]?.text ?? '');
    if (what === null) continue;
    if (what !== 'half') {
      found.push({ what, index, end: index });
      continue;
    }
    const below = lines[index + 1];
    const whole = bareMark(`${lines[index]?.text ?? ''} ${below?.text ?? ''}`);
    if (below === undefined || whole === null || whole === 'half') continue;
    found.push({ what: whole, index, end: index + 1 });
    index += 1;
  }
  return found;
}

const followEachOther = (found: readonly Found[]): boolean =>
  found.some((one, at) => one.index === (found[at - 1]?.end ?? -9) + 1);

function isPartOfSentence(lines: readonly HeadLine[], { index, end }: Found): boolean {
  const before = lineBefore(lines, index);
  const after = lines[end + 1];
  return (
    (before !== undefined && goesOn.test(before.text) && !numberLine.test(before.text)) ||
    wentOn.test(after?.text ?? '')
  );
}

/** The line that a reader's eye comes from: the nearest above on the page, else the one before. */
function lineBefore(lines: readonly HeadLine[], index: number): HeadLine | undefined {
  const box = lines[index]?.box;
  if (!box) return lines[index - 1];
  const [left, top, right, bottom] = box;
  const above = lines.filter(
    (line) =>
      line.box &&
      line.box[0] < right &&
      line.box[2] > left &&
      line.box[3] <= top + 0.004 &&
      line.box[3] > top - 2 * (bottom - top),
  );
  return above.sort((one, other) => (other.box?.[3] ?? 0) - (one.box?.[3] ?? 0))[0];
}

type Place = (index: number) => boolean;
const headEnds = 0.5;

/**
 * Nghị định 30/2020, Phụ lục I: ô 10a, in the left half, under the number and symbol and the subject of a công văn, before
 * the text begins; some offices stamp it over the issuing body. A page that is no letter has it alone in its upper corner.
 */
function placeOnPage(lines: readonly HeadLine[]): Place {
  const boxOf = (line: HeadLine | undefined) => line?.box ?? ([0, 0, 0, 0] as const);
  const number = lines.find((line) => numberLine.test(line.text) && boxOf(line)[0] < 0.5 && boxOf(line)[1] < 0.4);
  const isLetter =
    number !== undefined || lines.some(({ text, box }) => nationalHead.test(text) && (box?.[1] ?? 1) < 0.3);
  const headTop = number === undefined ? 0.1 : boxOf(number)[1];
  const body = lines
    .filter(
      (line) =>
        boxOf(line)[1] > headTop + 0.01 && (bodyBegins.test(line.text) || boxOf(line)[2] - boxOf(line)[0] > 0.55),
    )
    .map((line) => boxOf(line)[1]);
  // A column of the head may reach a little below the first line of the other.
  const bodyTop = Math.min(headEnds, headTop + 0.3, ...body) + 0.02;
  return (index) => {
    const [left, top, right, bottom] = boxOf(lines[index]);
    if ((left + right) / 2 > 0.5) return false;
    if (isLetter) return top < bodyTop;
    const beside = lines.some((line, at) => {
      const middle = (boxOf(line)[1] + boxOf(line)[3]) / 2;
      return at !== index && middle > top && middle < bottom;
    });
    return top < 0.2 && !beside;
  };
}

/** A text without places: among the lines of the head, after it has begun and before the text does; or at the very top. */
function placeInOrder(lines: readonly HeadLine[]): Place {
  const begins = lines.findIndex(({ text }) => nationalHead.test(text) || numberLine.test(text));
  const isLetter = begins >= 0 && begins < 15;
  const body = lines.findIndex(
    ({ text }, index) =>
      (bodyBegins.test(text) || text.length > 90) && (!isLetter || index > begins) && !numberLine.test(text),
  );
  const end = Math.min(30, body < 0 ? lines.length : body);
  return (index) => index < 2 || (isLetter && index < end);
}

/** Words that were recognised, put together as lines: what stands apart on one height stays apart, as columns do. */
export function linesOfWords(
  words: readonly { readonly text: string; readonly box: readonly [number, number, number, number] }[],
): HeadLine[] {
  const lines: { text: string; box: [number, number, number, number] }[] = [];
  for (const { text, box } of words) {
    const [left, top, right, bottom] = box;
    const last = lines.at(-1);
    const height = bottom - top;
    // Fractions of the page: a blank of two letters is about as wide as a line is high, on paper taller than wide.
    const goesOnHere =
      last !== undefined &&
      Math.min(bottom, last.box[3]) - Math.max(top, last.box[1]) > Math.min(height, last.box[3] - last.box[1]) / 2 &&
      left - last.box[2] < 4 * height &&
      left > last.box[2] - height;
    if (!goesOnHere) {
      lines.push({ text, box: [left, top, right, bottom] });
      continue;
    }
    last.text += ` ${text}`;
    last.box = [
      Math.min(last.box[0], left),
      Math.min(last.box[1], top),
      Math.max(last.box[2], right),
      Math.max(last.box[3], bottom),
    ];
  }
  return lines;
}
