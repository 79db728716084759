import viAudit from './vi/audit.json' with { type: 'json' };
import viCorrespondents from './vi/correspondents.json' with { type: 'json' };
import viDossiers from './vi/dossiers.json' with { type: 'json' };
import viIntake from './vi/intake.json' with { type: 'json' };
import viPeopleLoad from './vi/people-load.json' with { type: 'json' };
import viRecord from './vi/record.json' with { type: 'json' };
import viRegisters from './vi/registers.json' with { type: 'json' };
import viSearch from './vi/search.json' with { type: 'json' };
import viTokens from './vi/tokens.json' with { type: 'json' };
import viWithheld from './vi/withheld.json' with { type: 'json' };

/** Words of the rooms that are not on the first screen (words/index.ts, `fetchRoomWords`). */
export const roomWords = {
  audit: viAudit,
  correspondents: viCorrespondents,
  dossiers: viDossiers,
  intake: viIntake,
  'people-load': viPeopleLoad,
  record: viRecord,
  registers: viRegisters,
  search: viSearch,
  tokens: viTokens,
  withheld: viWithheld,
};
