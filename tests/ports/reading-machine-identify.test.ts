import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import sharp from 'sharp';
import { identify } from '../../src/platform/reading-machine/identify.ts';
import { docxParts, odtParts, pptxParts, xlsxParts, zip } from './reading-machine-office.ts';
import { encryptedPdf, pdfOf } from './reading-machine-pdf.ts';
import { compoundFile, wordDocument } from './reading-machine-word.ts';

/** What may come in, told by content. Every row is a real file on a real disk. */

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vankho-identify-'));
});
afterAll(() => rm(folder, { recursive: true }));

let made = 0;
async function told(name: string, bytes: Uint8Array | string): Promise<string> {
  made += 1;
  const path = join(folder, String(made));
  await writeFile(path, bytes);
  const answer = await identify(path, name);
  return answer.kind === 'ok' ? `${answer.format} ${answer.mediaType}` : answer.why;
}

type Row = readonly [
  why: string,
  name: string,
  bytes: () => Uint8Array | string | Promise<Uint8Array | string>,
  answer: string,
];

const canvas = {
  create: {
    width: 400,
    height: 500,
    channels: 3,
    background: 'gray',
    noise: { type: 'gaussian', mean: 128, sigma: 30 },
  },
} as const;
const cut = (bytes: Uint8Array, share: number): Uint8Array => bytes.subarray(0, Math.floor(bytes.length * share));
const docx = zip(docxParts([['BỘ NỘI VỤ'], ['Độc lập']], ['Kính gửi']));
const windowsProgram = Buffer.concat([
  Buffer.from('MZ'),
  Buffer.alloc(200, 1),
  Buffer.from('This program cannot be run in DOS mode'),
]);
const linuxProgram = Buffer.concat([Buffer.from('7f454c46020101', 'hex'), Buffer.alloc(200)]);

describe('PDF', () => {
  const pdf = (): Promise<Buffer> => pdfOf([['Quyết định']]);
  const streamed = async (): Promise<Uint8Array> => {
    const document = await PDFDocument.create();
    document.addPage();
    return document.save({ useObjectStreams: true });
  };
  const rows: readonly Row[] = [
    ['whole', 'a.pdf', pdf, 'pdf application/pdf'],
    ['whole, with a cross-reference stream', 'a.pdf', streamed, 'pdf application/pdf'],
    ['under the name of another allowed kind', 'a.docx', pdf, 'pdf application/pdf'],
    ['under no name', 'a', pdf, 'pdf application/pdf'],
    ['under a name that Windows starts', 'cong-van.pdf.exe', pdf, 'not-allowed'],
    [
      'with line ends and zeros after its end',
      'a.pdf',
      async () => Buffer.concat([await pdf(), Buffer.alloc(3000), Buffer.from('\r\n')]),
      'pdf application/pdf',
    ],
    [
      'with 60,000 blanks in front of its table and behind its end',
      'a.pdf',
      async () => {
        const [head = '', tail = ''] = (await pdf()).toString('latin1').split(/(?=startxref)/u);
        return Buffer.from(`${head}${' '.repeat(30_000)}${tail}${' '.repeat(30_000)}`, 'latin1');
      },
      'pdf application/pdf',
    ],
    [
      'with a mark of UTF-8 before its head',
      'a.pdf',
      async () => Buffer.concat([Buffer.from('\ufeff'), await pdf()]),
      'pdf application/pdf',
    ],
    [
      'whose table is not where it says, which readers mend',
      'a.pdf',
      async () => (await pdf()).toString('latin1').replace(/startxref\s+\d+/u, 'startxref\n7'),
      'pdf application/pdf',
    ],
    ['cut off in the middle', 'a.pdf', async () => cut(await pdf(), 0.6), 'broken'],
    ['cut off by ten bytes', 'a.pdf', async () => (await pdf()).subarray(0, -10), 'broken'],
    [
      'cut off after a later change',
      'a.pdf',
      async () => Buffer.concat([await pdf(), Buffer.alloc(5000, 'x')]),
      'broken',
    ],
    ['of a head and an end only', 'a.pdf', () => '%PDF-1.7\nstartxref\n9\n%%EOF\n', 'broken'],
    ['encrypted for nobody', 'a.pdf', () => encryptedPdf(''), 'pdf application/pdf'],
    ['encrypted with a password', 'a.pdf', () => encryptedPdf('secret'), 'encrypted'],
    ['behind a Windows program', 'a.pdf', async () => Buffer.concat([windowsProgram, await pdf()]), 'disguised'],
  ];
  test.each(rows)('%s (%s)', async (_why, name, bytes, answer) => {
    expect(await told(name, await bytes())).toBe(answer);
  });
});

