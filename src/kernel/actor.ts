import type { Rank } from './labels.ts';
import type { Permission, Role } from './permissions.ts';

/** A person at work at this moment: looked up on every request, never carried in a token. */
export interface Actor {
  readonly personId: string;
  readonly agencyId: string;
  readonly fullName: string;
  readonly roles: ReadonlySet<Role>;
  readonly permissions: ReadonlySet<Permission>;
  /** Highest rank this person is cleared for today. */
  readonly clearance: Rank;
  /** Units this person belongs to today, with the units below for those who lead them. */
  readonly unitIds: readonly string[];
  /** Clerks of the agency's own desk, who see what has not been distributed yet. */
  readonly deskOf: readonly string[];
  /** The session or access token this request came with. */
  readonly sessionId: string;
  readonly via: 'session' | 'token' | 'command';
  /** Network address as the trusted proxy gave it; `local` for a command on the server. */
  readonly address: string;
}
