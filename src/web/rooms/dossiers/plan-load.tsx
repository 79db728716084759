import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { dossierLines, type PlanCells } from '../../../contract/dossiers.ts';
import type { ReplyOf } from '../../../contract/line.ts';
import { vietnamDay } from '../../../kernel/dates.ts';
import { ask } from '../../api.ts';
import { formatCount } from '../../parts/format.ts';
import { ChooseSheets, LoadCounts, LoadErrors, LoadPreview, LoadTable, WrongCells } from '../../parts/load-parts.tsx';
import css from '../../parts/load.module.css';
import { dossierAddress } from './dossier-address.ts';
import { planColumns, readPlanTable, takeTemplate, type PlanTable } from './plan-table.ts';
import { useChanged } from './use-dossiers.ts';
import own from './dossiers.module.css';

type Answer = ReplyOf<(typeof dossierLines)['load']>;
const yearIn = (typed: string): number | null => (/^(?:19|20|21)\d\d$/u.test(typed.trim()) ? Number(typed) : null);

/** The file plan of a year from a spreadsheet: choose, look at what would come and at every wrong cell, load. */
export function PlanLoad() {
  const { t } = useTranslation('dossiers');
  const changed = useChanged();
  const [typedYear, setYear] = useState(vietnamDay(new Date()).slice(0, 4));
  const [document, setDocument] = useState('');
  const [table, setTable] = useState<PlanTable | null>(null);
  const [name, setName] = useState('');
  const year = yearIn(typedYear);
  const send = (rows: readonly PlanCells[], apply: boolean): Promise<Answer> =>
    ask(dossierLines.load, {
      body: { year: year ?? 0, document: document.trim() === '' ? null : document, rows: [...rows], apply },
    });
  const look = useMutation({
    mutationFn: async (files: readonly File[]) => {
      setName(files.map((file) => file.name).join(', '));
      setTable(null);
      const read = await readPlanTable(files);
      setTable(read);
      return send(read.rows, false);
    },
  });
  const load = useMutation({
    mutationFn: () => send(table?.rows ?? [], true),
    onSuccess: ({ applied }) => {
      if (applied) changed();
    },
  });
  const template = useMutation({ mutationFn: takeTemplate });
  const forget = (): void => {
    setTable(null);
    look.reset();
    load.reset();
  };
  const seen = load.data ?? look.data;
  return (
    <div className={css['room']}>
      <div>
        <Link className={own['back'] ?? ''} to={dossierAddress(null, { view: 'plan' })}>
          <IconArrowLeft size={15} aria-hidden="true" /> {t('load.back')}
        </Link>
        <h1>{t('load.title')}</h1>
      </div>
      <div className={css['body']}>
        {load.data?.applied ? (
          <LoadPreview done title={t('load.done', { year: year ?? '' })}>
            <Counts answer={load.data} />
            <div className={css['acts']}>
              <Button component={Link} to={dossierAddress(null, { view: 'plan', year: year ?? undefined })}>
                {t('load.see')}
              </Button>
              <Button variant="default" onClick={forget}>
                {t('load.another')}
              </Button>
            </div>
          </LoadPreview>
        ) : (
          <>
            <div className={own['pair']}>
              <TextInput
                label={t('load.year')}
                inputMode="numeric"
                maxLength={4}
                required
                value={typedYear}
                error={year === null ? t('load.year-wrong') : null}
                onChange={(event) => {
                  setYear(event.currentTarget.value);
                  forget();
                }}
              />
              <TextInput
                label={t('load.document')}
                description={t('load.document-why')}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                maxLength={100}
                value={document}
                onChange={(event) => setDocument(event.currentTarget.value)}
              />
            </div>
            <ChooseSheets
              title={t('load.choose')}
              how={t('load.how')}
              tables={[[t('load.columns'), planColumns.map(([, word]) => word)]]}
              actWord={t('load.act')}
              busy={look.isPending}
              multiple={false}
              onFiles={(files) => {
                forget();
                if (year !== null) look.mutate(files);
              }}
            >
              <Button
                variant="default"
                loading={template.isPending}
                leftSection={<IconDownload size={16} aria-hidden="true" />}
                onClick={() => template.mutate()}
              >
                {t('load.template')}
              </Button>
            </ChooseSheets>
            <LoadErrors errors={[look.error, load.error, template.error]} noTable={t('load.no-table', { name })} />
            {seen && table ? (
              <LoadPreview title={name}>
                <Counts answer={seen} />
                {table.ignored.length > 0 ? (
                  <p className="mut">{t('load.ignored', { names: table.ignored.join(', ') })}</p>
                ) : null}
                {seen.problems.length > 0 ? (
                  <Wrong answer={seen} table={table} />
                ) : seen.headings.added + seen.dossiers.added + seen.corrections.length === 0 ? (
                  <p>{t('load.nothing-new')}</p>
                ) : (
                  <>
                    <Corrections answer={seen} />
                    <Button loading={load.isPending} onClick={() => load.mutate()}>
                      {seen.headings.added + seen.dossiers.added === 0
                        ? t('load.correct', { count: seen.corrections.length, year: year ?? '' })
                        : t('load.go', {
                            headings: seen.headings.added,
                            dossiers: seen.dossiers.added,
                            year: year ?? '',
                          })}
                    </Button>
                  </>
                )}
              </LoadPreview>
            ) : null}
          </>
        )}
      </div>
    </div>
  );
}

function Counts({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation('dossiers');
  return (
    <LoadCounts
      counts={[
        [answer.headings.added, t('load.added.headings'), t('load.there', { count: answer.headings.there })],
        [answer.dossiers.added, t('load.added.dossiers'), t('load.there', { count: answer.dossiers.there })],
        ...(answer.corrections.length === 0 ? [] : [[answer.corrections.length, t('load.added.corrections')] as const]),
      ]}
    />
  );
}

/** Titles as they are and as they will be, before anything is written. */
function Corrections({ answer }: { readonly answer: Answer }) {
  const { t } = useTranslation('dossiers');
  if (answer.corrections.length === 0) return null;
  return (
    <>
      <p>{t('load.corrections')}</p>
      <LoadTable
        heads={[t('load.column.line'), t('load.code'), t('load.before'), t('load.after')]}
        rows={answer.corrections.map(({ row, notation, before, after }) => [
          formatCount(row + 1),
          notation,
          before,
          after,
        ])}
      />
    </>
  );
}

/** Row 1 of the plan is line 2 of its sheet: the heading stands above it. */
function Wrong({ answer, table }: { readonly answer: Answer; readonly table: PlanTable }) {
  const { t } = useTranslation('dossiers');
  const words = new Map<string, string>(planColumns);
  const cellOf = (row: number, column: string): string => {
    const cells: Readonly<Record<string, string>> | undefined = table.rows[row - 1];
    return cells?.[column] ?? '';
  };
  return (
    <WrongCells
      sentence={t('load.problems', { count: answer.problems.length })}
      heads={[t('load.column.line'), t('load.column.column'), t('load.column.cell'), t('load.column.problem')]}
      rows={answer.problems.map(({ row, column, problem }) => [
        formatCount(row + 1),
        words.get(column) ?? column,
        cellOf(row, column),
        t(`load.problem.${problem}`),
      ])}
    />
  );
}