describe('Office', () => {
  const ooxml = 'application/vnd.openxmlformats-officedocument';
  const macro = 'application/vnd.ms-word.document.macroEnabled.main+xml';
  const padding = (text: string): Buffer => Buffer.from(text.padEnd(5000));
  const rows: readonly Row[] = [
    ['Word', 'a.docx', () => docx, `docx ${ooxml}.wordprocessingml.document`],
    ['Word under a picture’s name', 'a.png', () => docx, `docx ${ooxml}.wordprocessingml.document`],
    ['Excel', 'a.xlsx', () => zip(xlsxParts([['a']])), `xlsx ${ooxml}.spreadsheetml.sheet`],
    ['PowerPoint', 'a.pptx', () => zip(pptxParts(['a'])), `pptx ${ooxml}.presentationml.presentation`],
    ['OpenDocument text', 'a.odt', () => zip(odtParts(['a'])), 'odt application/vnd.oasis.opendocument.text'],
    [
      'OpenDocument text with a password',
      'a.odt',
      () => zip(odtParts(['a'], '<manifest:encryption-data/>')),
      'encrypted',
    ],
    ['Word without its main part', 'a.docx', () => zip(docxParts([['a']], ['b']).slice(0, 2)), 'broken'],
    ['Word cut off', 'a.docx', () => cut(docx, 0.8), 'broken'],
    [
      'a zip with zip encryption',
      'a.docx',
      () => zip(docxParts([['a']], ['b']).map((part) => ({ ...part, encrypted: true }))),
      'encrypted',
    ],
    ['macros under a name that promises none', 'a.docx', () => zip(docxParts([['a']], ['b'], macro)), 'disguised'],
    ['macros under their own name', 'a.docm', () => zip(docxParts([['a']], ['b'], macro)), 'not-allowed'],
    [
      'macros beside a plain main part',
      'a.docx',
      () => zip([...docxParts([['a']], ['b']), { name: 'word/vbaProject.bin', content: 'x' }]),
      'disguised',
    ],
    ['any other zip', 'a.zip', () => zip([{ name: 'a.txt', content: 'x' }]), 'not-allowed'],
    ['any other zip under Word’s name', 'a.docx', () => zip([{ name: 'a.txt', content: 'x' }]), 'broken'],
    [
      'a Java program under Word’s name',
      'a.docx',
      () =>
        zip([
          { name: 'META-INF/MANIFEST.MF', content: 'x' },
          { name: 'A.class', content: 'x' },
        ]),
      'disguised',
    ],
    ['Word 97', 'a.doc', () => wordDocument(['Quyết định']), 'doc application/msword'],
    ['Word 97 with a password', 'a.doc', () => wordDocument(['x'], 0x0100), 'encrypted'],
    ['Word 97 cut off', 'a.doc', () => cut(wordDocument(['x'.repeat(3000)]), 0.6), 'broken'],
    ['Excel 97', 'a.xls', () => compoundFile([{ name: 'Workbook', bytes: padding('x') }]), 'not-allowed'],
    [
      'PowerPoint 97 under Word’s name',
      'a.doc',
      () => compoundFile([{ name: 'PowerPoint Document', bytes: padding('x') }]),
      'not-allowed',
    ],
    [
      'new Word with a password',
      'a.docx',
      () =>
        compoundFile([
          { name: 'EncryptionInfo', bytes: padding('x') },
          { name: 'EncryptedPackage', bytes: padding('x') },
        ]),
      'encrypted',
    ],
  ];
  test.each(rows)('%s (%s)', async (_why, name, bytes, answer) => {
    expect(await told(name, await bytes())).toBe(answer);
  });
});

