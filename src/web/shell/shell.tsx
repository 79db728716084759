import { Button, UnstyledButton } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { IconLock, IconMapPinOff } from '@tabler/icons-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, matchPath, Route, Routes, useLocation, useNavigate } from 'react-router';
import { EmptyState } from '../parts/empty-state.tsx';
import { LoadingState } from '../parts/loading-state.tsx';
import { rooms, type Room } from '../rooms/index.tsx';
import { useMay, useMe } from '../session.tsx';
import { CrashNote } from './crash-note.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { KeyList } from './key-list.tsx';
import { listenForKeys, useKeys } from './keys.ts';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import classes from './shell.module.css';

/** The house around a room: rail, head, foot, keys, notices and the open window for files. */
export function Shell() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [keysOpen, setKeysOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const room = rooms.find(({ path }) => matchPath(path, pathname));
  const may = (one: Room): boolean => one.permission === null || me.permissions.includes(one.permission);

  useEffect(() => listenForKeys(), []);
  useEffect(() => {
    const place = room ? t(`rooms.${room.name}`) : t('rooms.not-found');
    document.title = `${place} · ${t('house')}`;
  }, [room, t, i18n.language]);
  useKeys([
    ...rooms
      .filter((one) => one.letter !== undefined && may(one))
      .map((one) => ({
        keys: `g ${one.letter ?? ''}`,
        label: t('keys.go', { room: t(`rooms.${one.name}`) }),
        run: () => void navigate(one.path),
      })),
    { keys: '?', label: t('keys.help'), run: () => setKeysOpen(true) },
    {
      keys: 'Escape',
      label: t('keys.back'),
      whileTyping: true,
      run: () => {
        const focused = document.activeElement;
        if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) focused.blur();
        else if ((window.history.state as { idx?: number } | null)?.idx) void navigate(-1);
        else if (pathname !== '/') void navigate('/');
      },
    },
  ]);

  return (
    <>
      <div className={classes['app']} {...(room?.narrowRail ? { 'data-narrow': true } : {})}>
        <a
          className={classes['skip']}
          href="#room"
          onClick={(event) => {
            event.preventDefault();
            main.current?.focus();
          }}
        >
          {t('skip')}
        </a>
        <Rail room={room} />
        <TopBar />
        <main id="room" ref={main} tabIndex={-1} className={classes['room']}>
          <CrashNote place={pathname}>
            <Suspense fallback={<LoadingState />}>
              <Routes>
                {rooms.map((one) => (
                  <Route key={one.name} path={one.path} element={may(one) ? <one.Element /> : <NoDoor />} />
                ))}
                <Route path="*" element={<NotFound />} />
              </Routes>
            </Suspense>
          </CrashNote>
        </main>
        <footer className={classes['foot']} aria-label={t('page-foot')}>
          <SafePromise />
          <UnstyledButton className={classes['footKeys']} onClick={() => setKeysOpen(true)}>
            <kbd>?</kbd> {t('keys.open')}
          </UnstyledButton>
        </footer>
        <KeyList opened={keysOpen} onClose={() => setKeysOpen(false)} />
      </div>
      <section aria-label={t('notices')}>
        <Notifications position="bottom-right" withinPortal={false} />
      </section>
      <DropAnywhere />
    </>
  );
}

/** Said to those who hand documents over. It is what 201 means: bytes synced, row committed. */
function SafePromise() {
  const { t } = useTranslation();
  return useMay('document.upload') ? (
    <span>
      <span className={classes['dot']} aria-hidden="true" />
      {t('safe')}
    </span>
  ) : null;
}

function NoDoor() {
  const { t } = useTranslation();
  return (
    <EmptyState heading icon={<IconLock size={28} stroke={1.5} />} what={t('no-door.what')} why={t('no-door.why')} />
  );
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      heading
      icon={<IconMapPinOff size={28} stroke={1.5} />}
      what={t('not-found.what')}
      why={t('not-found.why')}
    >
      <Button component={Link} to="/" variant="default">
        {t('not-found.back')}
      </Button>
    </EmptyState>
  );
}
