import { Button } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenFiles } from '../../uploads/dropped-files.ts';
import { addUploads } from '../../uploads/upload-queue.ts';

/** Puts further files with a draft: the annexes that came in the same envelope. */
export function AttachButton({ recordId }: { readonly recordId: string }) {
  const { t } = useTranslation('intake');
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<IconPaperclip size={14} aria-hidden="true" />}
        onClick={() => chooser.current?.click()}
      >
        {t('attach')}
      </Button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-chooser="attachment"
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files) addUploads(chosenFiles(files), { recordId, as: 'attachment' });
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
