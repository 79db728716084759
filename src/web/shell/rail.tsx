import { useState } from 'react';
import { Button, Popover, SegmentedControl, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useNavigate } from 'react-router';
import { identityLines } from '../../contract/identity.ts';
import { ask } from '../api.ts';
import { languageNow } from '../parts/format.ts';
import { PersonMark } from '../parts/person-mark.tsx';
import { useProblemSentence } from '../parts/problem-note.tsx';
import { post } from '../../contract/people.ts';
import { addressOf } from '../rooms/addresses.ts';
import { rooms, type Room } from '../rooms/index.tsx';
import { farewell, meKey, useMe } from '../session.tsx';
import { chooseLanguage } from '../words/index.ts';
import { UploadsOnRail } from './uploads-on-rail.tsx';
import classes from './shell.module.css';

/** The dark rail: the rooms this person may enter, what is being uploaded, and the person. */
export function Rail({ room }: { readonly room: Room | undefined }) {
  const { t } = useTranslation();
  const me = useMe();
  const open = rooms.filter(
    ({ icon, permission }) => icon && (permission === null || me.permissions.includes(permission)),
  );
  // A room without a place of its own on the rail stands under the address of one that has it, or says where it belongs.
  const here =
    room?.within ?? open.find(({ path }) => path === room?.path || (path !== '/' && room?.path.startsWith(path)))?.name;
  return (
    <nav className={classes['rail']} aria-label={t('rail')}>
      <NavLink to="/" className={classes['brand'] ?? ''}>
        <span className={classes['seal']} aria-hidden="true">
          VK
        </span>
        <span className={classes['wide']}>{t('house')}</span>
      </NavLink>
      {open.map(({ name, path, icon: Icon }) =>
        Icon ? (
          <Link
            key={name}
            to={path}
            className={classes['link'] ?? ''}
            title={t(`rooms.${name}`)}
            aria-current={name === here ? 'page' : undefined}
          >
            <Icon size={18} stroke={2} aria-hidden="true" />
            <span className={classes['wide']}>{t(`rooms.${name}`)}</span>
          </Link>
        ) : null,
      )}
      <div className={classes['space']} />
      <UploadsOnRail />
      <PersonMenu />
    </nav>
  );
}

function PersonMenu() {
  const { t } = useTranslation(['common', 'people']);
  const me = useMe();
  const [opened, setOpened] = useState(false);
  const held = post.safeParse(me.post);
  const sentence = useProblemSentence();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useMutation({
    mutationFn: () => ask(identityLines.signOut),
    onSuccess: () => {
      farewell();
      // In one breath: the first room must not ask for anything that is no longer this person's.
      void navigate('/');
      client.setQueryData(meKey, null);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== meKey[0] });
    },
  });
  return (
    <Popover opened={opened} onChange={setOpened} position="right-end" width={260} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={`${classes['link'] ?? ''} ${classes['person'] ?? ''}`}
          onClick={() => setOpened((was) => !was)}
        >
          <PersonMark fullName={me.fullName} />
          <span className={`${classes['wide'] ?? ''} ${classes['personName'] ?? ''}`}>
            <span>{me.fullName}</span>
            <span>{me.unit?.name ?? me.agency.name}</span>
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes['personMenu'] ?? ''} aria-label={me.fullName}>
        <div>
          <b>{me.fullName}</b>
          <div className="sm mut">
            {[
              held.success ? t(`people:post.${held.data}`) : null,
              me.unit?.name,
              me.roles.map((role) => t(`role.${role}`)).join(', '),
            ]
              .filter((part) => part !== null && part !== undefined && part !== '')
              .join(' · ')}
          </div>
        </div>
        <div>
          <div className="tiny">{t('language')}</div>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('language')}
            value={languageNow()}
            onChange={(value) => void chooseLanguage(value)}
            data={[
              { value: 'vi', label: t('vietnamese') },
              { value: 'en', label: t('english') },
            ]}
          />
        </div>
        <div>
          <div className="tiny">{t('theme.title')}</div>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('theme.title')}
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
          />
        </div>
        <Button
          component={Link}
          to={addressOf.account}
          variant="default"
          fullWidth
          leftSection={<IconUserCog size={16} aria-hidden="true" />}
          onClick={() => setOpened(false)}
        >
          {t('people:account.open')}
        </Button>
        {signOut.isError ? <p className="sm">{sentence(signOut.error)}</p> : null}
        <Button
          variant="default"
          fullWidth
          leftSection={<IconLogout size={16} aria-hidden="true" />}
          loading={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {signOut.isPending ? t('signing-out') : t('sign-out')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
