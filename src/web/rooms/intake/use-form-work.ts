import { useEffect, useRef, useState } from 'react';
import type { RecordView } from '../../../contract/registry.ts';
import type { CalendarDate } from '../../../kernel/dates.ts';
import { beginWork, changedNames, rebase, type FormValues, type FormWork, type ValueName } from './form-values.ts';
import { forgetWork, keepWork, keptWork } from './kept-form.ts';

/**
 * The form of one record through everything that may happen to it: typed in, left and found again, changed by another
 * person meanwhile.
 */
export function useFormWork(record: RecordView, today: CalendarDate) {
  const [kept] = useState(() => keptWork(record.id));
  const [restored, setRestored] = useState(kept !== null);
  const [work, setWork] = useState<FormWork>(() => (kept ? rebase(kept, record, today) : beginWork(record, today)));
  const places = useRef(new Map<ValueName, HTMLElement>());

  if (work.version !== record.version) setWork(rebase(work, record, today));

  useEffect(() => {
    keepWork(record.id, work);
  }, [record.id, work]);

  return {
    work,
    restored,
    changed: changedNames(work.base, work.values),
    set: (some: Partial<FormValues>) => {
      setWork((before) => ({ ...before, values: { ...before.values, ...some } }));
    },
    /** Back to what the house has. */
    discard: () => {
      forgetWork(record.id);
      setRestored(false);
      setWork(beginWork(record, today));
    },
    /** Saved: the form begins anew from what the house answered. */
    saved: (answer: RecordView) => {
      forgetWork(record.id);
      setRestored(false);
      setWork(beginWork(answer, today));
    },
    place: (name: ValueName, element: HTMLElement | null) => {
      if (element) places.current.set(name, element);
      else places.current.delete(name);
    },
    focus: (name: ValueName) => {
      const element = places.current.get(name);
      element?.closest('details')?.setAttribute('open', '');
      element?.focus();
      if (element instanceof HTMLInputElement && element.type === 'text') element.select();
    },
  };
}
