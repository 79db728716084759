/**
 * A refusal is an answer, not a fault: it has a code from this closed list, a status, and a
 * sentence in words/ for the person who asked. Everything else that is thrown is a fault (500).
 */
export const refusalStatus = {
  'not-signed-in': 401,
  'sign-in-failed': 401,
  'too-many-attempts': 429,
  'too-many-requests': 429,
  'cross-site-request': 403,
  'role-not-allowed': 403,
  'scope-not-allowed': 403,
  'password-is-given': 403,
  'second-person-needed': 403,
  'password-is-own-only': 403,
  'change-outdated': 409,
  'name-taken': 409,
  'not-found': 404,
  'bad-request': 400,
  'unknown-route': 404,
  conflict: 409,
  'already-registered': 409,
  'number-taken': 409,
  'number-not-needed': 422,
  'number-needed': 422,
  'register-in-use': 409,
  'number-of-another-year': 409,
  'heading-in-use': 409,
  'dossier-not-open': 409,
  'dossier-not-ready': 422,
  'has-a-home': 409,
  'another-must-close': 403,
  'above-owner-clearance': 422,
  'idempotency-mismatch': 422,
  'incompatible-roles': 409,
  'password-too-weak': 422,
  'file-missing': 400,
  'file-empty': 422,
  'file-too-large': 413,
  'file-type-not-allowed': 415,
  'file-broken': 422,
  'file-encrypted': 422,
  'file-not-kept': 422,
  'upload-interrupted': 400,
  'secret-not-kept-here': 422,
  'clearance-needed': 403,
  'content-damaged': 500,
  'content-not-ready': 409,
  'original-not-given': 403,
  'copy-not-needed': 409,
  'copy-without-pages': 422,
  'copy-not-possible': 422,
  'copy-too-large': 422,
  'copy-outdated': 409,
  'range-not-satisfiable': 416,
  'log-unavailable': 503,
  'database-unavailable': 503,
  'store-unavailable': 503,
  'store-full': 507,
  'search-unavailable': 503,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof refusalStatus;
export const refusalCodes = Object.keys(refusalStatus) as [RefusalCode, ...RefusalCode[]];

/** `facts` fill the holes of the sentence (`{limit}`) and name wrong fields; never content, never a secret. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly fields: readonly { readonly path: string; readonly problem: string }[];

  constructor(
    code: RefusalCode,
    facts: Readonly<Record<string, string | number>> = {},
    fields: readonly { readonly path: string; readonly problem: string }[] = [],
  ) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.facts = facts;
    this.fields = fields;
  }

  get status(): number {
    return refusalStatus[this.code];
  }
}
