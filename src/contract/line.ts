import type { z } from 'zod';
import type { Sentence } from '../kernel/text.ts';

/**
 * One line of the contract: what crosses the wire for one route. The server takes its types from it, the web
 * client and the command line their calls, OpenAPI its path. Requests are strict objects; replies are parsed too,
 * so that what a line does not name cannot leave the house.
 */
export interface Line {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Express path; parameters as `:name`. */
  readonly path: string;
  readonly title: Sentence;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** Multipart upload: one file in the part `file`, the fields of `body` before it. */
  readonly upload?: true;
  readonly reply: JsonReply | BytesReply | NoReply;
}

interface JsonReply {
  readonly kind: 'json';
  readonly status: 200 | 201 | 202;
  readonly schema: z.ZodType;
  /** The status instead, by what is answered: a house that is not ready says so in its status too. */
  readonly statusOf?: (reply: never) => 200 | 503;
}

/** Bytes of a file, a picture or an export; the media type is decided when it is sent. */
interface BytesReply {
  readonly kind: 'bytes';
  readonly mediaType: string;
}

interface NoReply {
  readonly kind: 'none';
}

/** Keeps the exact types of a line. */
export function line<const L extends Line>(entry: L): L {
  return entry;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
export type ParamsOf<L extends Line> = Parsed<L['params']>;
export type QueryOf<L extends Line> = Parsed<L['query']>;
export type BodyOf<L extends Line> = Parsed<L['body']>;
export type ReplyOf<L extends Line> = L['reply'] extends { readonly schema: infer S } ? Parsed<S> : undefined;
/** What a caller may leave out because the contract has a default for it. */
export type QueryInput<L extends Line> = L['query'] extends z.ZodType ? z.input<L['query']> : undefined;
export type BodyInput<L extends Line> = L['body'] extends z.ZodType ? z.input<L['body']> : undefined;
