import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFName } from 'pdf-lib';
import sharp from 'sharp';
import type { FileFormat, FileToRead, ReadingMachine } from '../../src/departments/intake/ports.ts';
import { createReadingMachine } from '../../src/platform/reading-machine/machine.ts';
import { houseRoot } from '../house/house-files.ts';
import { docxParts, odtParts, pptxParts, xlsxParts, zip } from './reading-machine-office.ts';
import { encryptedPdf, newPdf, pdfOf, scannedPdf } from './reading-machine-pdf.ts';
import { wordDocument } from './reading-machine-word.ts';

/** The contract of the reading machine, in src/departments/intake/ports.ts, tried with real files and real children. */

const letter = [
  'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Độc lập - Tự do - Hạnh phúc',
  'Hà Nội, ngày 12 tháng 4 năm 2024',
  'Kính gửi: Các đơn vị thuộc Bộ',
  'Văn phòng Bộ thông báo lịch trực và phân công cán bộ tiếp nhận văn bản',
  'trong dịp nghỉ lễ, đề nghị các đơn vị nghiêm túc thực hiện.',
];
const stamp = ['Người ký: VĂN PHÒNG CHÍNH PHỦ', 'Email: vanthu@example.vn', 'Thời gian ký: 15.04.2024 16:28:32 +07:00'];

const usual = { children: 2, memoryMegabytes: 1024, secondsPerFile: 30, secondsPerPage: 60 };

let folder = '';
let machine: ReadingMachine;
async function file(name: string, bytes: Uint8Array | string, format: FileFormat): Promise<FileToRead> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, format };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vankho-reading-'));
  machine = createReadingMachine(usual);
});
afterAll(async () => {
  await machine.close();
  await rm(folder, { recursive: true });
});

const textsOf = async (toRead: FileToRead): Promise<readonly string[]> =>
  (await machine.readText(toRead)).pages.map(({ text }) => text);

