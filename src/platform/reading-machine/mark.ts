import fontkit from '@pdf-lib/fontkit';
import { PDFDocument, PDFName, type PDFFont, type PDFRef } from 'pdf-lib';
import type { Mark } from '../../departments/intake/ports.ts';
import type { Rank } from '../../kernel/labels.ts';

/* What a copy bears on each page: a band at head and foot, and quiet letters across. Drawn once for each size of page. */

/** Counted up whenever the same mark would be drawn in another way. */
export const markVersion = 1;

export interface MarkFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

type Colour = readonly [number, number, number];
interface Look {
  readonly ink: Colour;
  readonly wash: Colour;
}
/** The colours of the badges on the screen. */
const lacquer: Look = { ink: [0.62, 0.11, 0.12], wash: [0.98, 0.91, 0.9] };
const colours: Readonly<Record<Rank, Look>> = {
  0: { ink: [0.11, 0.36, 0.27], wash: [0.91, 0.95, 0.92] },
  1: { ink: [0.2, 0.33, 0.44], wash: [0.91, 0.93, 0.95] },
  2: { ink: [0.54, 0.34, 0.04], wash: [0.97, 0.93, 0.84] },
  3: lacquer,
  4: lacquer,
  5: lacquer,
};
/** Half-way between paper and ink, so that it is seen on a white page and on a dark picture. */
const quietColour: Colour = [0.5, 0.5, 0.52];
const quietOpacity = 0.2;

const bandHeight = 14;
const turn = (32 * Math.PI) / 180;
/** Rows and columns of a page that is very long and narrow. */
const mostRows = 40;

const figure = (value: number): string => String(Math.round(value * 1000) / 1000);
const numbers = (...values: readonly number[]): string => values.map(figure).join(' ');

export interface Marker {
  /** The mark for a page that is seen so wide and so high, in points; its origin is the lower left corner. */
  on(width: number, height: number, isSigned: boolean): PDFRef;
}

export async function markerFor(document: PDFDocument, mark: Mark, fonts: MarkFonts): Promise<Marker> {
  document.registerFontkit(fontkit);
  const regular = await document.embedFont(fonts.regular, { subset: false, features: { liga: false } });
  const bold = await document.embedFont(fonts.bold, { subset: false, features: { liga: false } });
  const { context } = document;
  const resources = context.register(
    context.obj({
      Font: { R: regular.ref, B: bold.ref },
      ExtGState: { Q: { ca: quietOpacity }, W: { ca: 0.92 }, F: { ca: 1 } },
    }),
  );
  const drawn = new Map<string, PDFRef>();
  return {
    on(width, height, isSigned) {
      const key = `${figure(width)} ${figure(height)} ${String(isSigned)}`;
      const before = drawn.get(key);
      if (before) return before;
      const stream = context.flateStream(content(mark, { regular, bold }, width, height, isSigned), {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, width, height],
        Resources: resources,
      });
      const made = context.register(stream);
      drawn.set(key, made);
      return made;
    },
  };
}

interface Faces {
  readonly regular: PDFFont;
  readonly bold: PDFFont;
}

/** An artifact (ISO 32000-1, 14.8.2.2): programs that read the page aloud or take its text out may leave it out. */
function content(mark: Mark, faces: Faces, width: number, height: number, isSigned: boolean): string {
  // As large against a page as on A4, whatever its size.
  const scale = Math.max(0.01, Math.min(width, height) / 595);
  const foot = isSigned ? `${mark.foot}  ·  ${mark.unsigned}` : mark.foot;
  return [
    '/Artifact <</Type /Pagination>> BDC /VkMark BMC',
    ...quietRows(mark, faces.regular, width, height, scale),
    ...band(mark, height - bandHeight * scale, width, scale),
    ...band(mark, 0, width, scale),
    ...centred(mark.level, faces.bold, 'B', 9 * scale, width, height - bandHeight * scale * 0.71, mark, scale),
    ...centred(foot, faces.regular, 'R', 7.6 * scale, width, bandHeight * scale * 0.34, mark, scale),
    'EMC EMC',
  ].join('\n');
}

function band(mark: Mark, y: number, width: number, scale: number): string[] {
  const { ink, wash } = colours[mark.rank];
  const rule = 0.7 * scale;
  const height = bandHeight * scale;
  // The rule lies on the side of the page's own text.
  const edge = y === 0 ? height - rule : y;
  return [
    'q /W gs',
    `${numbers(...wash)} rg ${numbers(0, y, width, height)} re f`,
    '/F gs',
    `${numbers(...ink)} rg ${numbers(0, edge, width, rule)} re f`,
    'Q',
  ];
}

function centred(
  text: string,
  font: PDFFont,
  name: string,
  wanted: number,
  width: number,
  baseline: number,
  mark: Mark,
  scale: number,
): string[] {
  const { ink } = colours[mark.rank];
  const room = width - 16 * scale;
  const size = Math.min(wanted, (wanted * room) / Math.max(1e-6, font.widthOfTextAtSize(text, wanted)));
  const x = (width - font.widthOfTextAtSize(text, size)) / 2;
  return [
    `q /F gs ${numbers(...ink)} rg BT /${name} ${figure(size)} Tf ${numbers(1, 0, 0, 1, x, baseline)} Tm`,
    `${font.encodeText(text).toString()} Tj ET Q`,
  ];
}

function quietRows(mark: Mark, font: PDFFont, width: number, height: number, scale: number): string[] {
  const size = 14 * scale;
  const wide = font.widthOfTextAtSize(mark.quiet, size);
  const half = Math.hypot(width, height) / 2;
  const rowStep = Math.max(118 * scale, (2 * half) / mostRows);
  const step = Math.max(wide + 70 * scale, (2 * half) / mostRows);
  const letters = font.encodeText(mark.quiet).toString();
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const rows: string[] = [`q /Q gs ${numbers(...quietColour)} rg BT /R ${figure(size)} Tf`];
  const count = Math.ceil(half / rowStep);
  for (let row = -count; row <= count; row += 1) {
    // Each row begins half a line further on, so that no column of the page stays free.
    const shift = row % 2 === 0 ? -wide / 2 : -wide / 2 - step / 2;
    const columns = Math.ceil(half / step) + 1;
    for (let column = -columns; column <= columns; column += 1) {
      const along = shift + column * step;
      if (along > half || along + wide < -half) continue;
      const x = width / 2 + along * cos - row * rowStep * sin;
      const y = height / 2 + along * sin + row * rowStep * cos;
      rows.push(`${numbers(cos, sin, -sin, cos, x, y)} Tm ${letters} Tj`);
    }
  }
  return [...rows, 'ET Q'];
}

/** A PDF of one page with nothing but the mark on it, to be drawn over a picture. */
export async function markAlone(mark: Mark, fonts: MarkFonts, width: number, height: number): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const marker = await markerFor(document, mark, fonts);
  const page = document.addPage([width, height]);
  page.node.setXObject(PDFName.of('VkMark'), marker.on(width, height, false));
  page.node.addContentStream(document.context.register(document.context.flateStream('/VkMark Do')));
  return document.save({ useObjectStreams: false, updateFieldAppearances: false });
}
