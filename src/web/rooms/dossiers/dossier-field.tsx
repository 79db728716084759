import { useState, type ReactNode, type Ref } from 'react';
import { Autocomplete } from '@mantine/core';
import { useRested } from '../../parts/use-rested.ts';
import { useMay } from '../../session.tsx';
import { useOpenDossiers, useOwnDossiers } from './use-dossiers.ts';

/** The code of a dossier, typed or taken from the open ones: one's own first, others by a word of code or title. */
export function DossierField({
  value,
  onChange,
  onYear,
  ...said
}: {
  readonly label: ReactNode;
  readonly value: string;
  readonly error: ReactNode;
  readonly description: ReactNode;
  readonly inputWrapperOrder: ('label' | 'input' | 'description' | 'error')[];
  readonly ref: Ref<HTMLInputElement>;
  readonly onChange: (typed: string) => void;
  /** The code says little without its year: who takes one from the list has said both. */
  readonly onYear: (year: number) => void;
}) {
  const reads = useMay('dossier.read');
  const [asked, setAsked] = useState(false);
  const words = useRested(value.trim());
  const own = useOwnDossiers('open', reads && asked);
  const found = useOpenDossiers(words, reads && asked && words !== '');
  const rows = (words === '' ? own.data?.rows : found.data?.rows) ?? [];
  const byCode = new Map(rows.map((row) => [row.notation, row]));
  return (
    <Autocomplete
      {...said}
      value={value}
      maxLength={20}
      autoComplete="off"
      data={[...byCode.keys()]}
      // The house has looked already, in titles too: what it found is not to be narrowed by the code alone.
      filter={({ options }) => options}
      maxDropdownHeight={260}
      comboboxProps={{ width: 360, position: 'bottom-start' }}
      renderOption={({ option }) => (
        <span>
          <b>{option.value}</b> {byCode.get(option.value)?.title}
        </span>
      )}
      // Only who comes to this field asks for dossiers.
      onFocus={() => setAsked(true)}
      onChange={onChange}
      onOptionSubmit={(code) => {
        const year = byCode.get(code)?.year;
        if (year !== undefined) onYear(year);
      }}
    />
  );
}
