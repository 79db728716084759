import type { Actor } from './actor.ts';
import type { Rank } from './labels.ts';

/** Who asks, and from where: what every event says besides what happened. */
export interface Requester {
  readonly actor: Actor | null;
  readonly address: string;
  readonly requestId: string;
  /** A program without a person: the worker, a command on the server. */
  readonly machine?: string;
}

export type Outcome = 'done' | 'refused' | 'not-found' | 'failed';

/**
 * One thing that happened, as a department tells it. It holds only what may stand for ever: references and
 * figures; no name, no title, no words of a person (docs/DECISIONS.md, "the log holds references").
 */
export interface EventDraft<Type extends string = string> {
  readonly type: Type;
  /** Version of the type's shape. */
  readonly version: number;
  readonly outcome: Outcome;
  readonly recordId?: string | undefined;
  readonly fileId?: string | undefined;
  /** The identifier that was asked for and not given; it says nothing of whether there is such a thing. */
  readonly triedId?: string | undefined;
  /** The person it happened to, when that is not the one who acts. */
  readonly aboutPersonId?: string | undefined;
  readonly rank?: Rank | undefined;
  /** SHA-256 of the content in hexadecimal. */
  readonly sha256?: string | undefined;
  /** The rule that decided. */
  readonly rule?: string | undefined;
  readonly data?: Readonly<Record<string, EventFact>>;
}

export type EventFact = string | number | boolean | null | readonly EventFact[] | { readonly [key: string]: EventFact };
