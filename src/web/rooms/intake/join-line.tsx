import { Button } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../contract/registry.ts';
import { useKeys } from '../../shell/keys.ts';
import { JoinDialog, type Joining } from './join-dialog.tsx';
import css from './number-field.module.css';
import classes from './registration.module.css';

/** Before a number is given: perhaps this is the scan of something that has its number already. */
export function JoinLine({
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
      {joining.guess === null ? (
        <p className="sm mut">
          {t('join.line')}{' '}
          <button type="button" className={classes['linkButton']} onClick={() => setOpened(true)}>
            {t('join.open')}
          </button>{' '}
          <kbd>Alt G</kbd>
        </p>
      ) : (
        <div className={css['taken']} data-row>
          <p className="sm">{t('join.line-guess', { number: joining.guess.number })}</p>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconLink size={14} aria-hidden="true" />}
            onClick={() => setOpened(true)}
          >
            {t('join.open-guess', { number: joining.guess.number })}
          </Button>
        </div>
      )}
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
