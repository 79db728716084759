import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconDownload, IconFileDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { readingRoomLines } from '../../../contract/reading-room.ts';
import type { RecordFile, RecordView } from '../../../contract/registry.ts';
import { ApiProblem, urlOf } from '../../api.ts';
import { notice } from '../../parts/notice.ts';
import { hasCopies, takeCopy } from './copies.ts';
import css from './record-room.module.css';

type Taken = Pick<RecordFile, 'id' | 'name' | 'format' | 'damaged'>;

const originalOf = (fileId: string): string =>
  urlOf(readingRoomLines.content, { params: { fileId }, query: { as: 'attachment' } });

/** Runs one making at a time and says what came of it. */
function useCopying() {
  const { t } = useTranslation(['record', 'common']);
  const [busy, setBusy] = useState<'take' | 'print' | null>(null);
  const run = (what: 'take' | 'print', work: () => Promise<string>): void => {
    setBusy(what);
    work()
      .then((number) => notice(t('copy.made', { number })))
      .catch((problem: unknown) => {
        const said = problem instanceof ApiProblem ? problem.detail : '';
        notice(said === '' ? t('copy.failed') : said, 'lacquer');
      })
      .finally(() => setBusy(null));
  };
  return { busy, run };
}

/** What may be taken away of the file that is shown: a copy with this person's name, on paper or as a file; the original, to whom it goes. */
export function TakeFile({ record, file }: { readonly record: RecordView; readonly file: Taken }) {
  const { t } = useTranslation('record');
  const { busy, run } = useCopying();
  const copies = record.rank > 0 && hasCopies(file.format);
  return (
    <>
      {copies && (
        <>
          <Button
            loading={busy === 'take'}
            disabled={busy !== null}
            leftSection={<IconDownload size={16} aria-hidden="true" />}
            onClick={() => run('take', () => takeCopy(file.id))}
          >
            {t('copy.take')}
          </Button>
          <Button
            variant="default"
            loading={busy === 'print'}
            disabled={busy !== null}
            leftSection={<IconPrinter size={16} aria-hidden="true" />}
            onClick={() => run('print', async () => (await import('./print-copy.ts')).printCopy(file.id))}
          >
            {t('copy.print')}
          </Button>
        </>
      )}
      {record.may.original && (
        <Button
          component="a"
          // A refusal then fails as a download; it does not put its bare text in the place of this page.
          download
          href={originalOf(file.id)}
          variant={copies ? 'default' : 'filled'}
          leftSection={<IconFileDownload size={16} aria-hidden="true" />}
        >
          {t('action.download')}
        </Button>
      )}
      {!copies && !record.may.original && <p className={css['noCopy']}>{t('copy.none')}</p>}
    </>
  );
}

/** The same in the row of a file, in one word. */
export function TakeFileLink({ record, file }: { readonly record: RecordView; readonly file: Taken }) {
  const { t } = useTranslation('record');
  const { busy, run } = useCopying();
  if (record.may.original)
    return (
      <a download className={css['fileDownload']} href={originalOf(file.id)}>
        {t('files.downloadShort')} <span className="unseen">{file.name}</span>
      </a>
    );
  if (!hasCopies(file.format)) return null;
  return (
    <button
      type="button"
      className={css['fileCopy']}
      disabled={busy !== null}
      onClick={() => run('take', () => takeCopy(file.id))}
    >
      {t('copy.takeShort')} <span className="unseen">{file.name}</span>
    </button>
  );
}
