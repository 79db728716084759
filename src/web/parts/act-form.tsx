import { useState, type ReactNode } from 'react';
import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api.ts';
import { ProblemNote } from './problem-note.tsx';
import css from './act-form.module.css';

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
  readonly size?: 'md' | 'lg' | 'xl' | number;
  /** A slip of the mouse beside the window must not lose what stands in it. */
  readonly keep?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
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

export interface ActFormProps<Answer> {
  readonly act: (reason: string) => Promise<Answer>;
  readonly doWord: string;
  readonly ready?: boolean;
  /** none: this act asks for no reason. */
  readonly reason?: 'needed' | 'optional' | 'none';
  /** What the reason is for, under its label. */
  readonly reasonWhy?: string;
  /** Sentences for what the house says of the fields of this room. */
  readonly wrong?: Readonly<Record<string, string>>;
  /** The name of what the house speaks of where the form has no field for it; it is said beside the buttons. */
  readonly named?: (path: string) => string | undefined;
  /** Said when somebody else was quicker. */
  readonly conflict?: string;
  readonly onDone: (answer: Answer) => void;
  /** What the room shows may be old by then. */
  readonly onRefused?: (problem: unknown) => void;
  readonly onClose: () => void;
  readonly children?: ReactNode | ((state: FormState) => ReactNode);
}

/** Fields, the reason of the change, and what the house answers. A refusal leaves everything as it was typed. */
export function ActForm<Answer>({
  act,
  doWord,
  ready = true,
  reason: asked = 'needed',
  reasonWhy,
  wrong = {},
  named = () => undefined,
  conflict,
  onDone,
  onRefused,
  onClose,
  children,
}: ActFormProps<Answer>) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const work = useMutation({ mutationFn: act, onSuccess: onDone, ...(onRefused ? { onError: onRefused } : {}) });
  const fields = work.error instanceof ApiProblem ? work.error.fields : [];
  const sentence = (problem: string): string => {
    const own = wrong[problem];
    if (own !== undefined) return own;
    if (problem === 'too_small' || problem === 'needed') return t('field-problem.needed');
    return problem === 'too_big' ? t('field-problem.too-long') : t('field-problem.other');
  };
  const problemOf = (path: string): string | undefined => {
    const found = fields.find((field) => field.path === path);
    return found === undefined ? undefined : sentence(found.problem);
  };
  const beside = fields.flatMap(({ path, problem }) => {
    const name = named(path);
    return name === undefined ? [] : [name === '' ? sentence(problem) : `${name}: ${sentence(problem)}`];
  });
  const noReason = asked === 'needed' && reason.trim() === '';
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
      {asked === 'none' ? null : (
        <Textarea
          label={t('reason.label')}
          description={reasonWhy}
          rows={2}
          maxLength={500}
          required={asked === 'needed'}
          value={reason}
          error={tried && noReason ? t('reason.needed') : problemOf('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className={css['end']}>
        {work.isError && (
          <>
            <ProblemNote problem={work.error} conflict={conflict} />
            {beside.length > 0 && (
              <ul className={css['beside']}>
                {beside.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            )}
          </>
        )}
        <div className={css['buttons']}>
          <Button variant="default" onClick={onClose}>
            {t('go-back')}
          </Button>
          <Button type="submit" loading={work.isPending}>
            {doWord}
          </Button>
        </div>
      </div>
    </form>
  );
}
