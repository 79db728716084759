import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { correspondentLines, type CorrespondentCells } from '../../../contract/correspondents.ts';
import { ask } from '../../api.ts';
import { formatCount } from '../../parts/format.ts';
import { ChooseTables, WrongCells } from '../../parts/load-tables.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { NoTable, saveFile, sheetsFile } from '../../parts/tables.ts';
import { correspondentColumns, readCorrespondents } from './correspondent-table.ts';
import { useRefreshCorrespondents } from './use-correspondents.ts';
import css from '../../parts/load.module.css';

/** The list from a spreadsheet: looked at with every wrong cell first, then loaded; and the same taken out. */
export function LoadCorrespondents({ head }: { readonly head: ReactNode }) {
  const { t } = useTranslation(['correspondents', 'load']);
  const refresh = useRefreshCorrespondents();
  const [rows, setRows] = useState<readonly CorrespondentCells[]>([]);
  const [fileName, setFileName] = useState('');
  const send = (cells: readonly CorrespondentCells[], apply: boolean) =>
    ask(correspondentLines.loadCorrespondents, { body: { rows: [...cells], apply } });
  const look = useMutation({
    mutationFn: async (files: readonly File[]) => {
      setFileName(files.map(({ name }) => name).join(', '));
      const read = await readCorrespondents(files);
      setRows(read);
      return send(read, false);
    },
    onMutate: () => load.reset(),
  });
  const load = useMutation({ mutationFn: () => send(rows, true), onSuccess: refresh });
  const takeOut = useMutation({
    mutationFn: async () => {
      const { rows: out } = await ask(correspondentLines.takeOutCorrespondents);
      saveFile(
        await sheetsFile([{ name: t('load.sheet'), columns: correspondentColumns, rows: out }]),
        t('load.file-name'),
      );
    },
  });
  const seen = load.data ?? look.data;
  const words = new Map<string, string>(correspondentColumns);
  return (
    <div className={css['room']}>
      {head}
      <div className={css['body']}>
        <ChooseTables
          how={t('load.how')}
          columns={[[t('load.sheet'), correspondentColumns]]}
          looking={look.isPending}
          takingOut={takeOut.isPending}
          onFiles={(files) => look.mutate(files)}
          onTakeOut={() => takeOut.mutate()}
        />
        {[look, load, takeOut].map(({ error }, at) =>
          error instanceof NoTable ? (
            <p key={at} role="alert" className={css['none']}>
              {t('load.no-table', { name: fileName })}
            </p>
          ) : error ? (
            <ProblemNote key={at} problem={error} />
          ) : null,
        )}
        {seen && !look.isPending ? (
          <section className={css['preview']} aria-labelledby="load-preview">
            <h2 id="load-preview" {...(seen.applied ? { className: css['done'] } : {})}>
              {seen.applied ? <IconCheck size={20} aria-hidden="true" /> : null}
              {seen.applied ? t('load:done') : fileName}
            </h2>
            <ul className={css['counts']}>
              <li>
                <b>{formatCount(seen.added)}</b> {t('load.added')}
              </li>
              <li>
                <b>{formatCount(seen.there)}</b> {t('load.there')}
              </li>
            </ul>
            {seen.problems.length > 0 ? (
              <WrongCells
                cells={seen.problems.map(({ row, column, problem }) => ({
                  row,
                  column: words.get(column) ?? column,
                  cell: (rows[row - 1] as Readonly<Record<string, string>> | undefined)?.[column] ?? '',
                  problem: t(`load.problem.${problem}`),
                }))}
              />
            ) : seen.applied ? null : seen.added === 0 ? (
              <p>{t('load.nothing-new')}</p>
            ) : (
              <Button loading={load.isPending} onClick={() => load.mutate()}>
                {t('load.go', { count: seen.added })}
              </Button>
            )}
          </section>
        ) : null}
      </div>
    </div>
  );
}
