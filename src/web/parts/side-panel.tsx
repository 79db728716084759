import { useEffect, useRef, type ReactNode } from 'react';
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../shell/keys.ts';
import css from './side-panel.module.css';

/** The place at the right of a room: a head that stays while the rest scrolls. */
export function SidePanel({
  label,
  head,
  onClose,
  children,
}: {
  readonly label: string;
  readonly head: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.scrollTo({ top: 0 });
  }, [label]);
  return (
    <aside ref={panel} className={css['long']} aria-label={label}>
      <div className={css['head']}>
        {head}
        <ActionIcon variant="subtle" color="gray" aria-label={t('close-panel')} onClick={onClose}>
          <IconX size={17} aria-hidden="true" />
        </ActionIcon>
      </div>
      {children}
    </aside>
  );
}

/** While something is open at the right, Escape closes that, wherever the focus stands; a field is left first. */
export function useEscape(open: boolean, close: () => void): void {
  const { t } = useTranslation();
  useKeys(
    open
      ? [
          {
            keys: 'Escape',
            label: t('close-panel'),
            whileTyping: true,
            run: () => {
              const focused = document.activeElement;
              if (focused instanceof HTMLInputElement) focused.blur();
              else close();
            },
          },
        ]
      : [],
  );
}
