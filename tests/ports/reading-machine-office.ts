import { crc32, deflateRawSync } from 'node:zlib';

/* Small Office files put together by hand, so that each test says what lies in them. */

export interface Part {
  readonly name: string;
  readonly content: string | Buffer;
  readonly stored?: boolean;
  /** Written into the directory in place of the true size. */
  readonly declaredSize?: number;
  readonly encrypted?: boolean;
}

export function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored, declaredSize, encrypted } of parts) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(encrypted ? 1 : 0, 2);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declaredSize ?? bytes.length, 18);
    fields.writeUInt16LE(title.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, place, title);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, title, packed]);
    bodies.push(body);
    offset += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}

const office = 'application/vnd.openxmlformats-officedocument';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';

function contentTypes(parts: readonly (readonly [name: string, type: string])[]): Part {
  const overrides = parts.map(([name, type]) => `<Override PartName="/${name}" ContentType="${type}"/>`).join('');
  return {
    name: '[Content_Types].xml',
    content:
      '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Default Extension="xml" ContentType="application/xml"/>${overrides}</Types>`,
  };
}

function relationship(name: string, targets: readonly (readonly [type: string, target: string])[]): Part {
  const all = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  return { name, content: `<Relationships xmlns="${packageRelations}">${all.join('')}</Relationships>` };
}

const wordMain = `${office}.wordprocessingml.document.main+xml`;

const paragraph = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const cell = (lines: readonly string[]): string => `<w:tc>${lines.map(paragraph).join('')}</w:tc>`;

/** A document whose head is a table of two columns, as every official letter written in Word has it. */
export function docxParts(
  head: readonly (readonly string[])[],
  body: readonly string[],
  mainType = wordMain,
): readonly Part[] {
  const table = `<w:tbl><w:tr>${head.map(cell).join('')}</w:tr></w:tbl>`;
  return [
    contentTypes([['word/document.xml', mainType]]),
    relationship('_rels/.rels', [['officeDocument', 'word/document.xml']]),
    {
      name: 'word/document.xml',
      content:
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
        `<w:body>${table}${body.map(paragraph).join('')}</w:body></w:document>`,
    },
  ];
}

export function xlsxParts(rows: readonly (readonly (string | number)[])[]): readonly Part[] {
  const letter = (at: number): string => String.fromCharCode(65 + at);
  const written = rows.map((row, down) => {
    const cells = row.map((value, across) => {
      const place = `${letter(across)}${down + 1}`;
      return typeof value === 'number'
        ? `<c r="${place}"><v>${value}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;
    });
    return `<row r="${down + 1}">${cells.join('')}</row>`;
  });
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return [
    contentTypes([
      ['xl/workbook.xml', `${office}.spreadsheetml.sheet.main+xml`],
      ['xl/worksheets/sheet1.xml', `${office}.spreadsheetml.worksheet+xml`],
    ]),
    relationship('_rels/.rels', [['officeDocument', 'xl/workbook.xml']]),
    relationship('xl/_rels/workbook.xml.rels', [['worksheet', 'worksheets/sheet1.xml']]),
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Sổ văn bản đến" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet xmlns="${main}"><sheetData>${written.join('')}</sheetData></worksheet>`,
    },
  ];
}

export function pptxParts(slides: readonly string[]): readonly Part[] {
  const names = slides.map((_, at) => `ppt/slides/slide${at + 1}.xml`);
  const space =
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
    `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${relations}"`;
  return [
    contentTypes([
      ['ppt/presentation.xml', `${office}.presentationml.presentation.main+xml`],
      ...names.map((name) => [name, `${office}.presentationml.slide+xml`] as const),
    ]),
    relationship('_rels/.rels', [['officeDocument', 'ppt/presentation.xml']]),
    relationship(
      'ppt/_rels/presentation.xml.rels',
      slides.map((_, at) => ['slide', `slides/slide${at + 1}.xml`] as const),
    ),
    {
      name: 'ppt/presentation.xml',
      content: `<p:presentation ${space}><p:sldIdLst>${slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    },
    ...slides.map((text, at) => ({
      name: names[at] ?? '',
      content:
        `<p:sld ${space}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>` +
        `<p:txBody><a:bodyPr/><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`,
    })),
  ];
}

export function odtParts(paragraphs: readonly string[], manifestExtra = ''): readonly Part[] {
  const name = 'urn:oasis:names:tc:opendocument:xmlns';
  return [
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
    {
      name: 'META-INF/manifest.xml',
      content: `<manifest:manifest xmlns:manifest="${name}:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">${manifestExtra}</manifest:file-entry></manifest:manifest>`,
    },
    {
      name: 'content.xml',
      content:
        `<office:document-content xmlns:office="${name}:office:1.0" xmlns:text="${name}:text:1.0"><office:body><office:text>` +
        `${paragraphs.map((text) => `<text:p>${text}</text:p>`).join('')}</office:text></office:body></office:document-content>`,
    },
  ];
}
