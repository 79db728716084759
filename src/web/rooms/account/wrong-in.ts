export const untyped = { current: '', next: '', again: '' };
export type PasswordField = keyof typeof untyped;

/** What the house says of a new password. */
export const passwordProblems = ['short', 'long', 'common', 'own-name'] as const;
export type Wrong = (typeof passwordProblems)[number] | 'differs' | 'same' | 'needed';

/** What is wrong before the house is asked. */
export function wrongIn(said: Readonly<Record<PasswordField, string>>): Partial<Record<PasswordField, Wrong>> {
  const wrong: Partial<Record<PasswordField, Wrong>> = {};
  for (const field of ['current', 'next', 'again'] as const) if (said[field] === '') wrong[field] = 'needed';
  const length = [...said.next].length;
  if (wrong.next === undefined) {
    if (length < 12) wrong.next = 'short';
    else if (length > 200) wrong.next = 'long';
    else if (said.next === said.current) wrong.next = 'same';
  }
  if (wrong.again === undefined && said.again !== said.next) wrong.again = 'differs';
  return wrong;
}
