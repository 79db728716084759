import { useTranslation } from 'react-i18next';

const problems = [
  'encrypted',
  'broken',
  'too-slow',
  'too-much-memory',
  'too-large-inside',
  'interrupted',
  'crashed',
  'damaged',
] as const;

/** Why the text of a file could not be read, as a sentence; a reason that is new stands as the house named it. */
export function useFileProblem(): (problem: string) => string {
  const { t } = useTranslation('common');
  return (problem) => {
    const known = problems.find((one) => one === problem);
    return known === undefined ? problem : t(`file-problem.${known}`);
  };
}
