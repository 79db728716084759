import { useEffect, useRef, useState, type ComponentProps } from 'react';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useKeys } from '../shell/keys.ts';

/** Words to look for. */
function Words(props: ComponentProps<typeof TextInput>) {
  return (
    <TextInput
      {...props}
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
    />
  );
}

/** Inside a window: Enter looks, it does not send the form around it. */
export function FindBox({
  hint,
  longest,
  onChange,
  ...props
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly longest: number;
  readonly onChange: (typed: string) => void;
}) {
  return (
    <Words
      {...props}
      data-autofocus
      placeholder={hint}
      maxLength={longest}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
    />
  );
}

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
    <Words
      className={className}
      aria-label={label}
      placeholder={hint}
      value={typed}
      maxLength={100}
      rightSection={<kbd>/</kbd>}
      ref={box}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
