import { useState } from 'react';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './record-room.module.css';

/** A long figure that nobody types: shown short or whole, copied with one press. */
export function CopyValue({
  value,
  shown,
  label,
}: {
  readonly value: string;
  readonly shown: string;
  readonly label: string;
}) {
  const { t } = useTranslation('record');
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className={css['copy']}
      title={value}
      onBlur={() => setCopied(false)}
      onClick={() => {
        void copy(value).then(setCopied);
      }}
    >
      <code>{shown}</code>
      <span className="unseen">{label}</span>
      {copied ? <IconCheck size={13} aria-hidden="true" /> : <IconCopy size={13} aria-hidden="true" />}
      <span className="unseen" role="status">
        {copied ? t('copied') : ''}
      </span>
    </button>
  );
}

/** The clipboard is there over https and on this machine only; an office without TLS selects and copies by hand. */
async function copy(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return false;
  }
}