describe('pictures', () => {
  const rows: readonly Row[] = [
    ['PNG', 'a.png', () => sharp(canvas).png().toBuffer(), 'png image/png'],
    ['JPEG under a PDF’s name', 'a.pdf', () => sharp(canvas).jpeg().toBuffer(), 'jpeg image/jpeg'],
    ['TIFF', 'a.tif', () => sharp(canvas).tiff({ compression: 'deflate' }).toBuffer(), 'tiff image/tiff'],
    ['PNG cut off', 'a.png', async () => cut(await sharp(canvas).png().toBuffer(), 0.5), 'broken'],
    ['JPEG cut off', 'a.jpg', async () => cut(await sharp(canvas).jpeg().toBuffer(), 0.5), 'broken'],
    [
      'TIFF cut off',
      'a.tif',
      async () => cut(await sharp(canvas).tiff({ compression: 'none' }).toBuffer(), 0.5),
      'broken',
    ],
    ['only the first bytes of one', 'a.png', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'broken'],
    ['a kind that is not taken', 'a.gif', () => sharp(canvas).gif().toBuffer(), 'not-allowed'],
    ['a kind that is not taken, as PNG', 'a.png', () => sharp(canvas).webp().toBuffer(), 'not-allowed'],
    [
      'SVG, which may hold scripts',
      'a.svg',
      () => '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
      'not-allowed',
    ],
    ['SVG as PNG', 'a.png', () => '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'disguised'],
  ];
  test.each(rows)('%s (%s)', async (_why, name, bytes, answer) => {
    expect(await told(name, await bytes())).toBe(answer);
  });
});

describe('text and HTML', () => {
  const html = '<!DOCTYPE html><html><body><p>Công văn</p></body></html>';
  const rows: readonly Row[] = [
    ['UTF-8', 'a.txt', () => 'Kính gửi', 'txt text/plain'],
    ['UTF-16', 'a.txt', () => Buffer.from('\ufeffKính gửi', 'utf16le'), 'txt text/plain'],
    ['one byte a letter', 'a.txt', () => Buffer.from('C\xe9ng ho\xb5 x\xb7 h\xe9i', 'latin1'), 'txt text/plain'],
    ['a letter cut in two between two pieces of reading', 'a.txt', () => `${'x'.repeat(1_048_575)}ộ`, 'txt text/plain'],
    [
      'zeros far behind a good start',
      'a.txt',
      () => Buffer.concat([Buffer.alloc(2_000_000, 'x'), Buffer.alloc(10)]),
      'broken',
    ],
    ['HTML', 'a.html', () => html, 'html text/html'],
    ['HTML under a text’s name does nothing', 'a.txt', () => html, 'txt text/plain'],
    ['HTML that Word saved', 'a.doc', () => html, 'html text/html'],
    ['HTML that waits for a browser', 'a.pdf', () => html, 'disguised'],
    ['nothing at all', 'a.pdf', () => '', 'empty'],
    ['blanks only', 'a.txt', () => ' \r\n\t', 'empty'],
    ['a shell script as text', 'a.txt', () => '#!/bin/sh\nrm -rf', 'disguised'],
    ['a shell script', 'a.sh', () => 'rm -rf', 'not-allowed'],
    ['a batch file as text', 'a.txt', () => '@echo off\r\ndel *', 'disguised'],
    ['JavaScript', 'a.js', () => 'alert(1)', 'not-allowed'],
    [
      'bytes that are nothing',
      'a.bin',
      () => Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 7) % 256)),
      'not-allowed',
    ],
    ['bytes that are nothing as Word', 'a.docx', () => Buffer.alloc(300), 'broken'],
  ];
  test.each(rows)('%s (%s)', async (_why, name, bytes, answer) => {
    expect(await told(name, await bytes())).toBe(answer);
  });
});

describe('programs and others', () => {
  const rows: readonly Row[] = [
    ['a Windows program', 'a.exe', () => windowsProgram, 'not-allowed'],
    ['a Windows program as PDF', 'cong-van.pdf', () => windowsProgram, 'disguised'],
    ['a Linux program as text', 'a.txt', () => linuxProgram, 'disguised'],
    ['RTF', 'a.rtf', () => '{\\rtf1\\ansi x}', 'not-allowed'],
    [
      'sound',
      'a.mp3',
      () => Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.alloc(300)]),
      'not-allowed',
    ],
  ];
  test.each(rows)('%s (%s)', async (_why, name, bytes, answer) => {
    expect(await told(name, await bytes())).toBe(answer);
  });

  test('a file of 2 GB is told without being read into memory', async () => {
    const path = join(folder, 'lon.pdf');
    await writeFile(path, await pdfOf([['Quyết định']]));
    await truncate(path, 2_000_000_000);
    const before = process.memoryUsage().rss;
    expect(await identify(path, 'lon.pdf')).toEqual({ kind: 'refused', why: 'broken' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});
