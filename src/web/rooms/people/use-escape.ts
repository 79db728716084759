import { useTranslation } from 'react-i18next';
import { useKeys } from '../../shell/keys.ts';

/** While something is open at the right, Escape closes that, wherever the focus stands; a field is left first. */
export function useEscape(open: boolean, close: () => void): void {
  const { t } = useTranslation('people');
  useKeys(
    open
      ? [
          {
            keys: 'Escape',
            label: t('panel.close'),
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
