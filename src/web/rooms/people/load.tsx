import { useState, type ReactNode } from 'react';
import { Button, Textarea } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { peopleLines, type LoadProblem } from '../../../contract/people.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import { ask } from '../../api.ts';
import { formatCount } from '../../parts/format.ts';
import { ChooseSheets, LoadCounts, LoadErrors, LoadPreview, WrongCells } from '../../parts/load-parts.tsx';
import css from '../../parts/load.module.css';
import { csvOf, save } from '../../parts/spreadsheets.ts';
import { personColumns, readTables, tablesFile, unitColumns, type Tables } from './load-tables.ts';

type Answer = ReplyOf<(typeof peopleLines)['load']>;

/**
 * Units and people from spreadsheets: choose, look at what would come in and at every wrong cell, load. Nothing is
 * written before that. The same tables are taken out here, to be filled in and loaded again.
 */
export function Load({ head }: { readonly head: ReactNode }) {
  const { t } = useTranslation('people-load');
  const client = useQueryClient();
  const [tables, setTables] = useState<Tables | null>(null);
  const [names, setNames] = useState('');
  const [reason, setReason] = useState('');
  const look = useMutation({
    mutationFn: async (files: readonly File[]) => {
      setNames(files.map((file) => file.name).join(', '));
      const read = await readTables(files);
      setTables(read);
      return send(read, t('preview'), false);
    },
  });
  const load = useMutation({
    mutationFn: () => send(tables ?? { units: [], people: [] }, reason.trim(), true),
    onSuccess: () => void client.invalidateQueries(),
  });
  const takeOut = useMutation({
    mutationFn: async () => save(await tablesFile(await ask(peopleLines.takeOut)), t('file-name')),
  });
  const again = (): void => {
    setTables(null);
    look.reset();
    load.reset();
  };
  const seen = load.data ?? look.data;
  return (
    <div className={css['room']}>
      {head}
      <div className={css['body']}>
        {load.data?.applied ? (
          <Loaded answer={load.data} onDone={again} />
        ) : (
          <>
            <ChooseSheets
              title={t('choose.title')}
              how={t('choose.how')}
              tables={[
                [t('table.units'), unitColumns.map(([, word]) => word)],
                [t('table.people'), personColumns.map(([, word]) => word)],
              ]}
              actWord={t('choose.act')}
              busy={look.isPending}
              multiple
              onFiles={(files) => look.mutate(files)}
            >
              <Button
                variant="default"
                loading={takeOut.isPending}
                leftSection={<IconDownload size={16} aria-hidden="true" />}
                onClick={() => takeOut.mutate()}
              >
                {t('take-out')}
              </Button>
            </ChooseSheets>
            <LoadErrors errors={[look.error, load.error, takeOut.error]} noTable={t('no-table', { names })} />
            {seen && tables ? (
              <LoadPreview title={names}>
                <Counts answer={seen} />
                {tables.ignored.length > 0 ? (
                  <p className="mut">{t('ignored', { names: tables.ignored.join(', ') })}</p>
                ) : null}
                {seen.problems.length > 0 ? (
                  <Problems problems={seen.problems} tables={tables} />
                ) : seen.units.added + seen.people.added === 0 ? (
                  <p>{t('nothing-new')}</p>
                ) : (
                  <form
                    className={css['go']}
                    onSubmit={(event) => {
                      event.preventDefault();
                      load.mutate();
                    }}
                  >
                    <Textarea
                      label={t('reason')}
                      required
                      autosize
                      minRows={2}
                      maxLength={500}
                      value={reason}
                      onChange={(event) => setReason(event.currentTarget.value)}
                    />
                    <Button type="submit" loading={load.isPending} disabled={reason.trim() === ''}>
                      {t('load', { units: seen.units.added, people: seen.people.added })}
                    </Button>
                  </form>
                )}
              </LoadPreview>
            ) : null}
          </>
        )}
      </div>
    </div>
  );
}

function send({ units, people }: Pick<Tables, 'units' | 'people'>, reason: string, apply: boolean): Promise<Answer> {
  return ask(peopleLines.load, { body: { units: [...units], people: [...people], apply, reason } });
}

function Counts({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation('people-load');
  return (
    <LoadCounts
      counts={[
        [answer.units.added, t('added.units'), t('there', { count: answer.units.there })],
        [answer.people.added, t('added.people'), t('there', { count: answer.people.there })],
        [answer.waits, t('waits')],
      ]}
    />
  );
}

/** Row 1 of a table is line 2 of its sheet: the heading stands above it. */
function Problems({ problems, tables }: { readonly problems: readonly LoadProblem[]; readonly tables: Tables }) {
  const { t } = useTranslation('people-load');
  const words = new Map<string, string>([...unitColumns, ...personColumns]);
  return (
    <WrongCells
      sentence={t('problems', { count: problems.length })}
      heads={[t('column.table'), t('column.line'), t('column.column'), t('column.cell'), t('column.problem')]}
      rows={problems.map(({ table, row, column, problem }) => [
        t(`table.${table}`),
        formatCount(row + 1),
        words.get(column) ?? column,
        cellOf(tables, table, row, column),
        t(`problem.${problem}`),
      ])}
    />
  );
}

function cellOf(tables: Tables, table: LoadProblem['table'], row: number, column: string): string {
  const cells: Readonly<Record<string, string>> | undefined = tables[table][row - 1];
  return cells?.[column] ?? '';
}

/** What came in, and the passwords, this once. */
function Loaded({ answer, onDone }: { readonly answer: Answer; readonly onDone: () => void }) {
  const { t } = useTranslation('people-load');
  const file = (): void => {
    const [name = '', password = ''] = t('passwords.heading').split(',');
    const rows = answer.passwords.map((one) => [one.loginName, one.password]);
    save(csvOf([[name, password], ...rows]), t('passwords.file-name'));
  };
  return (
    <LoadPreview done title={t('done')}>
      <Counts answer={answer} />
      {answer.waits > 0 ? <p>{t('waits-why')}</p> : null}
      {answer.passwords.length > 0 ? (
        <>
          <p>{t('passwords.once')}</p>
          <div className={css['passwords']} role="region" aria-label={t('passwords.label')} tabIndex={0}>
            <table className={css['table']}>
              <tbody>
                {answer.passwords.map(({ loginName, password }) => (
                  <tr key={loginName}>
                    <td>{loginName}</td>
                    <td>
                      <code>{password}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
      <div className={css['acts']}>
        {answer.passwords.length > 0 ? (
          <Button leftSection={<IconDownload size={16} aria-hidden="true" />} onClick={file}>
            {t('passwords.take')}
          </Button>
        ) : null}
        <Button variant="default" onClick={onDone}>
          {t('close')}
        </Button>
      </div>
    </LoadPreview>
  );
}
