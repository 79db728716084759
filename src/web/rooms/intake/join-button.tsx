import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../contract/registry.ts';
import { useKeys } from '../../shell/keys.ts';
import { JoinDialog, type Joining } from './join-dialog.tsx';

/** Among the tools over a page: this is the scan of something that has its number already. */
export function JoinButton({
  joining,
  onJoined,
}: {
  readonly joining: Joining;
  readonly onJoined: (record: RecordView) => void;
}) {
  const { t } = useTranslation('intake');
  const [opened, setOpened] = useState(false);
  useKeys([{ keys: 'alt+g', label: t('join.key'), whileTyping: true, run: () => setOpened(true) }]);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        leftSection={<IconLink size={14} aria-hidden="true" />}
        title="Alt G"
        onClick={() => setOpened(true)}
      >
        {t('join.open')}
      </Button>
      <JoinDialog
        joining={opened ? joining : null}
        onClose={() => setOpened(false)}
        onJoined={(record) => {
          setOpened(false);
          onJoined(record);
        }}
      />
    </>
  );
}
