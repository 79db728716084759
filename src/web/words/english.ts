import enAudit from './en/audit.json' with { type: 'json' };
import enCommon from './en/everywhere.json' with { type: 'json' };
import enCorrespondents from './en/correspondents.json' with { type: 'json' };
import enDossiers from './en/dossiers.json' with { type: 'json' };
import enRegisters from './en/registers.json' with { type: 'json' };
import enHome from './en/home.json' with { type: 'json' };
import enIntake from './en/intake.json' with { type: 'json' };
import enPeople from './en/people.json' with { type: 'json' };
import enPeopleLoad from './en/people-load.json' with { type: 'json' };
import enRecord from './en/record.json' with { type: 'json' };
import enSearch from './en/search.json' with { type: 'json' };
import enSignIn from './en/sign-in.json' with { type: 'json' };
import enSystem from './en/system.json' with { type: 'json' };
import enTokens from './en/tokens.json' with { type: 'json' };
import enWithheld from './en/withheld.json' with { type: 'json' };

/** Loaded when somebody chooses it: most never do, and the first screen need not wait for it. */
export const en = {
  common: enCommon,
  'sign-in': enSignIn,
  home: enHome,
  registers: enRegisters,
  correspondents: enCorrespondents,
  intake: enIntake,
  search: enSearch,
  record: enRecord,
  dossiers: enDossiers,
  audit: enAudit,
  system: enSystem,
  tokens: enTokens,
  withheld: enWithheld,
  people: enPeople,
  'people-load': enPeopleLoad,
};
