import { z } from 'zod';
import { recordFieldNames } from '../../../contract/registry.ts';
import { rank } from '../../../contract/shapes.ts';
import { paperForm } from '../../session.tsx';
import { changedNames, type FormWork } from './form-values.ts';

/**
 * Unsaved work, kept for this tab only and wiped when it is saved or the person signs out: a lost session or a reload
 * costs a clerk nothing. A paper form has no draft in the house that could be opened again: it stays through a closed
 * browser, for the same person (session.tsx wipes it before another).
 */
const key = (recordId: string): string => (recordId.startsWith(paperForm('')) ? recordId : `vankho.form.${recordId}`);
const shelfOf = (recordId: string): Storage => (recordId.startsWith(paperForm('')) ? localStorage : sessionStorage);

const values = z.object({
  ...Object.fromEntries(recordFieldNames.map((name) => [name, z.string()])),
  rank,
  leadUnitId: z.string().nullable(),
  supportingUnitIds: z.array(z.string()),
  openToAll: z.boolean(),
  takenNumber: z.string().default(''),
  reason: z.string(),
});
const kept = z.object({ version: z.number(), base: values, values });

export function keepWork(recordId: string, work: FormWork): void {
  if (
    changedNames(work.base, work.values).length === 0 &&
    work.values.reason === '' &&
    work.values.takenNumber === ''
  ) {
    forgetWork(recordId);
    return;
  }
  const { version, base, values: typed } = work;
  shelfOf(recordId).setItem(key(recordId), JSON.stringify({ version, base, values: typed }));
}

export function keptWork(recordId: string): FormWork | null {
  const text = shelfOf(recordId).getItem(key(recordId));
  if (text === null) return null;
  try {
    return { ...kept.parse(JSON.parse(text)), others: {} } as unknown as FormWork;
  } catch {
    forgetWork(recordId);
    return null;
  }
}

export function forgetWork(recordId: string): void {
  shelfOf(recordId).removeItem(key(recordId));
}
