import type { CDPSession, Page } from 'playwright-core';

/**
 * UniKey with Telex, as a browser on Windows meets it. A key that only adds its letter goes through as it is. One that
 * changes what stands there already is swallowed; UniKey sends a Backspace for each letter that changes, and the new
 * letters as Unicode packets (VK_PACKET): key events without a code, whose text is the letter with its marks.
 */
const packet = 231;

export async function telexInto(page: Page): Promise<{ type(keys: string): Promise<void>; close(): Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  let word = '';
  let shown = '';
  return {
    async type(keys) {
      for (const key of keys) {
        if (!/[a-z]/iu.test(key)) {
          [word, shown] = ['', ''];
          await page.keyboard.press(key === ' ' ? 'Space' : key);
          continue;
        }
        word += key;
        const wanted = telex(word);
        if (wanted === shown + key) await page.keyboard.press(key);
        else await replace(page, session, shown, wanted);
        shown = wanted;
      }
    },
    close: () => session.detach(),
  };
}

async function replace(page: Page, session: CDPSession, before: string, after: string): Promise<void> {
  const [old, fresh] = [[...before], [...after]];
  const same = fresh.findIndex((letter, at) => letter !== old[at]);
  for (let at = same; at < old.length; at += 1) await page.keyboard.press('Backspace');
  for (const letter of fresh.slice(same)) {
    const event = { key: letter, code: '', text: letter, unmodifiedText: letter, windowsVirtualKeyCode: packet };
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
    await session.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      key: letter,
      code: '',
      windowsVirtualKeyCode: packet,
    });
  }
}

const tones: Readonly<Record<string, string>> = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' };

/** What stands on the screen after these keys of one word. As much of Telex as the words of a test need. */
export function telex(keys: string): string {
  let word = '';
  let tone = '';
  for (const key of keys) {
    const small = key.toLowerCase();
    const last = word.at(-1) ?? '';
    if (small in tones && /[aeiouyăâêôơư]/iu.test(word)) tone = tones[small] ?? '';
    else if (small === 'd' && last.toLowerCase() === 'd') word = word.slice(0, -1) + (last === 'D' ? 'Đ' : 'đ');
    else if ('aeo'.includes(small) && last.toLowerCase() === small)
      word = `${word.slice(0, -1)}${last}\u0302`.normalize('NFC');
    else if (small === 'w')
      word = word.replace(
        /(u?)(o|a|u)(?=[^aouw]*$)/iu,
        (_all, u: string, o: string) => `${u && hooked(u)}${hooked(o)}`,
      );
    else word += key;
  }
  return tone === '' ? word : toned(word, tone);
}

const hooked = (letter: string): string =>
  `${letter}${letter.toLowerCase() === 'a' ? '\u0306' : '\u031B'}`.normalize('NFC');

/** The tone stands on the last vowel that has a mark of its own, else on the second of two before a consonant, else on the first. */
function toned(word: string, tone: string): string {
  const marked = [...word.matchAll(/[ăâêôơư]/giu)].at(-1);
  const vowels = [...word.matchAll(/[aeiouy]/giu)];
  const closed = /[aeiouy]{2}[^aeiouy]+$/iu.test(word);
  const place = marked ?? (closed ? vowels[1] : vowels[0]);
  if (!place) return word;
  const letter = place[0];
  return `${word.slice(0, place.index)}${(letter + tone).normalize('NFC')}${word.slice(place.index + letter.length)}`;
}
