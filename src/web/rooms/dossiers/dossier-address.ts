import { addressOf } from '../addresses.ts';

/** What the room shows, as it stands in the address beside the dossier that is chosen. */
export type View = 'mine' | 'plan';
export type Section = 'documents' | 'fields' | 'history';

const views: Readonly<Record<View, string>> = { mine: 'cua-toi', plan: 'danh-muc' };
export const sections: Readonly<Record<Section, string>> = {
  documents: 'van-ban',
  fields: 'thong-tin',
  history: 'lich-su',
};

function named<Name extends string>(names: Readonly<Record<Name, string>>, said: string | null): Name | undefined {
  return (Object.keys(names) as Name[]).find((name) => names[name] === said);
}

export interface Asked {
  readonly view: View | undefined;
  readonly year: number | undefined;
  readonly section: Section;
}

/** What the address says, without what the contract would refuse. */
export function askedOf(address: URLSearchParams): Asked {
  const year = Number(address.get('nam') ?? '');
  return {
    view: named(views, address.get('xem')),
    year: Number.isInteger(year) && year >= 1900 && year <= 2200 ? year : undefined,
    section: named(sections, address.get('muc')) ?? 'documents',
  };
}

/** The address of a dossier, or of none, under the same list. */
export function dossierAddress(id: string | null, asked: Partial<Asked>): string {
  const address = new URLSearchParams();
  if (asked.view !== undefined) address.set('xem', views[asked.view]);
  if (asked.year !== undefined) address.set('nam', String(asked.year));
  if (asked.section !== undefined && asked.section !== 'documents') address.set('muc', sections[asked.section]);
  const said = address.toString();
  return `${id === null ? addressOf.dossiers : addressOf.dossier(id)}${said === '' ? '' : `?${said}`}`;
}
