import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoundKeys } from './keys.ts';
import classes from './shell.module.css';

const words: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** `Ctrl` `Enter`, or `g` rồi `t`. */
export function Keys({ keys }: { readonly keys: string }) {
  const { t } = useTranslation();
  return (
    <>
      {keys.split(' ').map((stroke, index) => (
        <Fragment key={stroke}>
          {index > 0 ? ` ${t('keys.then')} ` : null}
          {stroke.split('+').map((key, place) => (
            <Fragment key={key}>
              {place > 0 ? ' ' : null}
              <kbd>{words[key] ?? key}</kbd>
            </Fragment>
          ))}
        </Fragment>
      ))}
    </>
  );
}

export function KeyList({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const bound = useBoundKeys();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('keys.close') }}
      size={480}
    >
      <table className="rows">
        <tbody>
          {bound.map((binding) => (
            <tr key={binding.keys}>
              <th scope="row" className={classes['key']}>
                <Keys keys={binding.keys} />
              </th>
              <td>{binding.label}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
