import { peopleLines, type PersonView } from '../../src/contract/people.ts';
import type { TestHouse } from '../support/house.ts';
import type { Visitor } from '../support/visitor.ts';

export const reason = 'Theo quyết định số 12/QĐ-TCCB';

export interface Newcomer {
  readonly id: string;
  readonly loginName: string;
  readonly password: string;
  readonly waits: readonly string[];
}

/** People whom the administrator brings in, each with a name of their own. */
export function newcomers(house: TestHouse, administrator: Visitor) {
  let made = 0;
  return async (
    roles: readonly PersonView['roles'][number][] = ['staff'],
    unit: keyof TestHouse['units'] | null = 'finance',
  ): Promise<Newcomer> => {
    made += 1;
    const loginName = `nguoi.moi.${String(made)}`;
    const fullName = `Người Mới Thứ ${String(made)}`;
    const { personId, password, waits } = await administrator.ask(peopleLines.addPerson, {
      body: { loginName, fullName, roles: [...roles], unitId: unit && house.units[unit], reason },
    });
    return { id: personId, loginName, password, waits };
  };
}
