import { PDFNumber, PDFOperator, PDFOperatorNames, rgb, type PDFPage } from 'pdf-lib';
import { newPdf } from '../ports/reading-machine-pdf.ts';

/** Letters as Nghị định 30/2020, Phụ lục I lays them out, with a độ mật as different offices set it. No secret stands in any. */
export interface MarkedLetter {
  readonly mark?: string;
  /** How the mark is set: framed under the number, with spaced letters, letter by letter, over the issuing body, in two lines. */
  readonly habit?: 'framed' | 'spaced' | 'letters' | 'over-issuer' | 'two-lines' | 'beside-number';
  /** A second stamp near it, or elsewhere. */
  readonly stamp?: string;
  readonly subject?: string;
  readonly body?: readonly string[];
  /** Bare words in a table in the text. */
  readonly table?: readonly string[];
}

export async function markedLetter(letter: MarkedLetter): Promise<Buffer> {
  const { mark, habit = 'framed', stamp, body = [], table = [] } = letter;
  const { document, font } = await newPdf();
  const page = document.addPage([595, 842]);
  const say = (text: string, x: number, y: number, size = 13, color = rgb(0, 0, 0)): void =>
    page.drawText(text, { x, y, size, font, color });
  const middle = (text: string, at: number, y: number, size = 13): void =>
    say(text, at - font.widthOfTextAtSize(text, size) / 2, y, size);
  middle('BỘ THỬ NGHIỆM', 170, 780);
  middle('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 410, 780, 12);
  middle('Độc lập - Tự do - Hạnh phúc', 410, 764);
  middle('Số: 118/BTN-VP', 170, 748);
  middle('Hà Nội, ngày 12 tháng 5 năm 2026', 410, 748);
  middle(`V/v ${letter.subject ?? 'triển khai nhiệm vụ quý II'}`, 170, 728, 12);
  if (mark !== undefined) drawMark(page, mark, habit, { say, middle });
  if (stamp !== undefined) say(stamp, 120, 655, 13, rgb(0.8, 0.1, 0.1));
  middle('Kính gửi: Các đơn vị thuộc Bộ', 320, 640, 14);
  [...body, 'Bộ Thử nghiệm đề nghị các đơn vị báo cáo kết quả thực hiện nhiệm vụ trong quý.'].forEach((line, at) =>
    say(line, 85, 610 - at * 20, 14),
  );
  table.forEach((cell, at) => say(cell, 100, 500 - at * 22, 13));
  return Buffer.from(await document.save());
}

type Say = (text: string, x: number, y: number, size?: number) => void;

function drawMark(
  page: PDFPage,
  mark: string,
  habit: NonNullable<MarkedLetter['habit']>,
  { say, middle }: { readonly say: Say; readonly middle: Say },
): void {
  switch (habit) {
    case 'framed':
      page.drawRectangle({ x: 125, y: 690, width: 90, height: 24, borderColor: rgb(0.8, 0.1, 0.1), borderWidth: 1.5 });
      middle(mark, 170, 698);
      break;
    case 'spaced':
      page.pushOperators(PDFOperator.of(PDFOperatorNames.SetCharacterSpacing, [PDFNumber.of(9)]));
      say(mark, 110, 698);
      page.pushOperators(PDFOperator.of(PDFOperatorNames.SetCharacterSpacing, [PDFNumber.of(0)]));
      break;
    case 'letters':
      [...mark.replaceAll(' ', '')].forEach((sign, at) => say(sign, 110 + at * 22, 698));
      break;
    case 'over-issuer':
      middle(mark, 170, 805);
      break;
    case 'two-lines':
      mark.split(' ').forEach((word, at) => middle(word, 170, 702 - at * 16));
      break;
    case 'beside-number':
      say(mark, 45, 748);
  }
}

/** A page of a course on the levels: their names stand in a table and in sentences, none of them is its own. */
export async function courseSheet(): Promise<Buffer> {
  const { document, font } = await newPdf();
  const page = document.addPage([595, 842]);
  const say = (text: string, x: number, y: number): void => page.drawText(text, { x, y, size: 13, font });
  say('TÀI LIỆU TẬP HUẤN VỀ BẢO VỆ BÍ MẬT NHÀ NƯỚC', 120, 780);
  ['Mức', 'TUYỆT MẬT', 'TỐI MẬT', 'MẬT'].forEach((level, at) => {
    say(level, 80, 740 - at * 24);
    say(at === 0 ? 'Thời hạn bảo vệ' : `${String(30 - 10 * (at - 1))} năm`, 320, 740 - at * 24);
  });
  say('Sổ đăng ký văn bản MẬT do văn thư phụ trách lập.', 80, 600);
  return Buffer.from(await document.save());
}
