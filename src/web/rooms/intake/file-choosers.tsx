import { Button, Tooltip } from '@mantine/core';
import { IconFiles, IconFolder } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../../shell/keys.ts';
import { chosenFiles } from '../../uploads/dropped-files.ts';
import { addUploads } from '../../uploads/upload-queue.ts';

/** The two buttons for people who do not drag: files, or a folder with all that lies in it. */
export function FileChoosers() {
  const { t } = useTranslation('intake');
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useKeys([{ keys: 'u', label: t('choose-files-key'), run: () => files.current?.click() }]);
  const take = (input: HTMLInputElement): void => {
    if (input.files) addUploads(chosenFiles(input.files));
    // The same file may be chosen again after it was put right.
    input.value = '';
  };
  return (
    <>
      <Tooltip label={<kbd>u</kbd>}>
        <Button
          variant="default"
          leftSection={<IconFiles size={16} aria-hidden="true" />}
          onClick={() => files.current?.click()}
        >
          {t('choose-files')}
        </Button>
      </Tooltip>
      <Button
        variant="default"
        leftSection={<IconFolder size={16} aria-hidden="true" />}
        onClick={() => folder.current?.click()}
      >
        {t('choose-folder')}
      </Button>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-chooser="files"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={(input) => {
          folder.current = input;
          if (input) input.webkitdirectory = true;
        }}
        type="file"
        multiple
        hidden
        aria-hidden="true"
        tabIndex={-1}
        data-chooser="folder"
        onChange={(event) => take(event.currentTarget)}
      />
    </>
  );
}
