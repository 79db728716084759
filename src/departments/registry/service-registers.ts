import type { RegisterRow } from '../../contract/registers.ts';
import type { Direction } from '../../contract/shapes.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Requester } from '../../kernel/event.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { registerChanged, registerSetUp } from './events.ts';
import { maySetTo, wrongKind, type BookSetting } from './rules-registers.ts';
import type { RegistryPorts } from './service.ts';
import { changeBook, contentOf, heldBookById, insertBook } from './store-registers.ts';

export type Registers = ReturnType<typeof createRegisters>;

/** The legal books, set up before the year begins or an office moves in. A book that has allocated stays as it is. */
export function createRegisters(
  ports: Pick<RegistryPorts, 'database' | 'audit' | 'clock'> & {
    readonly view: (actor: Actor, registerId: string) => Promise<RegisterRow>;
  },
) {
  const { database, audit, clock } = ports;

  function check(direction: Direction, setting: BookSetting): void {
    if (wrongKind(direction, setting.kind))
      throw new Refusal('bad-request', {}, [{ path: 'kind', problem: 'incoming-only' }]);
  }

  async function setUp(
    who: Requester,
    actor: Actor,
    wish: BookSetting & { readonly direction: Direction; readonly year: number },
  ): Promise<RegisterRow> {
    const { direction, year, ...setting } = wish;
    check(direction, setting);
    const id = await database.transaction(async (tx) => {
      const about = { agencyId: actor.agencyId, direction, year, setting, at: clock.now(), by: actor.personId };
      const made = await insertBook(tx, about);
      // It is there already: whoever sees it changes it, with a reason.
      if (made === undefined) throw new Refusal('conflict');
      await audit.tell(tx, who, registerSetUp(made, direction, year, setting));
      return made;
    });
    return ports.view(actor, id);
  }

  async function change(
    who: Requester,
    actor: Actor,
    id: string,
    wish: BookSetting & { readonly reason: string },
  ): Promise<RegisterRow> {
    const { reason, ...setting } = wish;
    await database.transaction(async (tx) => {
      const book = await heldBookById(tx, actor.agencyId, id);
      if (!book) throw new Refusal('not-found');
      check(book.direction, setting);
      if (!maySetTo(setting, await contentOf(tx, id))) throw new Refusal('register-in-use');
      await changeBook(tx, book, setting, { at: clock.now(), by: actor.personId, reason });
      await audit.tell(tx, who, registerChanged(id, book, setting));
    });
    return ports.view(actor, id);
  }

  return { setUp, change };
}
