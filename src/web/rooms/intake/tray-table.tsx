import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { intakeLines, type TrayItem } from '../../../contract/intake.ts';
import { ask } from '../../api.ts';
import { FileStage } from '../../parts/file-stage.tsx';
import { formatMoment, formatSize } from '../../parts/format.ts';
import { useFileProblem } from '../../parts/file-problem.ts';
import { notice } from '../../parts/notice.ts';
import { useProblemSentence } from '../../parts/problem-note.tsx';
import { useMay } from '../../session.tsx';
import { addressOf } from '../addresses.ts';
import classes from './intake.module.css';

/** One line for each file the house has taken, until it stands in a register. */
export function TrayTable({
  rows,
  onJoin,
}: {
  readonly rows: readonly TrayItem[];
  readonly onJoin: (item: TrayItem) => void;
}) {
  const { t } = useTranslation('intake');
  return (
    <table className={`rows ${classes['tray'] ?? ''}`}>
      <colgroup>
        <col />
        <col style={{ width: 200 }} />
        <col style={{ width: 90 }} />
        <col style={{ width: 140 }} />
        <col style={{ width: 96 }} />
        <col style={{ width: 284 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('columns.file')}</th>
          <th scope="col">{t('columns.stage')}</th>
          <th scope="col" className={classes['right']}>
            {t('columns.size')}
          </th>
          <th scope="col">{t('columns.received')}</th>
          <th scope="col">{t('columns.number')}</th>
          <th scope="col" className={classes['right']}>
            {t('columns.do')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((item) => (
          <Line key={item.fileId} item={item} onJoin={() => onJoin(item)} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ item, onJoin }: { readonly item: TrayItem; readonly onJoin: () => void }) {
  const { t } = useTranslation(['intake', 'common']);
  const problemOf = useFileProblem();
  const registers = useMay('document.register');
  const bare = item.fileName.replace(/\.[A-Za-z0-9]{1,5}$/u, '').replaceAll('_', ' ');
  const joinWords = item.guess === null ? t('join.open') : t('join.open-guess', { number: item.guess.number });
  const under = [item.subject === bare ? '' : item.subject, item.mine ? '' : t('not-mine')].filter((one) => one !== '');
  return (
    <tr {...(item.stage === 'failed' ? { 'data-bad': true } : {})}>
      <td>
        <div className={classes['name']} title={item.fileName}>
          {item.fileName}
          {under.length > 0 ? <span className={classes['under']}>{under.join(' · ')}</span> : null}
        </div>
      </td>
      <td>
        {item.state === 'declared' ? (
          <span className={classes['state']} data-state="received">
            {t('common:state.declared')}
          </span>
        ) : item.state === 'frozen' ? (
          <span className={classes['state']} data-state="failed">
            {t('common:state.frozen')}
          </span>
        ) : (
          <FileStage stage={item.stage} pages={item.pages} pagesRead={item.pagesRead} />
        )}
        {item.problem === null ? null : (
          <div className={`sm ${item.stage === 'failed' ? (classes['bad'] ?? '') : 'mut'}`}>
            {problemOf(item.problem)}
          </div>
        )}
        {item.stage === 'recognising' && item.pages !== null && item.pages > 0 ? (
          <div
            className={classes['bar']}
            role="progressbar"
            aria-valuemin={0}
            aria-valuemax={item.pages}
            aria-valuenow={item.pagesRead}
            aria-label={t('progress', { read: item.pagesRead, pages: item.pages })}
          >
            <i style={{ width: `${String(Math.round((item.pagesRead / item.pages) * 100))}%` }} />
          </div>
        ) : null}
      </td>
      <td className={`${classes['right'] ?? ''} mut`}>{formatSize(item.size)}</td>
      <td className={`mut ${classes['nowrap'] ?? ''}`}>{formatMoment(item.receivedAt)}</td>
      <td>
        {item.arrivalNumber === null ? (
          <span className="mut">{item.state === 'declared' ? t('own-number') : t('no-number')}</span>
        ) : (
          <span className={classes['number']}>{item.arrivalNumber}</span>
        )}
      </td>
      <td>
        <div className={classes['actions']}>
          {item.state === 'draft' && (item.stage === 'failed' || item.stage === 'kept-unread') ? (
            <ReadAgain item={item} />
          ) : null}
          {item.state === 'draft' && registers ? (
            <Button variant="default" size="xs" aria-label={`${joinWords}: ${item.fileName}`} onClick={onJoin}>
              {joinWords}
            </Button>
          ) : null}
          {item.state === 'draft' && registers ? (
            <Button
              component={Link}
              to={addressOf.registration(item.recordId)}
              variant={item.stage === 'ready' ? 'outline' : 'default'}
              size="xs"
              aria-label={t('register-file', { name: item.fileName })}
            >
              {t('register')}
            </Button>
          ) : item.state === 'declared' ? (
            <Button
              component={Link}
              to={addressOf.record(item.recordId)}
              variant="default"
              size="xs"
              aria-label={t('open-file', { name: item.fileName })}
            >
              {t('open')}
            </Button>
          ) : null}
        </div>
      </td>
    </tr>
  );
}

function ReadAgain({ item }: { readonly item: TrayItem }) {
  const { t } = useTranslation('intake');
  const client = useQueryClient();
  const sentence = useProblemSentence();
  const read = useMutation({
    mutationFn: () => ask(intakeLines.readAgain, { params: { fileId: item.fileId } }),
    onSuccess: async () => {
      notice(t('reading-again', { name: item.fileName }));
      await client.invalidateQueries({ queryKey: ['tray'] });
    },
    onError: (cause) => notice(sentence(cause), 'lacquer'),
  });
  return (
    <Button
      variant="default"
      size="xs"
      loading={read.isPending}
      aria-label={t('read-again-file', { name: item.fileName })}
      onClick={() => read.mutate()}
    >
      {t('read-again')}
    </Button>
  );
}
