import { identityLines, type Me } from '../../contract/identity.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { vietnamDay } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { counter, type Counter } from '../../platform/http/counter.ts';
import { ownPlace, ownTokens, people, unitTree } from './queries.ts';
import type { Identity } from './service.ts';
import type { Office } from './service-office.ts';

interface Door {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export interface IdentityCounterOptions {
  readonly identity: Identity;
  readonly office: Office;
  readonly onBehalfOf: (actor: Actor) => Door;
  readonly clock: Clock;
  readonly site: 'networked' | 'isolated';
  readonly largestFile: number;
  readonly cookieName: string;
}

export function identityCounters(options: IdentityCounterOptions): Counter[] {
  const { identity, office, onBehalfOf, clock, cookieName } = options;

  async function meOf(actor: Actor, until: Date, passwordIsGiven: boolean): Promise<Me> {
    const place = await ownPlace(onBehalfOf(actor), actor, vietnamDay(clock.now()));
    if (!place) throw new Refusal('not-signed-in');
    return {
      id: actor.personId,
      fullName: actor.fullName,
      agency: place.agency,
      unit: place.unit,
      post: place.post,
      roles: [...actor.roles],
      permissions: [...actor.permissions],
      clearance: actor.clearance,
      site: options.site,
      largestFile: options.largestFile,
      passwordIsGiven,
      signedInUntil: until.toISOString(),
    };
  }

  return [
    counter({
      line: identityLines.signIn,
      access: 'anyone',
      audit: { event: 'sign-in.done' },
      rate: 'sign-in',
      async handle({ who, body, header, setCookie }) {
        const { secret, until, actor, passwordIsGiven } = await identity.signIn(
          who,
          body.name,
          body.password,
          header('user-agent') ?? '',
        );
        setCookie(cookieName, secret);
        return meOf(actor, until, passwordIsGiven);
      },
    }),
    counter({
      line: identityLines.signOut,
      access: 'signed-in',
      audit: { event: 'sign-out.done' },
      rate: 'write',
      async handle({ who, setCookie }) {
        await identity.signOut(who);
        setCookie(cookieName, null);
        return undefined;
      },
    }),
    counter({
      line: identityLines.me,
      access: 'signed-in',
      audit: { none: 'a person’s own name and rights' },
      rate: 'read',
      handle: ({ actor, signedInUntil, passwordIsGiven }) => meOf(actor, signedInUntil, passwordIsGiven),
    }),
    counter({
      line: identityLines.firstStart,
      access: 'anyone',
      audit: { none: 'one yes or no about an empty house' },
      rate: 'sign-in',
      handle: async () => ({ needed: await office.firstStartNeeded() }),
    }),
    counter({
      line: identityLines.firstAdministrator,
      access: 'anyone',
      audit: { event: 'person.added' },
      rate: 'sign-in',
      handle: async ({ who, body }) => ({ personId: await office.firstAdministrator(who, body) }),
    }),
    counter({
      line: identityLines.directory,
      access: 'people.read',
      audit: { none: 'names of colleagues, as on the office’s own list' },
      rate: 'read',
      scope: 'upload',
      async handle({ actor }) {
        const today = vietnamDay(clock.now());
        const door = onBehalfOf(actor);
        return {
          units: await unitTree(door, actor.agencyId, today),
          persons: await people(door, actor.agencyId, today),
        };
      },
    }),
    counter({
      line: identityLines.tokens,
      access: 'signed-in',
      audit: { none: 'a person’s own tokens, without their secrets' },
      rate: 'read',
      handle: async ({ actor }) => ({ rows: await ownTokens(onBehalfOf(actor), actor.personId) }),
    }),
    counter({
      line: identityLines.newToken,
      access: 'signed-in',
      audit: { event: 'token.made' },
      rate: 'write',
      handle: ({ actor, who, body }) => identity.makeToken(who, actor.personId, body),
    }),
    counter({
      line: identityLines.revokeToken,
      access: 'signed-in',
      audit: { event: 'token.revoked' },
      rate: 'write',
      async handle({ who, params }) {
        await identity.revokeToken(who, params.id);
        return undefined;
      },
    }),
    counter({
      line: identityLines.signInForToken,
      access: 'anyone',
      audit: { event: 'token.made' },
      rate: 'sign-in',
      handle: ({ who, body }) => identity.makeTokenByPassword(who, body),
    }),
  ];
}
