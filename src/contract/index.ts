import { auditLines } from './audit.ts';
import { identityLines } from './identity.ts';
import { intakeLines } from './intake.ts';
import { peopleLines } from './people.ts';
import { readingRoomLines } from './reading-room.ts';
import { registryLines } from './registry.ts';
import { searchLines } from './search.ts';
import { systemLines } from './system.ts';

/** Every line of the contract, by department. */
export const contract = {
  identity: identityLines,
  people: peopleLines,
  intake: intakeLines,
  registry: registryLines,
  search: searchLines,
  readingRoom: readingRoomLines,
  audit: auditLines,
  system: systemLines,
} as const;
