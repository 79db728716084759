import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intakeLines } from '../../../contract/intake.ts';
import { ask } from '../../api.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import classes from './intake.module.css';

/**
 * A networked machine may not keep state secrets (Luật Bảo vệ bí mật nhà nước 2018, Điều 5): one button, no form, and
 * what to do next. `recordId` is the draft that bears the mark, `null` when it is still on paper or on the desk.
 */
export function SecretButton({
  recordId,
  small = false,
  onWithheld,
}: {
  readonly recordId: string | null;
  /** Among the tools over a page. */
  readonly small?: boolean;
  readonly onWithheld?: () => void;
}) {
  const { t } = useTranslation(['intake', 'common']);
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const report = useMutation({
    mutationFn: () => ask(intakeLines.reportSecret, { body: { recordId } }),
    onSuccess: async () => client.invalidateQueries({ queryKey: ['tray'] }),
  });
  const close = (): void => {
    setOpened(false);
    if (report.data?.withheld) onWithheld?.();
    report.reset();
  };
  return (
    <>
      <Button
        {...(small ? { variant: 'subtle', color: 'gray', size: 'xs' } : { variant: 'default' })}
        leftSection={<IconShieldExclamation size={small ? 14 : 16} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {t('secret-button')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size={620}
        title={t('secret.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {report.data ? (
          <div role="status">
            <p>
              <b>{report.data.withheld ? t('secret.done-withheld') : t('secret.done')}</b>
            </p>
            <ol className={classes['guidance']}>
              {report.data.guidance.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <Button mt={20} onClick={close} data-autofocus>
              {t('secret.understood')}
            </Button>
          </div>
        ) : (
          <>
            <p>{t('secret.why')}</p>
            <p style={{ marginTop: 10 }}>{recordId === null ? t('secret.what-desk') : t('secret.what-draft')}</p>
            {report.isError ? (
              <div style={{ marginTop: 14 }}>
                <ProblemNote problem={report.error} />
              </div>
            ) : null}
            <div style={{ display: 'flex', gap: 8, marginTop: 20 }}>
              <Button loading={report.isPending} onClick={() => report.mutate()} data-autofocus>
                {t('secret.go')}
              </Button>
              <Button variant="default" onClick={close}>
                {t('common:cancel')}
              </Button>
            </div>
          </>
        )}
      </Modal>
    </>
  );
}
