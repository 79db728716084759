import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { correspondentLines, type CorrespondentCells } from '../../../contract/correspondents.ts';
import { ask } from '../../api.ts';
import { formatCount } from '../../parts/format.ts';
import { ChooseSheets, LoadCounts, LoadErrors, LoadPreview, WrongCells } from '../../parts/load-parts.tsx';
import { save, xlsxOf } from '../../parts/spreadsheets.ts';
import { correspondentColumns, readCorrespondents } from './correspondent-table.ts';
import { useRefreshCorrespondents } from './use-correspondents.ts';
import css from '../../parts/load.module.css';

/** The list from a spreadsheet: looked at with every wrong cell first, then loaded; and the same taken out. */
export function LoadCorrespondents({ head }: { readonly head: ReactNode }) {
  const { t } = useTranslation(['correspondents', 'people-load']);
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
      save(await xlsxOf([{ name: t('load.sheet'), columns: correspondentColumns, rows: out }]), t('load.file-name'));
    },
  });
  const seen = load.data ?? look.data;
  const words = new Map<string, string>(correspondentColumns);
  return (
    <div className={css['room']}>
      {head}
      <div className={css['body']}>
        <ChooseSheets
          title={t('people-load:choose.title')}
          how={t('load.how')}
          tables={[[t('load.sheet'), correspondentColumns.map(([, word]) => word)]]}
          actWord={t('people-load:choose.act')}
          busy={look.isPending}
          multiple={false}
          onFiles={(files) => look.mutate(files)}
        >
          <Button
            variant="default"
            loading={takeOut.isPending}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            onClick={() => takeOut.mutate()}
          >
            {t('people-load:take-out')}
          </Button>
        </ChooseSheets>
        <LoadErrors errors={[look.error, load.error, takeOut.error]} noTable={t('load.no-table', { name: fileName })} />
        {seen && !look.isPending ? (
          <LoadPreview done={seen.applied} title={seen.applied ? t('people-load:done') : fileName}>
            <LoadCounts
              counts={[
                [seen.added, t('load.added')],
                [seen.there, t('load.there')],
              ]}
            />
            {seen.problems.length > 0 ? (
              <WrongCells
                sentence={t('people-load:problems', { count: seen.problems.length })}
                heads={(['line', 'column', 'cell', 'problem'] as const).map((head) => t(`people-load:column.${head}`))}
                rows={seen.problems.map(({ row, column, problem }) => [
                  // Row 1 of a table is line 2 of its sheet: the heading stands above it.
                  formatCount(row + 1),
                  words.get(column) ?? column,
                  (rows[row - 1] as Readonly<Record<string, string>> | undefined)?.[column] ?? '',
                  t(`load.problem.${problem}`),
                ])}
              />
            ) : seen.applied ? null : seen.added === 0 ? (
              <p>{t('load.nothing-new')}</p>
            ) : (
              <Button loading={load.isPending} onClick={() => load.mutate()}>
                {t('load.go', { count: seen.added })}
              </Button>
            )}
          </LoadPreview>
        ) : null}
      </div>
    </div>
  );
}
