import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { foldedForm } from '../../../kernel/folding.ts';
import { useMay } from '../../session.tsx';
import { useCorrespondentNames } from '../correspondents/use-correspondents.ts';
import { useFieldProps } from './form-tools.tsx';
import { bodyOfOldName, issuerChoices } from './issuer-choices.ts';

/**
 * Who issued it: the bodies on the list first, by any name they bear or bore, then what stands on documents already. What
 * is typed stays as it was typed; the list says which body is meant.
 */
export function IssuerField() {
  const { t } = useTranslation('intake');
  const { tools, text, other } = useFieldProps();
  const typed = tools.values.issuer;
  const [asked] = useDebouncedValue(typed.trim(), 180);
  const listed = useCorrespondentNames(asked, useMay('correspondent.keep')).data?.rows ?? [];
  const renamed = bodyOfOldName(listed, typed);
  return (
    <Autocomplete
      {...text('issuer')}
      onChange={(said) => tools.set({ issuer: said })}
      data={[...issuerChoices(listed, tools.issuers)]}
      limit={12}
      openOnFocus={false}
      description={other('issuer') ?? (renamed === null ? null : t('hint.issuer-now', { name: renamed }))}
      filter={({ options, search, limit }) =>
        options
          .filter(
            (option) =>
              'value' in option &&
              (foldedForm(option.value).includes(foldedForm(search)) ||
                listed.some(({ name }) => name === option.value)),
          )
          .slice(0, limit)
      }
    />
  );
}
