import { auditLines } from './audit.ts';
import { correspondentLines } from './correspondents.ts';
import { dossierLines } from './dossiers.ts';
import { identityLines } from './identity.ts';
import { intakeLines } from './intake.ts';
import { peopleLines } from './people.ts';
import { readingRoomLines } from './reading-room.ts';
import { registerLines } from './registers.ts';
import { registryLines } from './registry.ts';
import { searchLines } from './search.ts';
import { secrecyLines } from './secrecy.ts';
import { systemLines } from './system.ts';

/** Every line of the contract, by department. */
export const contract = {
  identity: identityLines,
  people: peopleLines,
  intake: intakeLines,
  registry: registryLines,
  registers: registerLines,
  correspondents: correspondentLines,
  dossiers: dossierLines,
  search: searchLines,
  secrecy: secrecyLines,
  readingRoom: readingRoomLines,
  audit: auditLines,
  system: systemLines,
} as const;
