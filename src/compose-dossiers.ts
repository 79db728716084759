import {
  createDocumentLists,
  createDossierItems,
  createDossiers,
  createFilePlan,
  dossierCounters,
  type DossierPorts,
} from './departments/dossiers/index.ts';
import { createFiling } from './departments/registry/index.ts';
import { documentList } from './platform/printing/document-list.ts';

type FilingPorts = Parameters<typeof createFiling>[0];

/** The dossiers and the registry need each other: each is handed a function of the other's here, and imports none. */
export function composeDossiers(given: Omit<DossierPorts, 'setCode'> & Pick<FilingPorts, 'changed'>) {
  const { database, onBehalfOf, audit, clock, changed } = given;
  const ports: DossierPorts = { ...given, setCode: createFiling({ audit, clock, changed }).setDossier };
  const dossiers = createDossiers(ports);
  const items = createDossierItems(ports, dossiers);
  const plan = createFilePlan({ database, audit, clock, dossiers });
  const lists = createDocumentLists({ onBehalfOf, audit, clock, printing: { documentList } });
  return {
    filed: items.filed,
    joined: items.joined,
    counters: dossierCounters({ dossiers, items, plan, lists, onBehalfOf, audit, clock }),
  };
}
