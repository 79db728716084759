import { useState } from 'react';
import { Button, Menu, Tabs } from '@mantine/core';
import { IconChevronDown, IconFileTypePdf, IconFileTypeXls, IconFolderOpen, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dossierLines, type DossierView } from '../../../contract/dossiers.ts';
import { urlOf } from '../../api.ts';
import { formatDay, formatMomentDay } from '../../parts/format.ts';
import { LevelBadge } from '../../parts/level-badge.tsx';
import { useKeys } from '../../shell/keys.ts';
import { AddItems } from './add-items.tsx';
import { CloseDossier } from './close-dossier.tsx';
import { sections, type Section } from './dossier-address.ts';
import { DossierFields } from './dossier-fields.tsx';
import { CorrectDossier, OpenDossier, ReopenDossier } from './dossier-forms.tsx';
import { DossierHistory } from './dossier-history.tsx';
import { standingOf } from './dossier-rules.ts';
import { useCheckWords, useStatus } from './dossier-words.ts';
import { ItemTable } from './item-table.tsx';
import css from './dossier-panel.module.css';

type Act = 'open' | 'fill' | 'close' | 'reopen' | 'correct';

/** One dossier: what it is, how long it is kept, what may be done with it, and what stands in it. */
export function DossierPanel({
  dossier,
  section,
  onSection,
}: {
  readonly dossier: DossierView;
  readonly section: Section;
  readonly onSection: (section: Section) => void;
}) {
  const { t } = useTranslation('dossiers');
  const [act, setAct] = useState<Act | null>(null);
  const close = (): void => setAct(null);
  const { may } = dossier;
  const status = useStatus(dossier);
  useKeys(may.fill ? [{ keys: 't', label: t('act.fill'), run: () => setAct('fill') }] : []);
  return (
    <>
      <header className={css['head']}>
        <div className={css['line']}>
          <span className={css['code']}>{dossier.notation}</span>
          <span className={css['who']}>
            {[
              dossier.openedAt === null
                ? t(`state.${dossier.state}`)
                : t('head.opened', {
                    // The day the matter began; that of the archive's own book stands under Thông tin.
                    day: dossier.startDate === null ? formatMomentDay(dossier.openedAt) : formatDay(dossier.startDate),
                  }),
              dossier.owner === null ? t('head.no-owner') : t('head.owner', { name: dossier.owner.fullName }),
              dossier.unit?.name ?? t('head.no-unit'),
            ].join(' · ')}
          </span>
          <LevelBadge rank={dossier.rank} />
        </div>
        <h1 className={css['title']}>{dossier.title}</h1>
        <p className={css['status']} data-tone={status.tone}>
          <b>{status.kept}</b> {status.rest}
        </p>
        <div className={css['acts']}>
          {may.open ? (
            <Button leftSection={<IconFolderOpen size={16} aria-hidden="true" />} onClick={() => setAct('open')}>
              {t('act.open')}
            </Button>
          ) : null}
          {may.fill ? (
            <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAct('fill')}>
              {t('act.fill')}
            </Button>
          ) : null}
          <ListMenu dossier={dossier} />
          {dossier.state === 'open' && (may.close || may.fill) ? (
            <CloseButton dossier={dossier} onClose={() => setAct('close')} />
          ) : null}
          {may.reopen ? (
            <Button variant="default" onClick={() => setAct('reopen')}>
              {t('act.reopen')}
            </Button>
          ) : null}
        </div>
      </header>
      <Tabs
        value={section}
        keepMounted={false}
        onChange={(chosen) => {
          const found = (Object.keys(sections) as Section[]).find((one) => one === chosen);
          if (found) onSection(found);
        }}
      >
        <Tabs.List aria-label={t('sections.label')}>
          <Tabs.Tab value="documents">{t('sections.documents', { count: dossier.records })}</Tabs.Tab>
          <Tabs.Tab value="fields">{t('sections.fields')}</Tabs.Tab>
          <Tabs.Tab value="history">{t('sections.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="documents">
          <ItemTable dossier={dossier} onFill={() => setAct('fill')} />
        </Tabs.Panel>
        <Tabs.Panel value="fields" className={css['pad'] ?? ''}>
          <DossierFields dossier={dossier} onCorrect={() => setAct('correct')} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={css['pad'] ?? ''}>
          <DossierHistory dossier={dossier} />
        </Tabs.Panel>
      </Tabs>
      <OpenDossier opened={act === 'open'} dossier={dossier} onClose={close} />
      <AddItems opened={act === 'fill'} dossier={dossier} onClose={close} />
      <CloseDossier opened={act === 'close'} dossier={dossier} onClose={close} />
      <ReopenDossier opened={act === 'reopen'} dossier={dossier} onClose={close} />
      <CorrectDossier opened={act === 'correct'} dossier={dossier} onClose={close} />
    </>
  );
}

/** The list as the form of Phụ lục V has it, to print or to go on with. */
function ListMenu({ dossier }: { readonly dossier: DossierView }) {
  const { t } = useTranslation('dossiers');
  // Nothing stands in it: there is no list, and the table says so.
  if (dossier.records === 0) return null;
  const icons = { pdf: IconFileTypePdf, xlsx: IconFileTypeXls } as const;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={15} aria-hidden="true" />}>
          {t('list.word')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('list.word')}>
        {(['pdf', 'xlsx'] as const).map((form) => {
          const Icon = icons[form];
          return (
            <Menu.Item
              key={form}
              component="a"
              // A refusal then fails as a download; it does not put its bare text in the place of this page.
              download
              href={urlOf(dossierLines.list, { params: { id: dossier.id }, query: { form } })}
              leftSection={<Icon size={16} stroke={1.8} aria-hidden="true" />}
            >
              {t(`list.${form}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What is missing stands beside the button that waits for it. */
function CloseButton({ dossier, onClose }: { readonly dossier: DossierView; readonly onClose: () => void }) {
  const { t } = useTranslation('dossiers');
  const words = useCheckWords();
  const { stops, hints } = standingOf(dossier.checks);
  const stopped = !dossier.may.close || stops.length > 0;
  const why = !dossier.may.close
    ? t('close.not-yours')
    : stops.length > 0
      ? t('close.missing', { what: stops.map(words.wrong).join('; ') })
      : hints.length > 0
        ? t('close.look', { what: hints.map(words.wrong).join('; ') })
        : '';
  return (
    <>
      <Button variant="default" disabled={stopped} aria-describedby="close-why" onClick={onClose}>
        {t('act.close')}
      </Button>
      <p id="close-why" className={css['why']}>
        {why}
      </p>
    </>
  );
}
