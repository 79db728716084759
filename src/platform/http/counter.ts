import type { Readable } from 'node:stream';
import type { BodyOf, Line, ParamsOf, QueryOf, ReplyOf } from '../../contract/line.ts';
import type { Requester } from '../../kernel/event.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Permission } from '../../kernel/permissions.ts';
import type { Language } from '../../kernel/text.ts';

/** How much of it one person or place may ask for; the figures stand in rates.ts. */
export type RateClass = 'sign-in' | 'read' | 'write' | 'upload' | 'system';

/**
 * What this route writes in the log when it succeeds: the event's type, or why there is none. Refusals are logged for
 * every route, by `serve`.
 */
export type AuditDeclaration = { readonly event: string } | { readonly none: string };

export type Access = 'anyone' | 'signed-in' | Permission;

/** Bytes on their way out, with what the browser must be told about them. */
export interface BytesReply {
  readonly stream: Readable;
  readonly size: number | undefined;
  readonly mediaType: string;
  readonly fileName: string | undefined;
  readonly disposition: 'inline' | 'attachment';
  /** First and last byte of a partial answer. */
  readonly range?: { readonly start: number; readonly end: number; readonly of: number } | undefined;
  readonly acceptRanges?: boolean;
  readonly etag?: string;
}

export interface Asked<L extends Line> {
  readonly params: ParamsOf<L>;
  readonly query: QueryOf<L>;
  readonly body: BodyOf<L>;
  readonly who: Requester;
  /** The person; only there when the route's access is not `anyone`. */
  readonly actor: Actor;
  readonly language: Language;
  readonly header: (name: string) => string | undefined;
  /** `null` takes the cookie away. */
  readonly setCookie: (name: string, value: string | null) => void;
  readonly signedInUntil: Date;
  readonly passwordIsGiven: boolean;
  /** Reads the file of a multipart request; only on lines with `upload`. */
  readonly upload: <T>(
    take: (file: { readonly name: string; readonly stream: Readable }, fields: BodyOf<L>) => Promise<T>,
  ) => Promise<T>;
}

export interface Counter<L extends Line = Line> {
  readonly line: L;
  readonly access: Access;
  readonly audit: AuditDeclaration;
  readonly rate: RateClass;
  /** Access tokens that may come here; none unless said. */
  readonly scope?: 'upload' | 'search';
  readonly handle: (asked: Asked<L>) => Promise<L['reply'] extends { kind: 'bytes' } ? BytesReply : ReplyOf<L>>;
}

/** A route. One without access, audit declaration, rate class and contract line does not compile. */
export function counter<const L extends Line>(entry: Counter<L>): Counter {
  return entry;
}
