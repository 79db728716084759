import { useRef } from 'react';
import { Button, FileButton } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatCount } from './format.ts';
import type { Columns } from './tables.ts';
import css from './load.module.css';

/** What can be loaded from spreadsheets here, with which columns; and the same taken out. */
export function ChooseTables({
  how,
  columns,
  multiple = false,
  looking,
  takingOut,
  onFiles,
  onTakeOut,
}: {
  readonly how: string;
  /** Each table with the words of its columns. */
  readonly columns: readonly (readonly [string, Columns])[];
  readonly multiple?: boolean;
  readonly looking: boolean;
  readonly takingOut: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onTakeOut: () => void;
}) {
  const { t } = useTranslation('load');
  const reset = useRef<() => void>(null);
  return (
    <section className={css['choose']} aria-labelledby="load-choose">
      <div>
        <h2 id="load-choose">{t('choose.title')}</h2>
        <p>{how}</p>
        <dl className={css['columns']}>
          {columns.map(([table, words]) => (
            <div key={table}>
              <dt>{table}</dt>
              <dd>{words.map(([, word]) => word).join(' · ')}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className={css['acts']}>
        <FileButton
          multiple={multiple}
          accept=".xlsx,.csv,.tsv"
          resetRef={reset}
          onChange={(chosen: File | readonly File[] | null) => {
            const files = chosen === null ? [] : chosen instanceof File ? [chosen] : chosen;
            if (files.length > 0) onFiles(files);
            // The same file may be chosen again after it was put right.
            reset.current?.();
          }}
        >
          {(props) => (
            <Button {...props} loading={looking} leftSection={<IconFileSpreadsheet size={16} aria-hidden="true" />}>
              {t('choose.act')}
            </Button>
          )}
        </FileButton>
        <Button
          variant="default"
          loading={takingOut}
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          onClick={onTakeOut}
        >
          {t('take-out')}
        </Button>
      </div>
    </section>
  );
}

export interface WrongCell {
  /** Where there is more than one table. */
  readonly table?: string;
  /** Counted from one under the heading. */
  readonly row: number;
  readonly column: string;
  readonly cell: string;
  readonly problem: string;
}

/** Every cell that keeps the table from being loaded. Row 1 of a table is line 2 of its sheet: the heading stands above it. */
export function WrongCells({ cells }: { readonly cells: readonly WrongCell[] }) {
  const { t } = useTranslation('load');
  const tables = cells.some(({ table }) => table !== undefined);
  return (
    <>
      <p className={css['wrong']} role="alert">
        {t('problems', { count: cells.length })}
      </p>
      <table className={css['table']}>
        <thead>
          <tr>
            {tables ? <th scope="col">{t('column.table')}</th> : null}
            <th scope="col">{t('column.line')}</th>
            <th scope="col">{t('column.column')}</th>
            <th scope="col">{t('column.cell')}</th>
            <th scope="col">{t('column.problem')}</th>
          </tr>
        </thead>
        <tbody>
          {cells.slice(0, 200).map(({ table = '', row, column, cell, problem }) => (
            <tr key={`${table} ${String(row)} ${column} ${problem}`}>
              {tables ? <td>{table}</td> : null}
              <td>{formatCount(row + 1)}</td>
              <td>{column}</td>
              <td className={css['cell']}>{cell === '' ? '—' : cell}</td>
              <td>{problem}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
