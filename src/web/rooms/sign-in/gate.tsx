import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNow } from '../../parts/format.ts';
import { chooseLanguage } from '../../words/index.ts';
import classes from './gate.module.css';

/** The gate of the house: seal and motto on the left, what is asked on the right, language and theme below. */
export function Gate({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTranslation(['sign-in', 'common']);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    document.title = `${title} · ${t('common:house')}`;
  }, [title, t]);
  return (
    <>
      <div className={classes['gate']}>
        <aside className={classes['front']} aria-label={t('common:house')}>
          <div className={classes['seal']} aria-hidden="true">
            VK
          </div>
          <p className={classes['house']}>{t('common:house')}</p>
          <p className={classes['promise']}>{t('promise')}</p>
          <p className={classes['motto']} lang="vi">
            {t('motto')}
          </p>
        </aside>
        <div className={classes['side']}>
          <main className={classes['desk']}>
            <h1>{title}</h1>
            {children}
          </main>
          <footer className={classes['choices']}>
            <SegmentedControl
              size="xs"
              aria-label={t('common:language')}
              value={languageNow()}
              onChange={(value) => void chooseLanguage(value)}
              data={[
                { value: 'vi', label: t('common:vietnamese') },
                { value: 'en', label: t('common:english') },
              ]}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('common:theme.title')}
              value={colorScheme}
              onChange={setColorScheme}
              data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`common:theme.${value}`) }))}
            />
          </footer>
        </div>
      </div>
      <section aria-label={t('common:notices')}>
        <Notifications position="bottom-right" withinPortal={false} />
      </section>
    </>
  );
}
