import { foldedForm } from '../../kernel/folding.ts';

/**
 * Tables in spreadsheets, in and out. A table is known by its headings, in whatever order they stand; what a cell means
 * is for the house to say, here it is only found.
 */
/** A file that holds no table that is looked for; the room says which headings are needed. */
export class NoTable extends Error {}

export type Grid = readonly (readonly unknown[])[];
export type Columns<Name extends string = string> = readonly (readonly [Name, string])[];

/** What a spreadsheet shows in a cell: text, a figure, a yes; a day stays the day. */
export function shownCell(cell: unknown): string {
  if (typeof cell === 'string') return cell.trim();
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}

/** The places of the columns a heading line names, by their code or their Vietnamese word; `null` when it is not theirs. */
export function placedColumns(
  heading: readonly unknown[],
  columns: Columns,
  first: string,
): Map<string, number> | null {
  const said = heading.map((cell) => foldedForm(shownCell(cell)));
  const places = new Map(
    columns.flatMap(([name, word]) => {
      const at = said.findIndex((one) => one === foldedForm(name) || one === foldedForm(word));
      return at === -1 ? [] : [[name, at] as const];
    }),
  );
  return places.has(first) ? places : null;
}

export function rowsOf<Name extends string>(grid: Grid, places: ReadonlyMap<string, number>, columns: Columns<Name>) {
  return grid
    .slice(1)
    .filter((row) => row.some((cell) => shownCell(cell) !== ''))
    .map(
      (row) =>
        Object.fromEntries(columns.map(([name]) => [name, shownCell(row[places.get(name) ?? -1])])) as Record<
          Name,
          string
        >,
    );
}

/** Reads what was chosen: XLSX with its sheets, or CSV in UTF-8 with commas, semicolons or tabs. */
export async function readGrids(files: readonly File[]): Promise<readonly Grid[]> {
  const grids: Grid[] = [];
  for (const file of files) {
    if (/\.xlsx$/iu.test(file.name)) {
      const { default: readSheets } = await import('read-excel-file/universal');
      grids.push(...(await readSheets(file)).map(({ data }) => data as Grid));
    } else {
      const { parse } = await import('csv-parse/browser/esm/sync');
      grids.push(csvGrid(await file.text(), (text, delimiter) => parse(text, csvOptions(delimiter))));
    }
  }
  return grids;
}

const csvOptions = (delimiter: string) =>
  ({ delimiter, relax_column_count: true, skip_empty_lines: true, relax_quotes: true }) as const;

function csvGrid(text: string, parse: (text: string, delimiter: string) => Grid): Grid {
  const bare = text.replace(/^\ufeff/u, '');
  const heading = bare.slice(0, bare.search(/[\r\n]|$/u));
  const delimiter = ['\t', ';'].find((one) => heading.includes(one)) ?? ',';
  return parse(bare, delimiter);
}

/** Sheets of one XLSX, with the headings that load again. */
export async function sheetsFile(
  sheets: readonly {
    readonly name: string;
    readonly columns: Columns;
    readonly rows: readonly Readonly<Record<string, string>>[];
  }[],
): Promise<Blob> {
  const { default: writeSheets } = await import('write-excel-file/universal');
  return writeSheets(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      data: [
        columns.map(([, word]) => ({ value: word, fontWeight: 'bold' as const })),
        ...rows.map((row) => columns.map(([column]) => ({ value: row[column] ?? '', type: String }))),
      ],
      columns: columns.map(() => ({ width: 26 })),
    })),
  ).toBlob();
}

/** Hands a file to the person's own folder of downloads. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
