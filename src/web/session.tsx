import { createContext, useContext } from 'react';
import type { Me } from '../contract/identity.ts';
import type { Permission } from '../kernel/permissions.ts';
import { forgetUploads } from './uploads/upload-queue.ts';

export const meKey = ['me'] as const;

const MeContext = createContext<Me | null>(null);
export const MeProvider = MeContext.Provider;

const lastPerson = 'vankho.person';

/** Where a person's form for paper is kept: the one thing that outlives a closed browser. */
export const paperForm = (personId: string): string => `vankho.paper.${personId}`;

function forgetPaperForms(except?: string): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(paperForm('')) && (except === undefined || key !== paperForm(except)))
      localStorage.removeItem(key);
}

/**
 * Said whenever a person is known to stand here. Unsaved work outlives a session that ran out, for the same person
 * only: the next one at this PC finds nothing.
 */
export function welcome(me: Me): Me {
  const last = sessionStorage.getItem(lastPerson);
  if (last !== null && last !== me.id) {
    forgetUploads();
    sessionStorage.clear();
  }
  forgetPaperForms(me.id);
  sessionStorage.setItem(lastPerson, me.id);
  return me;
}

/** Signed out: nothing of this person's stays. */
export function farewell(): void {
  forgetUploads();
  forgetPaperForms();
  sessionStorage.clear();
}

/** The person at this screen. Only inside the signed-in part. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe stands outside the signed-in part');
  return me;
}

/** Whether this person's roles open that door; what lies behind it the house decides anew each time. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
