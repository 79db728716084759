import { useState } from 'react';
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDownload,
  IconFileSpreadsheet,
  IconFolderPlus,
  IconHeading,
  IconHistory,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { notice } from '../../parts/notice.ts';
import { useProblemSentence } from '../../parts/problem-note.tsx';
import { addressOf } from '../addresses.ts';
import { AddDossier } from './dossier-forms.tsx';
import { AddHeading, HeadingHistory, RemoveHeading, RenameHeading } from './heading-forms.tsx';
import type { Plan } from './plan-pane.tsx';
import { takeOutPlan } from './plan-table.ts';

/** What may be added to the plan by whoever looks, and how it is loaded and taken out. */
export function PlanActs({ plan, onMade }: { readonly plan: Plan; readonly onMade: (id: string) => void }) {
  const { t } = useTranslation('dossiers');
  const navigate = useNavigate();
  const sentence = useProblemSentence();
  const [act, setAct] = useState<'add' | 'heading' | 'rename' | 'remove' | 'history' | null>(null);
  const takeOut = useMutation({
    mutationFn: (form: 'xlsx' | 'csv') => takeOutPlan(plan.year, form),
    onError: (problem) => notice(sentence(problem), 'lacquer'),
  });
  const close = (): void => setAct(null);
  if (!plan.may.open && !plan.may.plan) return null;
  const icon = { size: 16, stroke: 1.8, 'aria-hidden': true } as const;
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="default" size={28} aria-label={t('plan.acts')}>
            <IconPlus size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={t('plan.acts')}>
          {plan.may.open ? (
            <Menu.Item leftSection={<IconFolderPlus {...icon} />} onClick={() => setAct('add')}>
              {t('act.add')}
            </Menu.Item>
          ) : null}
          {plan.may.plan ? (
            <>
              <Menu.Item leftSection={<IconHeading {...icon} />} onClick={() => setAct('heading')}>
                {t('act.heading')}
              </Menu.Item>
              {plan.headings.length === 0 ? null : (
                <>
                  <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => setAct('rename')}>
                    {t('act.rename-heading')}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => setAct('remove')}>
                    {t('act.remove-heading')}
                  </Menu.Item>
                </>
              )}
              <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => setAct('history')}>
                {t('act.heading-history')}
              </Menu.Item>
              <Menu.Divider role="separator" />
              <Menu.Item
                leftSection={<IconFileSpreadsheet {...icon} />}
                onClick={() => void navigate(addressOf.planLoad)}
              >
                {t('act.load')}
              </Menu.Item>
              <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => takeOut.mutate('xlsx')}>
                {t('act.take-out', { form: 'XLSX' })}
              </Menu.Item>
              <Menu.Item leftSection={<IconDownload {...icon} />} onClick={() => takeOut.mutate('csv')}>
                {t('act.take-out', { form: 'CSV' })}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <AddDossier opened={act === 'add'} plan={plan} onMade={onMade} onClose={close} />
      <AddHeading opened={act === 'heading'} plan={plan} onClose={close} />
      <RenameHeading opened={act === 'rename'} plan={plan} onClose={close} />
      <RemoveHeading opened={act === 'remove'} plan={plan} onClose={close} />
      <HeadingHistory opened={act === 'history'} plan={plan} onClose={close} />
    </>
  );
}
