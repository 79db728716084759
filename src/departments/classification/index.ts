/**
 * Classification answers one question, "may this person do this to this record?", and nobody else does. Levels,
 * clearances and need-to-know live here; the other departments ask.
 */
export {
  decide,
  mayBeKept,
  mayKnow,
  opensToAll,
  readersFor,
  readersOf,
  type Decision,
  type RecordAction,
  type Subject,
} from './rules.ts';
export { linesOfWords, secrecyMarkOn, type HeadLine, type SecrecyMark } from './rules-marks.ts';
export { mayKnowDossier, type DossierSubject } from './rules-dossiers.ts';
export {
  knowableCondition,
  knowableDossierCondition,
  knowableDossierParameters,
  knowableParameters,
} from './queries.ts';
export { labelRecord, loadSubject, readersStandingNow, subjectColumn } from './store.ts';
