import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { AuditLog } from '../audit/index.ts';
import { passwordChanged, sessionsEnded, signInRefused } from './events.ts';
import { passwordProblem } from './rules.ts';
import { hashPassword, passwordMatches } from './service-passwords.ts';
import type { Database } from './service.ts';
import { endSessions, setPassword } from './store-people.ts';

export type Account = ReturnType<typeof createAccount>;

/** What is a person's own: their password and the places they are signed in. */
export function createAccount(options: {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly clock: Clock;
}) {
  const { database, audit, clock } = options;

  /** Refuses with the field: `current` is `wrong`; `next` is `same`, or too weak. Other sessions end. */
  async function changePassword(who: Requester, actor: Actor, wish: { current: string; next: string }): Promise<void> {
    const kept = await database.transaction((tx) =>
      tx.query<{ name: string; hash: string }>(
        'select p.login_name as name, w.hash from person p join person_password w on w.person_id = p.id where p.id = $1',
        [actor.personId],
      ),
    );
    if (!(await passwordMatches(kept[0]?.hash, wish.current))) {
      await audit.tellDurably(who, signInRefused(actor.personId, 'password'));
      throw new Refusal('bad-request', {}, [{ path: 'current', problem: 'wrong' }]);
    }
    if (wish.next === wish.current) throw new Refusal('bad-request', {}, [{ path: 'next', problem: 'same' }]);
    const problem = passwordProblem(wish.next, { name: kept[0]?.name ?? '', fullName: actor.fullName });
    if (problem) throw new Refusal('password-too-weak', { problem }, [{ path: 'next', problem }]);
    const hash = await hashPassword(wish.next);
    await database.transaction(async (tx) => {
      await setPassword(tx, actor.personId, hash, clock.now(), false);
      await endSessions(tx, actor.personId, clock.now(), actor.sessionId);
      await audit.tell(tx, who, passwordChanged(actor.personId));
    });
  }

  async function endOwnSession(who: Requester, actor: Actor, sessionId: string): Promise<void> {
    await database.transaction(async (tx) => {
      const [ended] = await tx.query<{ id: string }>(
        'update session set ended_at = $3 where id = $1 and person_id = $2 and ended_at is null returning id',
        [sessionId, actor.personId, clock.now()],
      );
      if (!ended) throw new Refusal('not-found');
      await audit.tell(tx, who, sessionsEnded(actor.personId, 1));
    });
  }

  return { changePassword, endOwnSession };
}
