import { rgb } from 'pdf-lib';
import type { DemoDocument } from './demo-office.ts';
import { layBody, type Block } from './letter-body.ts';
import { Sheet, margin, page, textWidth } from '../../platform/printing/sheet.ts';

/**
 * Draws a document as Nghị định 30/2020/NĐ-CP, Phụ lục I sets it; `ô` numbers in the comments are those of its
 * Phần I, mục IV. Text is black on A4; nothing imitates a seal or a hand.
 */
export async function drawLetter(document: DemoDocument): Promise<Uint8Array> {
  const sheet = await Sheet.open();
  const { document: pdf } = sheet;
  const title = [titleOf(document), document.subject].filter((part) => part !== '').join(' - ');
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setAuthor(document.issuer);
  pdf.setLanguage('vi');
  pdf.setProducer('Văn Khố');
  pdf.setCreator('Dữ liệu mẫu');
  const made = new Date(`${document.issuedDate}T01:00:00Z`);
  pdf.setCreationDate(made);
  pdf.setModificationDate(made);
  drawHead(sheet, document);
  drawTitle(sheet, document);
  drawAddressees(sheet, document);
  layBody(sheet, document.print.body, closing(sheet, document));
  if (document.print.annex.length > 0) {
    // Phụ lục I, Phần I, III.1: an annex begins on a page of its own and names the document it belongs to.
    sheet.newPage();
    layBody(sheet, document.print.annex, null);
  }
  sheet.mark('DỮ LIỆU MẪU');
  return pdf.save();
}

/** `118/QĐ-BCT`, or nothing. */
function titleOf({ codeNumber, codeNotation }: DemoDocument): string {
  return codeNumber === null ? '' : `${codeNumber}/${codeNotation ?? ''}`;
}

/** The head's two columns: the issuing body takes 40 parts of 100, the national title the rest. */
const leftMiddle = margin.left + textWidth * 0.2;
const rightMiddle = margin.left + textWidth * 0.7;
const leftWidth = textWidth * 0.39;

const isLetter = (document: DemoDocument): boolean => document.documentType === 'Công văn';
const isForeign = (document: DemoDocument): boolean => document.documentType === 'Thư công';

/** Rules that a decision puts in force have its number and day, none of their own. */
const isAttached = (document: DemoDocument): boolean => document.documentType === 'Quy chế';

function drawHead(sheet: Sheet, document: DemoDocument): void {
  const { print, codeNumber, issuer } = document;
  const top = sheet.y;
  let left = top;
  // Ô 2: the body above in plain capitals, the issuing body in bold, a rule of a third to a half of the line under it.
  if (print.superior !== null) {
    for (const line of wrapped(sheet, print.superior, 'regular', 12.5, leftWidth)) {
      sheet.centred(line, 'regular', 12.5, leftMiddle, left);
      left -= 15.5;
    }
  }
  let issuerWidth = 0;
  for (const line of print.head ?? wrapped(sheet, issuer.toUpperCase(), 'bold', 13, leftWidth)) {
    issuerWidth = sheet.centred(line, 'bold', 13, leftMiddle, left);
    left -= 15.5;
  }
  sheet.rule(leftMiddle, issuerWidth * 0.42, left - 2.5);
  left -= 11;
  // Ô 1: Quốc hiệu 12-13 bold capitals, Tiêu ngữ 13-14 bold, a rule as long as the motto.
  let right = top;
  if (!isForeign(document)) {
    sheet.centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'bold', 12.5, rightMiddle, right);
    right -= 15.5;
    const motto = sheet.centred('Độc lập - Tự do - Hạnh phúc', 'bold', 13.5, rightMiddle, right);
    right -= 17;
    sheet.rule(rightMiddle, motto, right - 2);
    right -= 10;
  }
  const second = Math.min(left, right);
  left = second;
  // Ô 3: 13 upright. Ô 5b: the subject of a công văn, 12-13, 6 points under the number.
  if (codeNumber !== null) {
    sheet.centred(`Số: ${titleOf(document)}`, 'regular', 13, leftMiddle, left);
    left -= 16;
  }
  if (isLetter(document)) {
    left -= 6;
    for (const line of balanced(sheet, document.subject, 'regular', 12.5, leftWidth)) {
      sheet.centred(line, 'regular', 12.5, leftMiddle, left);
      left -= 15;
    }
  }
  // Ô 4: place and day, 13-14 italic; a day under 10 and the months 1 and 2 with a zero before them (II.4).
  if (!isAttached(document)) {
    sheet.centred(`${print.place}, ${writtenDay(document.issuedDate)}`, 'italic', 13.5, rightMiddle, second);
  }
  left = drawUrgency(sheet, document, left);
  sheet.y = Math.min(left, isAttached(document) ? second : second - 16) - 8;
}

const marks = { normal: null, urgent: 'KHẨN', 'very-urgent': 'THƯỢNG KHẨN', express: 'HỎA TỐC' } as const;

