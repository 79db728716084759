import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** A word that comes and goes at the edge of the page; its button says what it does to who cannot see it. */
export function notice(message: string, tone?: 'lacquer'): void {
  notifications.show({
    message,
    ...(tone === undefined ? {} : { color: tone }),
    closeButtonProps: { 'aria-label': i18next.t('close') },
  });
}