describe('text that is in the file', () => {
  test('a PDF gives its text page by page, in order, with Vietnamese marks in NFC', async () => {
    const bytes = await pdfOf([
      letter,
      ['Trang thứ hai của công văn, phần nơi nhận và chữ ký của người có thẩm quyền.'],
    ]);
    const toRead = await file('hai-trang.pdf', bytes, 'pdf');
    const reading = await machine.readText(toRead);
    expect(reading).toEqual({
      unit: 'page',
      pages: [
        { number: 1, text: letter.join('\n'), needsOcr: false },
        {
          number: 2,
          text: 'Trang thứ hai của công văn, phần nơi nhận và chữ ký của người có thẩm quyền.',
          needsOcr: false,
        },
      ],
    });
    expect(await readFile(toRead.path)).toEqual(bytes);
  });

  test('a Word document gives paragraphs; the two columns of its head stay apart', async () => {
    const parts = docxParts(
      [
        ['BỘ NỘI VỤ', 'Số: 12/BNV-VP'],
        ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
      ],
      ['Kính gửi: Các đơn vị', 'Nội dung ở đây.'],
    );
    const reading = await machine.readText(await file('cong-van.docx', zip(parts), 'docx'));
    expect(reading.unit).toBe('paragraph');
    expect(reading.pages.map(({ number, text }) => [number, text])).toEqual([
      [1, 'BỘ NỘI VỤ'],
      [2, 'Số: 12/BNV-VP'],
      [3, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
      [4, 'Độc lập - Tự do - Hạnh phúc'],
      [5, 'Kính gửi: Các đơn vị'],
      [6, 'Nội dung ở đây.'],
    ]);
  });

  test('decomposed letters come out composed', async () => {
    const parts = docxParts([['x'], ['y']], ['Quyết định phê duyệt'.normalize('NFD')]);
    expect(await textsOf(await file('nfd.docx', zip(parts), 'docx'))).toContain('Quyết định phê duyệt');
  });

  test('a row of a spreadsheet is a paragraph, and so is the name of its sheet', async () => {
    const parts = xlsxParts([
      ['Số đến', 'Trích yếu'],
      [12, 'Về việc báo cáo quý III'],
    ]);
    const texts = await textsOf(await file('so.xlsx', zip(parts), 'xlsx'));
    expect(texts).toEqual(['Sổ văn bản đến', 'Số đến | Trích yếu', '12 | Về việc báo cáo quý III']);
  });

  test('a slide is a page', async () => {
    const reading = await machine.readText(
      await file('trinh.pptx', zip(pptxParts(['Kế hoạch năm', 'Kết quả đạt được'])), 'pptx'),
    );
    expect(reading).toMatchObject({
      unit: 'page',
      pages: [
        { number: 1, text: 'Kế hoạch năm' },
        { number: 2, text: 'Kết quả đạt được' },
      ],
    });
  });

  test('OpenDocument text gives paragraphs', async () => {
    const texts = await textsOf(await file('to-trinh.odt', zip(odtParts(['Tờ trình', 'Về việc mua sắm'])), 'odt'));
    expect(texts).toEqual(['Tờ trình', 'Về việc mua sắm']);
  });

  test('Word 97 gives paragraphs, and old .VnTime text in Unicode', async () => {
    expect(await textsOf(await file('cu.doc', wordDocument(['Quyết định', 'Điều 1. Ban hành']), 'doc'))).toEqual([
      'Quyết định',
      'Điều 1. Ban hành',
    ]);
    const tcvn = 'Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc';
    expect(await textsOf(await file('vntime.doc', wordDocument([tcvn]), 'doc'))).toEqual([
      'Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc',
    ]);
  });

  test.each([
    ['UTF-8', Buffer.from('Kính gửi\n\nĐề nghị')],
    ['UTF-8 with its mark', Buffer.from('\ufeffKính gửi\r\nĐề nghị')],
    ['UTF-16', Buffer.from('\ufeffKính gửi\nĐề nghị', 'utf16le')],
    ['UTF-16 of big end first', Buffer.from('\ufeffKính gửi\nĐề nghị', 'utf16le').swap16()],
    // windows-1258: í is one byte; ử is ư with a hook behind it, ề is ê with a grave, ị is i with a dot.
    ['windows-1258', Buffer.from([...Buffer.from('K\xednh g\xfd\xd2i\n\xd0\xea\xcc ngh', 'latin1'), 0x69, 0xf2])],
  ])('plain text in %s gives its lines', async (name, bytes) => {
    expect(await textsOf(await file(`${name}.txt`, bytes, 'txt'))).toEqual(['Kính gửi', 'Đề nghị']);
  });

  test('HTML gives what a reader sees: no script, no style, no comment', async () => {
    const html =
      '<html><head><title>Công văn</title><script>alert("bí mật")</script><style>p{}</style></head>' +
      '<body><!-- ghi chú --><p>Đ&ecirc;&#768; nghị &amp; b&aacute;o c&aacute;o</p><p onclick="x()">Tr&#xe2;n tr&#7885;ng</p></body></html>';
    expect(await textsOf(await file('trang.html', html, 'html'))).toEqual([
      'Công văn',
      'Đề nghị & báo cáo',
      'Trân trọng',
    ]);
  });
});

describe('which pages must be read from their picture', () => {
  let picture = new Uint8Array();
  beforeAll(async () => {
    const rendered = await machine.render(await file('nguon.pdf', await pdfOf([letter]), 'pdf'), 1, 1654);
    picture = 'png' in rendered ? Uint8Array.from(rendered.png) : picture;
  });

  const needs = async (name: string, bytes: Uint8Array): Promise<readonly boolean[]> =>
    (await machine.readText(await file(name, bytes, 'pdf'))).pages.map(({ needsOcr }) => needsOcr);

  test('a scan, and a scan that holds only the words of a signature stamp', async () => {
    expect(await needs('scan.pdf', await scannedPdf([picture]))).toEqual([true]);
    const stamped = await machine.readText(await file('dau.pdf', await scannedPdf([picture], stamp), 'pdf'));
    expect(stamped.pages).toEqual([{ number: 1, text: stamp.join('\n'), needsOcr: true }]);
  });

  test('a scan over a hidden layer that another reader made without knowing Vietnamese', async () => {
    const junk = Array.from({ length: 20 }, () => 'uy sA.N NUANoAN cQNG nOa xA H(H cHtf Ncnia VItT');
    expect(await needs('rac.pdf', await scannedPdf([picture], junk))).toEqual([true]);
    const good = Array.from({ length: 4 }, () => letter).flat();
    expect(await needs('lop-tot.pdf', await scannedPdf([picture], good))).toEqual([false]);
  });

  test('text in a font of before Unicode, and letters that the font does not name', async () => {
    const tcvn = [
      'Céng hoµ x· héi chñ nghÜa ViÖt Nam',
      '§éc lËp - Tù do - H¹nh phóc',
      'KÝnh göi: C¸c ®¬n vÞ trùc thuéc Bé',
    ];
    expect(await needs('tcvn3.pdf', await pdfOf([tcvn]))).toEqual([true]);
    const vni = ['Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam', 'Ñoäc laäp - Töï do - Haïnh phuùc'];
    expect(await needs('vni.pdf', await pdfOf([vni]))).toEqual([true]);
  });

  test('a short last page, and a page of French, have their own text', async () => {
    const french = [
      'Déclaration relative à la coopération juridique entre les deux pays, signée à Hanoï',
      'où la République française a été représentée par son ambassadeur, en présence de façon élargie',
    ];
    expect(await needs('ngan.pdf', await pdfOf([['Nơi nhận: - Như trên; - Lưu: VT.'], french]))).toEqual([
      false,
      false,
    ]);
  });

  test('pictures of every kind, each page of a TIFF by itself', async () => {
    const tall = { width: 300, height: 400, channels: 3, background: 'white' } as const;
    const png = await sharp({ create: tall }).png().toBuffer();
    const jpeg = await sharp({ create: tall }).jpeg().toBuffer();
    const tiff = await sharp([png, png, png], { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const pagesOf = async (name: string, bytes: Buffer, format: FileFormat): Promise<unknown> =>
      machine.readText(await file(name, bytes, format));
    const page = (number: number): unknown => ({ number, text: '', needsOcr: true });
    expect(await pagesOf('a.png', png, 'png')).toEqual({ unit: 'page', pages: [page(1)] });
    expect(await pagesOf('a.jpg', jpeg, 'jpeg')).toEqual({ unit: 'page', pages: [page(1)] });
    expect(await pagesOf('a.tif', tiff, 'tiff')).toEqual({ unit: 'page', pages: [page(1), page(2), page(3)] });
  });

  test('OCR of a scanned page finds its words and where they stand', async () => {
    const page = await machine.recognise(await file('quet.pdf', await scannedPdf([picture], stamp), 'pdf'), 1);
    if ('problem' in page) throw new Error(page.problem);
    expect(page.number).toBe(1);
    expect(page.text).toContain('Độc lập - Tự do - Hạnh phúc');
    expect(page.text).toContain('thông báo lịch trực và phân công cán bộ');
    expect(page.confidence).toBeGreaterThan(80);
    expect(page.confidence).toBeLessThanOrEqual(100);
    const first = page.words.find(({ text }) => text === 'CỘNG');
    // The line begins 85 points from the left of 595, its feet 770 points from the bottom of 842.
    expect(first?.box[0]).toBeCloseTo(85 / 595, 1);
    expect(first?.box[3]).toBeCloseTo(1 - 770 / 842, 1);
    const fractions = page.words.flatMap(({ box }) => box);
    expect(fractions.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(page.words.every(({ box: [left, top, right, bottom] }) => left < right && top < bottom)).toBe(true);
  });

  test('OCR of a page that was laid into the scanner on its side, boxes where they stand on the page', async () => {
    const onItsSide = await sharp(picture).rotate(90).png().toBuffer();
    const page = await machine.recognise(await file('nam-ngang.png', onItsSide, 'png'), 1);
    if ('problem' in page) throw new Error(page.problem);
    expect(page.text).toContain('Độc lập - Tự do - Hạnh phúc');
    const first = page.words.find(({ text }) => text === 'CỘNG');
    // Turned clockwise, the upper left corner is the upper right: what stood 85 of 595 from the left is that far from the top.
    expect(first?.box[1]).toBeCloseTo(85 / 595, 1);
    expect(first?.box[0]).toBeCloseTo(770 / 842, 1);
  });

  test('OCR of a photographed letter in JPEG', async () => {
    const photo = await sharp(picture).jpeg({ quality: 80 }).toBuffer();
    const page = await machine.recognise(await file('anh.jpg', photo, 'jpeg'), 1);
    expect('text' in page && page.text).toContain('Hạnh phúc');
  });
});

describe('pictures of pages', () => {
  test('PNG of the width asked for, of a PDF page and of a picture', async () => {
    const rendered = await machine.render(await file('ve.pdf', await pdfOf([letter, letter]), 'pdf'), 2, 620);
    const seen = await sharp('png' in rendered ? rendered.png : Buffer.alloc(0)).metadata();
    expect([seen.format, seen.width, seen.height]).toEqual(['png', 620, 877]);
    const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const small = await machine.render(await file('do.jpg', photo, 'jpeg'), 1, 300);
    const smallSeen = await sharp('png' in small ? small.png : Buffer.alloc(0)).metadata();
    expect([smallSeen.format, smallSeen.width, smallSeen.height]).toEqual(['png', 300, 200]);
  });

  test('without annotations: the stamp of a signing program hides nothing', async () => {
    const { document, font } = await newPdf();
    const page = document.addPage([595, 842]);
    page.drawText('Số: 12/QĐ-BNV', { x: 85, y: 700, size: 14, font });
    const stampPicture = document.context.stream('1 0 0 rg 0 0 595 842 re f', {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, 595, 842],
    });
    page.node.set(
      PDFName.of('Annots'),
      document.context.obj([
        document.context.register(
          document.context.obj({
            Type: 'Annot',
            Subtype: 'Stamp',
            Rect: [0, 0, 595, 842],
            F: 4,
            AP: { N: document.context.register(stampPicture) },
          }),
        ),
      ]),
    );
    const rendered = await machine.render(await file('dau-do.pdf', await document.save(), 'pdf'), 1, 200);
    const { channels } = await sharp('png' in rendered ? rendered.png : Buffer.alloc(0)).stats();
    // A white page with one line on it. Under the stamp, green would be gone.
    expect(channels[1]?.mean).toBeGreaterThan(240);
  });

  test('a page that is not there, and a format without pages, are broken; nothing rejects', async () => {
    const one = await file('mot.pdf', await pdfOf([letter]), 'pdf');
    await expect(machine.render(one, 2, 100)).resolves.toEqual({ problem: 'broken' });
    await expect(machine.recognise(one, 0)).resolves.toEqual({ problem: 'broken' });
    await expect(machine.render(await file('chu.txt', 'chữ', 'txt'), 1, 100)).resolves.toEqual({ problem: 'broken' });
  });
});

describe('files that cannot be read', () => {
  test('encrypted with an empty password is readable, with another is not', async () => {
    const readable = await machine.readText(await file('mo.pdf', encryptedPdf(''), 'pdf'));
    expect(readable.pages.map(({ text }) => text)).toEqual(['Protected but readable']);
    expect(readable.problem).toBeUndefined();
    await expect(machine.readText(await file('khoa.pdf', encryptedPdf('secret'), 'pdf'))).resolves.toEqual({
      unit: 'page',
      pages: [],
      problem: 'encrypted',
    });
  });

  test.each<[string, FileFormat]>([
    ['hong.pdf', 'pdf'],
    ['hong.docx', 'docx'],
    ['hong.doc', 'doc'],
    ['hong.png', 'png'],
    ['hong.tiff', 'tiff'],
  ])('%s of garbage is broken', async (name, format) => {
    const reading = await machine.readText(await file(name, Buffer.from('%PDF-1.7 không phải '.repeat(50)), format));
    expect([reading.problem, reading.pages]).toEqual(['broken', []]);
  });

  test('a zip that says it unpacks to gigabytes, and one that lies about it, are not unpacked', async () => {
    const parts = docxParts([['a'], ['b']], ['c']);
    const honest = zip([...parts, { name: 'word/media/big.bin', content: 'x', declaredSize: 4_000_000_000 }]);
    expect((await machine.readText(await file('bom.docx', honest, 'docx'))).problem).toBe('too-large-inside');
    const large = Buffer.alloc(400_000_000, 32);
    large.write('<?xml version="1.0"?><w:document xmlns:w="x"><w:body>');
    const lying = zip(
      parts.map((part) => (part.name === 'word/document.xml' ? { ...part, content: large, declaredSize: 1000 } : part)),
    );
    expect(lying.length).toBeLessThan(500_000);
    expect(['too-large-inside', 'broken', 'too-much-memory']).toContain(
      (await machine.readText(await file('doi.docx', lying, 'docx'))).problem,
    );
  });

  test('a file that is not there is a fault of the machine', async () => {
    await expect(machine.readText({ path: join(folder, 'khong-co.pdf'), format: 'pdf' })).rejects.toThrow('ENOENT');
  });
});

describe('real letters of ministries and provinces', () => {
  // They lie beside the project where it is developed, and are not part of it.
  const letters = join(houseRoot, '..', 'shared', 'letters');
  const there = existsSync(join(letters, 'letters.tsv'));
  (there ? test : test.skip)(
    'scans are told from letters born digital, and the subject is found in these',
    async () => {
      const rows = readFileSync(join(letters, 'letters.tsv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'));
      const wrong: string[] = [];
      for (const [name = '', kind = '', pages = '', , , , , subject = ''] of rows) {
        const format = name.endsWith('.doc') ? 'doc' : 'pdf';
        const reading = await machine.readText({ path: join(letters, name), format });
        if (reading.problem) wrong.push(`${name}: ${reading.problem}`);
        if (pages !== '?' && reading.pages.length !== Number(pages))
          wrong.push(`${name}: ${reading.pages.length} pages`);
        if (kind === 'scan' && reading.pages[0]?.needsOcr !== true) wrong.push(`${name}: taken for text`);
        if (kind === 'born-digital' && reading.pages.some(({ needsOcr }) => needsOcr))
          wrong.push(`${name}: taken for a scan`);
        const start = reading.pages
          .map(({ text }) => text)
          .join(' ')
          .replace(/\s+/gu, ' ')
          .slice(0, 3000)
          .toLowerCase();
        const words = subject.toLowerCase().split(' ').slice(-4).join(' ');
        if (kind !== 'scan' && !start.includes(words)) wrong.push(`${name}: without "${words}"`);
      }
      expect(wrong).toEqual([]);
    },
  );
});
