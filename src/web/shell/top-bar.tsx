import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { LevelBadge } from '../parts/level-badge.tsx';
import { addressOf } from '../rooms/addresses.ts';
import { useMay, useMe } from '../session.tsx';
import { useKeys } from './keys.ts';
import classes from './shell.module.css';

export function TopBar() {
  const { t } = useTranslation();
  const me = useMe();
  const reads = useMay('document.search');
  return (
    <header className={classes['top']} aria-label={t('page-head')}>
      {reads ? <Find /> : null}
      <div className={classes['agency']}>
        {reads ? <LevelBadge rank={me.clearance} prefix={(level) => t('clearance', { level })} /> : null}
        <span>{me.agency.name}</span>
      </div>
    </header>
  );
}

function Find() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [asked] = useSearchParams();
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const inSearch = pathname === '/tra-cuu';
  const known = inSearch ? (asked.get('q') ?? '') : '';
  useEffect(() => {
    setWords(known);
  }, [known]);
  useKeys([
    {
      keys: '/',
      label: t('keys.search'),
      run: () => {
        // The search room has a box of its own; there the key leads to it.
        const own = document.querySelector<HTMLInputElement>('[data-search-box]');
        (own ?? field.current)?.focus();
        (own ?? field.current)?.select();
      },
    },
  ]);
  if (inSearch) return <div className={classes['find']} />;
  return (
    <form
      role="search"
      className={classes['find']}
      onSubmit={(event) => {
        event.preventDefault();
        void navigate(addressOf.search(words));
      }}
    >
      <TextInput
        ref={field}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        placeholder={t('find')}
        aria-label={t('find-label')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={<kbd>/</kbd>}
        size="sm"
      />
    </form>
  );
}
