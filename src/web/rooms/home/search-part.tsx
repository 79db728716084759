import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { addressOf } from '../addresses.ts';
import classes from './home.module.css';

/** Staff come to find something: the box stands first. */
export function SearchPart() {
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  return (
    <section className={`sheet ${classes['ask'] ?? ''}`} aria-labelledby="home-search">
      <h2 id="home-search">{t('search-title')}</h2>
      <form
        className={classes['askLine']}
        onSubmit={(event) => {
          event.preventDefault();
          void navigate(addressOf.search(words));
        }}
      >
        <TextInput
          size="md"
          data-search-box
          aria-label={t('search-label')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          leftSection={<IconSearch size={18} aria-hidden="true" />}
        />
        <Button type="submit" size="md">
          {t('search-go')}
        </Button>
      </form>
      <p className="sm mut">{t('search-hint')}</p>
    </section>
  );
}
