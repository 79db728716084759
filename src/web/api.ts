import type { z } from 'zod';
import type { BodyInput, Line, ParamsOf, QueryInput, ReplyOf } from '../contract/line.ts';
import { problem, type Problem } from '../contract/shapes.ts';
import { languageNow } from './parts/format.ts';

/** The one way from the page to the house. Every call is a line of the contract; every refusal is an `ApiProblem`. */

/** `withheld`: taken in and shown to nobody, which its sender must not take for received. */
export type ApiProblemCode = Problem['code'] | 'offline' | 'unreadable-reply' | 'withheld';

export class ApiProblem extends Error {
  readonly code: ApiProblemCode;
  /** 0 when nothing was answered at all. */
  readonly status: number;
  /** The sentence of the house in the reader's language; empty where the page has to say it itself. */
  readonly detail: string;
  readonly fields: readonly { readonly path: string; readonly problem: string }[];

  constructor(code: ApiProblemCode, status: number, detail: string, fields: ApiProblem['fields'] = []) {
    super(code);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.fields = fields;
  }
}

type Needed<Key extends string, Value> = Value extends undefined ? unknown : { readonly [K in Key]: Value };
type QueryGiven<L extends Line> =
  QueryInput<L> extends undefined
    ? unknown
    : object extends QueryInput<L>
      ? { readonly query?: QueryInput<L> }
      : { readonly query: QueryInput<L> };

export type Given<L extends Line> = {
  readonly signal?: AbortSignal;
  /** The same for every try of one request: what has been done already is answered, not done again. */
  readonly once?: string;
} & Needed<'params', ParamsOf<L>> &
  QueryGiven<L> &
  Needed<'body', BodyInput<L>>;

interface Loose {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly once?: string;
}

/** The address of a line: parameters in their places, an array as the same key many times, what is unsaid left out. */
export function urlOf<L extends Line>(line: L, given: Omit<Given<L>, 'body' | 'signal' | 'once'>): string {
  const { params = {}, query = {} } = given as Loose;
  const path = line.path.replace(/:([A-Za-z]+)/gu, (_whole, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    for (const one of (Array.isArray(value) ? value : [value]) as (string | number | boolean | null | undefined)[])
      if (one !== undefined && one !== null && one !== '') search.append(key, String(one));
  const said = search.toString();
  return said === '' ? path : `${path}?${said}`;
}

const signedOutListeners = new Set<() => void>();

/** Called whenever the house answers that nobody is signed in. Returns how to stop listening. */
export function whenSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** What every request carries: the language of its refusals, and the mark that another site's form cannot set. */
export function houseHeaders(): Record<string, string> {
  return { 'accept-language': languageNow(), 'x-vankho-client': 'web' };
}

/** Reads a refusal out of a reply; a proxy's page in its place is a fault with no sentence. */
export function problemFrom(status: number, text: string): ApiProblem {
  let parsed: z.ZodSafeParseResult<Problem>;
  try {
    parsed = problem.safeParse(JSON.parse(text));
  } catch {
    return new ApiProblem('fault', status, '');
  }
  if (!parsed.success) return new ApiProblem('fault', status, '');
  const { code, detail, fields } = parsed.data;
  if (code === 'not-signed-in') for (const listener of signedOutListeners) listener();
  return new ApiProblem(code, status, detail, fields);
}

/** Asks one line of the contract and answers what it promises. Throws `ApiProblem`, or the abort of the signal. */
export async function ask<L extends Line>(
  line: L,
  ...[given]: object extends Given<L> ? [given?: Given<L>] : [given: Given<L>]
): Promise<ReplyOf<L>> {
  const { body, signal, once } = (given ?? {}) as Loose;
  let response: Response;
  let text: string;
  try {
    response = await fetch(urlOf(line, (given ?? {}) as Given<L>), {
      method: line.method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json, application/problem+json',
        ...houseHeaders(),
        ...(line.method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...(once === undefined ? {} : { 'idempotency-key': once }),
      },
      ...(line.method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      ...(signal ? { signal } : {}),
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new ApiProblem('offline', 0, '');
  }
  if (!response.ok) throw problemFrom(response.status, text);
  if (line.reply.kind !== 'json') return undefined as ReplyOf<L>;
  try {
    return line.reply.schema.parse(JSON.parse(text)) as ReplyOf<L>;
  } catch {
    throw new ApiProblem('unreadable-reply', response.status, '');
  }
}
