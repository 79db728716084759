import { ApiProblem } from '../api.ts';

/** What is missing, what may not be seen, and an address that was never one, look the same. */
export function isMissing(problem: unknown): boolean {
  return (
    problem instanceof ApiProblem &&
    ['not-found', 'role-not-allowed', 'scope-not-allowed', 'bad-request', 'unknown-route'].includes(problem.code)
  );
}
