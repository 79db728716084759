import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RecordView } from '../../../contract/registry.ts';
import { formatDay, formatMoment, formatMomentDay, formatReference } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { usePaperPlace } from '../../parts/paper-place.ts';
import type { Adding } from './add-file.tsx';
import { FileRows } from './file-rows.tsx';
import { TakeFile } from './take-file.tsx';
import css from './record-room.module.css';

/** What is known of the document, in the order in which an office asks. */
export function FactsPanel({
  record,
  shown,
  onShow,
  onAdd,
}: {
  readonly record: RecordView;
  readonly shown: string | null;
  readonly onShow: (fileId: string) => void;
  readonly onAdd: (as: Adding) => void;
}) {
  const { t } = useTranslation(['record', 'common']);
  const { fields } = record;
  const place = usePaperPlace()(fields);
  const reference = formatReference(fields.codeNumber, fields.codeNotation);
  const main = record.files.find((file) => file.id === shown) ?? record.files[0];
  const signer = [fields.signerName, fields.signerPosition].filter((part) => part !== null && part !== '').join(', ');
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('field.documentType'), fields.documentType],
    [t('field.issuer'), fields.issuer],
    [t('field.issuedDate'), formatDay(fields.issuedDate)],
    [t('fact.signer'), signer],
    [t('field.urgency'), fields.urgency === 'normal' ? '' : t(`urgency.${fields.urgency}`)],
    [t('field.arrivalDate'), formatDay(fields.arrivalDate)],
    [t(fields.direction === 'incoming' ? 'field.dueDate' : 'field.replyBy'), formatDay(fields.dueDate)],
    [t('fact.leadUnit'), record.leadUnit?.name],
    [t('fact.supportingUnits'), record.supportingUnits.map((unit) => unit.name).join('; ')],
    [t('field.recipients'), fields.recipients.join('; ')],
    [
      t('field.dossierNotation'),
      [fields.dossierNotation, fields.dossierYear].filter((part) => part !== null && part !== '').join(' · '),
    ],
    [
      t('fact.paper'),
      [fields.paperKind === null ? '' : t(`common:paper.kind.${fields.paperKind}`), place]
        .filter((part) => part !== '')
        .join(' · '),
    ],
    [t('fact.open'), record.openToAll && record.state === 'declared' ? t('fact.openToAll') : ''],
    [t('fact.received'), byWhom(formatMoment(record.receivedAt), record.receivedBy?.fullName)],
  ];
  return (
    <aside className={css['facts']} aria-label={t('fact.title')}>
      <div className={css['head']} data-long={reference === '' || reference.length > 13}>
        <span className={css['number']}>{reference === '' ? t('fact.noNumber') : reference}</span>
        {record.arrivalNumber !== null && (
          <span className={css['arrival']}>
            {t('fact.arrival', { number: record.arrivalNumber, year: record.register?.year ?? '' })}
          </span>
        )}
        <LevelBadge rank={record.rank} />
      </div>
      <h1 className={css['subject']}>{fields.subject}</h1>
      <p className={css['status']} data-state={record.state}>
        <StatusSentence record={record} />
      </p>
      {(record.may.download || record.may.correct || record.may.register) && (
        <div className={css['actions']}>
          {record.may.download && main !== undefined && !main.damaged && <TakeFile record={record} file={main} />}
          {record.may.correct || record.may.register ? (
            <Button
              component={Link}
              to={`/tiep-nhan/${record.id}`}
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden="true" />}
            >
              {t(record.state === 'draft' ? 'action.register' : 'action.correct')}
            </Button>
          ) : null}
        </div>
      )}
      <dl className={css['list']}>
        {facts
          .filter(([, value]) => value !== null && value !== undefined && value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <FileRows record={record} shown={shown} onShow={onShow} />
      {record.may.addFile ? (
        <div className={css['adds']}>
          <Button variant="default" size="xs" onClick={() => onAdd('version')}>
            {t(record.files.length === 0 ? 'action.addScan' : 'action.addVersion')}
          </Button>
          {record.files.length === 0 ? null : (
            <Button variant="default" size="xs" onClick={() => onAdd('attachment')}>
              {t('action.addAttachment')}
            </Button>
          )}
        </div>
      ) : null}
    </aside>
  );
}

const byWhom = (when: string, who: string | undefined): string => (who === undefined ? when : `${when}, ${who}`);

/** One sentence that says where the document stands. */
function StatusSentence({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation('record');
  if (record.state === 'frozen') return t('status.frozen');
  if (record.state === 'draft') return t('status.draft');
  const { register, registeredAt } = record;
  if (register === null || registeredAt === null) return t('status.registered');
  return t('status.in', {
    register: t(`register.${register.direction}`, { year: register.year }),
    day: formatMomentDay(registeredAt),
  });
}
