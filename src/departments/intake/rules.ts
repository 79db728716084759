import { sha256Of } from '../../kernel/digest.ts';
import type { RefusalCode } from '../../kernel/refusal.ts';
import { keptLine } from '../../kernel/text.ts';

/** Why a file is not taken, as the identifier tells it, and the refusal that says so. */
export const refusalFor = {
  empty: 'file-empty',
  'not-allowed': 'file-type-not-allowed',
  broken: 'file-broken',
  encrypted: 'file-encrypted',
  disguised: 'file-broken',
} as const satisfies Record<string, RefusalCode>;

/** The name a file is kept under: its own, without the path some browsers send, at most 255 characters, its ending whole. */
export function keptName(given: string): string {
  const clean = keptLine(given);
  const bare = clean.slice(Math.max(clean.lastIndexOf('/'), clean.lastIndexOf('\\')) + 1).trim();
  const name = bare === '' || bare === '.' || bare === '..' ? 'tep' : bare;
  if (name.length <= 255) return name;
  const ending = /\.[A-Za-z0-9]{1,5}$/u.exec(name)?.[0] ?? '';
  return name.slice(0, 255 - ending.length) + ending;
}

/** What a reading begins with: the lines of its first page, or of the first paragraphs of text that flows. */
export function firstLines(reading: {
  readonly unit: 'page' | 'paragraph';
  readonly pages: readonly { readonly text: string }[];
}): { readonly text: string; readonly box: null }[] {
  const first = reading.pages.slice(0, reading.unit === 'page' ? 1 : 60);
  return first.flatMap(({ text }) => text.split('\n')).map((text) => ({ text, box: null }));
}

/** Whether they are worth a second look for the word of a độ mật, spaced, decomposed or in TCVN3 as it may be. */
export function mayNameMark(lines: readonly { readonly text: string }[]): boolean {
  const text = lines.map((line) => line.text).join('\n');
  return /M[^\p{L}]*[ẬậË][^\p{L}]*T/iu.test(text.normalize('NFC'));
}

/** What makes two requests the same request: the file's bytes, its name and what was said of it. */
export function requestHash(name: string, fields: object, sha256: Buffer): Buffer {
  return sha256Of(JSON.stringify([name, fields]), sha256);
}

/** What to do with a document that bears a secrecy mark on a machine that may not keep it. */
export const secretGuidance = {
  vi: [
    'Máy tính và hệ thống nối mạng không được soạn, lưu, chuyển tài liệu bí mật nhà nước. Văn bản này thuộc về sổ đăng ký văn bản mật bằng giấy, hoặc hệ thống riêng không nối mạng.',
    'Ngừng mở, in, gửi tệp này. Rút cáp mạng của máy quét và máy tính vừa dùng; không tự xóa tệp trên máy.',
    'Báo ngay người phụ trách bảo vệ bí mật nhà nước của cơ quan, nêu giờ phát hiện và máy đã dùng; không đọc trích yếu qua điện thoại hay tin nhắn.',
    'Bản giấy giao cho văn thư phụ trách tài liệu mật, có ký nhận.',
  ],
  en: [
    'A computer or system joined to a network may not draft, keep or send state secrets. This document belongs in the paper register of secret documents, or in a separate system without a network.',
    'Stop opening, printing or sending the file. Unplug the network of the scanner and the computer used; do not delete the file yourself.',
    'Tell the agency’s security officer at once: when it was found and on which machine; do not read the summary over the telephone or in a message.',
    'Hand the paper to the clerk for secret documents against signature.',
  ],
} as const;
