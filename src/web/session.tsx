import { createContext, useContext } from 'react';
import type { Me } from '../contract/identity.ts';
import type { Permission } from '../kernel/permissions.ts';
import { forgetUploads } from './uploads/upload-queue.ts';

export const meKey = ['me'] as const;

const MeContext = createContext<Me | null>(null);
export const MeProvider = MeContext.Provider;

const lastPerson = 'vankho.person';

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
  sessionStorage.setItem(lastPerson, me.id);
  return me;
}

/** Signed out: nothing of this person's stays. */
export function farewell(): void {
  forgetUploads();
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
