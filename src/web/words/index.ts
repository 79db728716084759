import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../kernel/text.ts';
import viCommon from './vi/everywhere.json' with { type: 'json' };
import viHome from './vi/home.json' with { type: 'json' };
import viPeople from './vi/people.json' with { type: 'json' };
import viSignIn from './vi/sign-in.json' with { type: 'json' };
import viSystem from './vi/system.json' with { type: 'json' };

import type { roomWords } from './rooms.ts';

/** Vietnamese is the measure: a key is a key of the product when it stands there, and the compiler asks for no other. */
const vi = {
  common: viCommon,
  'sign-in': viSignIn,
  home: viHome,
  system: viSystem,
  people: viPeople,
};

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof vi & typeof roomWords;
  }
}

const kept = 'vankho.language';

function firstLanguage(): Language {
  return localStorage.getItem(kept) === 'en' ? 'en' : 'vi';
}

function tellPage(language: string): void {
  document.documentElement.lang = language;
}

async function fetchEnglish(): Promise<void> {
  const { en } = await import('./english.ts');
  for (const [space, words] of Object.entries(en)) i18next.addResourceBundle('en', space, words);
}

/** What is said in the rooms behind the first one. It comes with whichever is entered first; the door need not wait for it. */
export async function fetchRoomWords(): Promise<void> {
  const { roomWords: words } = await import('./rooms.ts');
  for (const [space, said] of Object.entries(words)) i18next.addResourceBundle('vi', space, said);
}

/** Vietnamese first; English only when this person chose it on this PC. */
export async function startWords(): Promise<void> {
  const language = firstLanguage();
  await i18next.use(initReactI18next).init({
    resources: { vi },
    lng: 'vi',
    fallbackLng: 'vi',
    defaultNS: 'common',
    ns: Object.keys(vi),
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  if (language === 'en') {
    await fetchEnglish();
    await i18next.changeLanguage('en');
  }
  tellPage(language);
}

export async function chooseLanguage(language: Language): Promise<void> {
  if (language === 'en') await fetchEnglish();
  localStorage.setItem(kept, language);
  tellPage(language);
  await i18next.changeLanguage(language);
}
