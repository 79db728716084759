import { useState, type ReactNode } from 'react';
import { Button, Modal, Textarea } from '@mantine/core';
import { IconHourglassEmpty } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useRefreshPeople } from './use-people.ts';
import css from './acts.module.css';

/** What the house says of a field of these forms. */
const fieldProblems = ['taken', 'unknown-unit', 'needs-leader-role', 'units-under-it'] as const;

/** The window of one change; what was typed in it is gone when it closes. */
export function ActWindow({
  opened,
  title,
  size = 'md',
  keep = false,
  onClose,
  children,
}: {
  readonly opened: boolean;
  readonly title: string;
  readonly size?: 'md' | 'lg';
  /** A slip of the mouse beside the window must not lose what is shown once. */
  readonly keep?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('people');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={!keep}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {opened ? children : null}
    </Modal>
  );
}

export interface FormState {
  /** The form was sent once: now what is missing is said. */
  readonly tried: boolean;
  /** What the house said of this field. */
  readonly problemOf: (path: string) => string | undefined;
}

/** Fields, the reason that every change needs, and what the house answers. */
export function ActForm<Answer>({
  act,
  doWord,
  ready = true,
  needsReason = true,
  onDone,
  onClose,
  children,
}: {
  readonly act: (reason: string) => Promise<Answer>;
  readonly doWord: string;
  readonly ready?: boolean;
  readonly needsReason?: boolean;
  readonly onDone: (answer: Answer) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode | ((state: FormState) => ReactNode);
}) {
  const { t } = useTranslation(['people', 'common']);
  const refresh = useRefreshPeople();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const work = useMutation({
    mutationFn: act,
    onSuccess: (answer) => {
      refresh();
      onDone(answer);
    },
  });
  const problemOf = (path: string): string | undefined => {
    const fields = work.error instanceof ApiProblem ? work.error.fields : [];
    const found = fields.find((field) => field.path === path);
    if (found === undefined) return undefined;
    const known = fieldProblems.find((one) => one === found.problem);
    if (known !== undefined) return t(`wrong.${known}`);
    if (found.problem === 'too_small') return t('common:field-problem.needed');
    return found.problem === 'too_big' ? t('common:field-problem.too-long') : t('common:field-problem.other');
  };
  const noReason = needsReason && reason.trim() === '';
  return (
    <form
      className={css['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (ready && !noReason && !work.isPending) work.mutate(reason.trim());
      }}
    >
      {typeof children === 'function' ? children({ tried, problemOf }) : children}
      <Textarea
        label={t('reason.label')}
        description={t('reason.why')}
        rows={2}
        maxLength={500}
        required={needsReason}
        value={reason}
        error={tried && noReason ? t('reason.needed') : problemOf('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {work.isError && <ProblemNote problem={work.error} />}
      <div className={css['buttons']}>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={work.isPending}>
          {doWord}
        </Button>
      </div>
    </form>
  );
}

/** Nothing has changed yet: said plainly, and read before the window closes. */
export function WaitsForSecond({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('people');
  return (
    <div className={css['form']}>
      <div className={css['waits']} role="status">
        <IconHourglassEmpty size={18} stroke={1.8} aria-hidden="true" />
        <div>
          <b>{t('waits.title')}</b>
          <p>{t('waits.what')}</p>
        </div>
      </div>
      <div className={css['buttons']}>
        <Button data-autofocus onClick={onClose}>
          {t('waits.done')}
        </Button>
      </div>
    </div>
  );
}