/** Ô 10b: bold capitals 13-14 in a single frame, bright red. */
function drawUrgency(sheet: Sheet, { urgency }: DemoDocument, top: number): number {
  const words = marks[urgency];
  if (words === null) return top;
  const red = rgb(0.86, 0.08, 0.1);
  const width = sheet.widthOf(words, 'bold', 13) + 20;
  sheet.frame(leftMiddle - width / 2, top - 28, width, 22, red);
  sheet.centred(words, 'bold', 13, leftMiddle, top - 10.5, red);
  return top - 32;
}

function writtenDay(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `ngày ${day} tháng ${Number(month) < 3 ? month : String(Number(month))} năm ${year}`;
}

/** Ô 5a: the type in bold capitals, the subject in bold under it, a rule of a third to a half of the line. */
function drawTitle(sheet: Sheet, document: DemoDocument): void {
  const middle = margin.left + textWidth / 2;
  if (isLetter(document)) return;
  sheet.y -= 6;
  sheet.centred(document.documentType.toUpperCase(), 'bold', 14, middle, sheet.y);
  sheet.y -= 18;
  let width = 0;
  for (const line of balanced(sheet, document.subject, 'bold', 14, textWidth * 0.86)) {
    width = sheet.centred(line, 'bold', 14, middle, sheet.y);
    sheet.y -= 17.5;
  }
  sheet.rule(middle, Math.max(width * 0.4, 60), sheet.y - 3);
  sheet.y -= 13;
}

/** Ô 9a: one receiver on the line of "Kính gửi:", several under it, each with a dash. */
function drawAddressees(sheet: Sheet, { print }: DemoDocument): void {
  const [first, ...others] = print.addressees;
  if (first === undefined) return;
  const size = 14;
  sheet.y -= 4;
  if (others.length === 0) {
    const lines = wrapped(sheet, `Kính gửi: ${first}`, 'regular', size, textWidth * 0.8);
    for (const line of lines) {
      sheet.centred(line, 'regular', size, margin.left + textWidth / 2, sheet.y);
      sheet.y -= 18;
    }
  } else {
    const label = 'Kính gửi:';
    const x = margin.left + textWidth * 0.22;
    sheet.text(label, 'regular', size, x, sheet.y - size * 0.9);
    const listX = x + sheet.widthOf(`${label} `, 'regular', size);
    print.addressees.forEach((name, index) => {
      const end = index === print.addressees.length - 1 ? '.' : ';';
      const lines = wrapped(sheet, `- ${name}${end}`, 'regular', size, page.width - margin.right - listX);
      lines.forEach((line, at) => {
        sheet.text(line, 'regular', size, listX + (at === 0 ? 0 : 9), sheet.y - size * 0.9);
        sheet.y -= 18;
      });
    });
  }
  sheet.y -= 8;
}

/** Ô 7 and 9b side by side: who signs at the right, who gets a copy at the left. */
function closing(sheet: Sheet, { print, signerName }: DemoDocument): Block {
  const middle = margin.left + textWidth * 0.74;
  const authority = print.signatureLines.flatMap((line) => balanced(sheet, line, 'bold', 13.5, textWidth * 0.5));
  const copies = print.copies.flatMap((line) =>
    wrapped(sheet, line, 'regular', 11, textWidth * 0.46).map((text, index) => ({ text, isNew: index === 0 })),
  );
  const signed = 16.5 * authority.length + 66 + 16;
  const listed = copies.length === 0 ? 0 : 16 + 13.2 * copies.length;
  return {
    height: Math.max(signed, listed) + 12,
    draw() {
      const top = sheet.y - 10;
      if (copies.length > 0) sheet.text('Nơi nhận:', 'boldItalic', 12, margin.left, top - 11);
      copies.forEach(({ text, isNew }, index) => {
        sheet.text(text, 'regular', 11, margin.left + (isNew ? 0 : 6), top - 11 - 13.2 * (index + 1));
      });
      let y = top;
      for (const line of authority) {
        sheet.centred(line, 'bold', 13.5, middle, y);
        y -= 16.5;
      }
      sheet.centred('(Đã ký)', 'italic', 13, middle, y - 24);
      sheet.centred(signerName, 'bold', 14, middle, y - 66);
    },
  };
}

/** As few lines as the width allows, none of them much shorter than the others. */
function balanced(sheet: Sheet, source: string, face: 'regular' | 'bold', size: number, width: number): string[] {
  // A name and a date are not parted.
  const text = source
    .replace('Bộ Công Thương', 'Bộ\u00a0Công\u00a0Thương')
    .replace(/\b(năm|tháng|quý|đoạn|đợt) (?=[\dIVX])/gu, '$1\u00a0');
  const lines = wrapped(sheet, text, face, size, width);
  let best = lines;
  for (let narrower = width * 0.97; narrower > width * 0.4; narrower *= 0.97) {
    const tried = wrapped(sheet, text, face, size, narrower);
    if (tried.length > lines.length) break;
    best = tried;
  }
  return best;
}

function wrapped(sheet: Sheet, text: string, face: 'regular' | 'bold', size: number, width: number): string[] {
  return sheet.breakLines([{ text, face }], size, width).map(({ words }) => words.map((word) => word.text).join(' '));
}
