import { useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { correspondentsAddress } from '../addresses.ts';
import { AddCorrespondent } from './correspondent-forms.tsx';
import { CorrespondentList } from './correspondent-list.tsx';
import { LoadCorrespondents } from './load-correspondents.tsx';
import css from '../../parts/list-room.module.css';

/** Who sends to this office and receives from it: one body, many names and spellings over time. */
export function CorrespondentsRoom() {
  const { pathname } = useLocation();
  const { t } = useTranslation('correspondents');
  const [adding, setAdding] = useState(false);
  if (pathname === correspondentsAddress.load) return <LoadCorrespondents head={<Head loading />} />;
  return (
    <>
      <CorrespondentList
        head={
          <Head
            act={
              <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setAdding(true)}>
                {t('add.title')}
              </Button>
            }
          />
        }
      />
      <AddCorrespondent opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}

function Head({ loading = false, act }: { readonly loading?: boolean; readonly act?: ReactNode }) {
  const { t } = useTranslation('correspondents');
  return (
    <div className={css['head']}>
      <div className={css['top']}>
        <div>
          <h1>{t('title')}</h1>
          <p className={css['sentence']}>{loading ? '' : t('sentence')}</p>
        </div>
        {act}
      </div>
      <nav className={css['parts']} aria-label={t('parts.label')}>
        <Link to={correspondentsAddress.list} aria-current={loading ? undefined : 'page'}>
          {t('parts.list')}
        </Link>
        <Link to={correspondentsAddress.load} aria-current={loading ? 'page' : undefined}>
          {t('parts.load')}
        </Link>
      </nav>
    </div>
  );
}
