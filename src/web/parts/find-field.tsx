import { useEffect, useRef, useState } from 'react';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useKeys } from '../shell/keys.ts';

/** The box over a list, reached by `/`. Asked when the typing rests: every letter would be a question of its own. */
export function FindField({
  label,
  hint,
  words,
  className = '',
  onSay,
}: {
  readonly label: string;
  readonly hint: string;
  readonly words: string;
  readonly className?: string;
  readonly onSay: (words: string) => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(words);
  useKeys([
    {
      keys: '/',
      label,
      run: () => {
        box.current?.focus();
        box.current?.select();
      },
    },
  ]);
  // Changed from outside, by a cleared filter or the way back: the box follows, but never eats a blank just typed.
  useEffect(() => {
    setTyped((now) => (now.trim() === words ? now : words));
  }, [words]);
  useEffect(() => {
    if (typed.trim() === words) return undefined;
    const resting = window.setTimeout(() => onSay(typed.trim()), 250);
    return () => window.clearTimeout(resting);
  });
  return (
    <TextInput
      className={className}
      aria-label={label}
      placeholder={hint}
      value={typed}
      maxLength={100}
      autoComplete="off"
      spellCheck={false}
      rightSection={<kbd>/</kbd>}
      ref={box}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
