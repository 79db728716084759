import { z } from 'zod';
import { recordFieldNames } from '../../../contract/registry.ts';
import { rank } from '../../../contract/shapes.ts';
import { changedNames, type FormWork } from './form-values.ts';

/**
 * Unsaved work, kept for this tab only and wiped when it is saved or the person signs out: a lost session or a reload
 * costs a clerk nothing.
 */
const key = (recordId: string): string => `vankho.form.${recordId}`;

const values = z.object({
  ...Object.fromEntries(recordFieldNames.map((name) => [name, z.string()])),
  rank,
  leadUnitId: z.string().nullable(),
  supportingUnitIds: z.array(z.string()),
  openToAll: z.boolean(),
  reason: z.string(),
});
const kept = z.object({ version: z.number(), base: values, values });

export function keepWork(recordId: string, work: FormWork): void {
  if (changedNames(work.base, work.values).length === 0 && work.values.reason === '') {
    forgetWork(recordId);
    return;
  }
  const { version, base, values: typed } = work;
  sessionStorage.setItem(key(recordId), JSON.stringify({ version, base, values: typed }));
}

export function keptWork(recordId: string): FormWork | null {
  const text = sessionStorage.getItem(key(recordId));
  if (text === null) return null;
  try {
    return { ...kept.parse(JSON.parse(text)), others: {} } as unknown as FormWork;
  } catch {
    forgetWork(recordId);
    return null;
  }
}

export function forgetWork(recordId: string): void {
  sessionStorage.removeItem(key(recordId));
}
