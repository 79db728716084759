/**
 * Dossiers: the yearly plan, and the folder of each matter, opened, filled and closed. A document has one home dossier,
 * whose retention rules it, and may be linked into others. A dossier shows each reader the documents that one may know.
 */
export { createDossiers, type DossierPorts } from './service.ts';
export { createDossierItems } from './service-items.ts';
export { createFilePlan } from './service-plan.ts';
export { createDocumentLists } from './service-list.ts';
export { dossierCounters } from './routes.ts';
export { openDossiersOf } from './store.ts';
export type { DocumentList, DocumentListRow, Printing } from './ports.ts';
