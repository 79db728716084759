import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import css from './secret-once.module.css';

/** A secret that is shown this once: a field to copy from, a button that copies, and the warning. */
export function SecretOnce({
  value,
  words,
}: {
  readonly value: string;
  readonly words: {
    readonly label: string;
    readonly copy: string;
    readonly copied: string;
    readonly once: string;
    readonly byHand: string;
  };
}) {
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <>
      <div className={css['secret']}>
        <input
          className={css['secretText']}
          readOnly
          value={value}
          aria-label={words.label}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          leftSection={
            copied === true ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />
          }
          onClick={() => {
            void copy(value).then(setCopied);
          }}
        >
          {copied === true ? words.copied : words.copy}
        </Button>
      </div>
      <p className={css['once']} role="status">
        <IconAlertTriangle size={16} aria-hidden="true" />
        {copied === false ? words.byHand : words.once}
      </p>
    </>
  );
}

/** Without https there is no clipboard for pages; the field is there to be copied by hand. */
async function copy(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    return false;
  }
}
