import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

/** Words to look for inside a window: Enter looks, it does not send the form around it. */
export function FindBox({
  label,
  hint,
  value,
  longest,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly longest: number;
  readonly onChange: (typed: string) => void;
}) {
  return (
    <TextInput
      data-autofocus
      label={label}
      placeholder={hint}
      value={value}
      maxLength={longest}
      autoComplete="off"
      spellCheck={false}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault();
      }}
    />
  );
}
