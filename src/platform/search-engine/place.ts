/**
 * Where a reader stands in an answer, as the opaque text a client hands back for more. It holds nothing that was not
 * in the answer, so it needs no seal; what does not read as a place is refused.
 */
export class UnknownPlace extends Error {
  constructor() {
    super('not a place this engine gave out');
    this.name = 'UnknownPlace';
  }
}

export function writtenPlace(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Rejects with `UnknownPlace` whatever `check` does not accept. */
export function readPlace<T>(text: string, check: (value: unknown) => value is T): T {
  let value: unknown;
  try {
    value = text.length > 2_000 ? null : JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new UnknownPlace();
  }
  if (!check(value)) throw new UnknownPlace();
  return value;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;
export const isMoment = (value: unknown): value is string =>
  typeof value === 'string' && moment.test(value) && !Number.isNaN(Date.parse(value));
