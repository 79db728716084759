import { useRef, type ReactNode } from 'react';
import { Button, FileButton } from '@mantine/core';
import { IconCheck, IconFileSpreadsheet } from '@tabler/icons-react';
import { formatCount } from './format.ts';
import { ProblemNote } from './problem-note.tsx';
import { NoTable } from './spreadsheets.ts';
import css from './load.module.css';

/** Where a spreadsheet is chosen: what is expected of it, which columns it may have, and what else can be done here. */
export function ChooseSheets({
  title,
  how,
  tables,
  actWord,
  busy,
  multiple,
  onFiles,
  children,
}: {
  readonly title: string;
  readonly how: string;
  /** The name of each table and the words over its columns. */
  readonly tables: readonly (readonly [string, readonly string[]])[];
  readonly actWord: string;
  readonly busy: boolean;
  readonly multiple: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children?: ReactNode;
}) {
  const reset = useRef<() => void>(null);
  return (
    <section className={css['choose']} aria-labelledby="load-choose">
      <div>
        <h2 id="load-choose">{title}</h2>
        <p>{how}</p>
        <dl className={css['columns']}>
          {tables.map(([name, words]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{words.join(' · ')}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className={css['acts']}>
        <FileButton
          multiple={multiple}
          accept=".xlsx,.csv,.tsv"
          resetRef={reset}
          onChange={(chosen) => {
            const files = Array.isArray(chosen) ? (chosen as readonly File[]) : chosen === null ? [] : [chosen];
            // The same file, mended and chosen again, is a new choice.
            reset.current?.();
            if (files.length > 0) onFiles(files);
          }}
        >
          {(props) => (
            <Button {...props} loading={busy} leftSection={<IconFileSpreadsheet size={16} aria-hidden="true" />}>
              {actWord}
            </Button>
          )}
        </FileButton>
        {children}
      </div>
    </section>
  );
}

/** What went wrong on the way: no table in the file, or what the house says. */
export function LoadErrors({ errors, noTable }: { readonly errors: readonly unknown[]; readonly noTable: string }) {
  return errors.map((error, at) =>
    error instanceof NoTable ? (
      <p key={at} role="alert" className={css['none']}>
        {noTable}
      </p>
    ) : error ? (
      <ProblemNote key={at} problem={error} />
    ) : null,
  );
}

/** What would come of the file, or what has: its figures first. */
export function LoadPreview({
  title,
  done = false,
  children,
}: {
  readonly title: string;
  readonly done?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className={css['preview']} aria-labelledby="load-preview">
      <h2 id="load-preview" {...(done ? { className: css['done'] } : {})}>
        {done ? <IconCheck size={20} aria-hidden="true" /> : null} {title}
      </h2>
      {children}
    </section>
  );
}

/** The figures of a load: what would come in, what is there already. */
export function LoadCounts({ counts }: { readonly counts: readonly (readonly [number, string, string?])[] }) {
  return (
    <ul className={css['counts']}>
      {counts.map(([count, word, aside]) => (
        <li key={word}>
          <b>{formatCount(count)}</b> {word}
          {aside === undefined ? null : <span className="mut">{aside}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Every wrong cell: where it stands, what was typed there, and what is wrong with it. */
export function WrongCells({
  sentence,
  heads,
  rows,
}: {
  readonly sentence: string;
  readonly heads: readonly string[];
  /** The cells of a line; what was typed stands last but one. */
  readonly rows: readonly (readonly string[])[];
}) {
  return (
    <>
      <p className={css['wrong']} role="alert">
        {sentence}
      </p>
      <LoadTable heads={heads} rows={rows} />
    </>
  );
}

/** Lines of the table that something is said about. */
export function LoadTable({
  heads,
  rows,
}: {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, 200).map((cells) => (
          <tr key={cells.join('\n')}>
            {cells.map((cell, at) => (
              <td key={at} className={css['cell']}>
                {cell === '' ? '—' : cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
