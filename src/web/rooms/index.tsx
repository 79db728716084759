import {
  IconFolder,
  IconHeartRateMonitor,
  IconHome,
  IconInbox,
  IconKey,
  IconNotebook,
  IconSearch,
  IconShield,
  IconShieldExclamation,
  IconUsers,
  type Icon,
} from '@tabler/icons-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Permission } from '../../kernel/permissions.ts';
import { fetchRoomWords } from '../words/index.ts';
import { addressOf, correspondentsAddress, peopleAddress, registersAddress } from './addresses.ts';

export type RoomName =
  | 'home'
  | 'intake'
  | 'registration'
  | 'paper'
  | 'registers'
  | 'register'
  | 'correspondents'
  | 'correspondents-load'
  | 'correspondent'
  | 'search'
  | 'record'
  | 'dossiers'
  | 'plan-load'
  | 'dossier'
  | 'audit'
  | 'people'
  | 'people-changes'
  | 'units'
  | 'people-load'
  | 'withheld'
  | 'person'
  | 'system'
  | 'tokens'
  | 'account';

export interface Room {
  readonly name: RoomName;
  readonly path: string;
  /** The letter after `g`. */
  readonly letter?: string;
  /** Rooms with an icon stand on the rail. */
  readonly icon?: Icon;
  /** What a person must be allowed before the door opens; `null` for everybody. */
  readonly permission: Permission | null;
  /** A desk that needs the width: the rail shows its icons only. */
  readonly narrowRail?: true;
  /** The room on the rail that it belongs to, where its address does not say so. */
  readonly within?: RoomName;
  readonly Element: LazyExoticComponent<ComponentType>;
}

const home = lazy(async () => ({ default: (await import('./home/home-room.tsx')).HomeRoom }));
/** Any other room brings the words of the rooms with it. */
const entered = (load: () => Promise<ComponentType>) =>
  lazy(async () => {
    const [Element] = await Promise.all([load(), fetchRoomWords()]);
    return { default: Element };
  });
const intake = entered(async () => (await import('./intake/intake-room.tsx')).IntakeRoom);
const registration = entered(async () => (await import('./intake/registration-room.tsx')).RegistrationRoom);
const paper = entered(async () => (await import('./intake/paper-room.tsx')).PaperRoom);
const registers = entered(async () => (await import('./registers/registers-room.tsx')).RegistersRoom);
const correspondents = entered(
  async () => (await import('./correspondents/correspondents-room.tsx')).CorrespondentsRoom,
);
const search = entered(async () => (await import('./search/search-room.tsx')).SearchRoom);
const record = entered(async () => (await import('./record/record-room.tsx')).RecordRoom);
const dossiers = entered(async () => (await import('./dossiers/dossiers-room.tsx')).DossiersRoom);
const planLoad = entered(async () => (await import('./dossiers/plan-load.tsx')).PlanLoad);
const audit = entered(async () => (await import('./audit/audit-room.tsx')).AuditRoom);
const people = entered(async () => (await import('./people/people-room.tsx')).PeopleRoom);
const withheld = entered(async () => (await import('./withheld/withheld-room.tsx')).WithheldRoom);
const account = entered(async () => (await import('./account/account-room.tsx')).AccountRoom);
const system = entered(async () => (await import('./system/system-room.tsx')).SystemRoom);
const tokens = entered(async () => (await import('./tokens/tokens-room.tsx')).TokensRoom);

/** Every room of the house and who may enter; the rail, the keys and the addresses are all read from here. */
export const rooms: readonly Room[] = [
  { name: 'home', path: '/', letter: 'b', icon: IconHome, permission: null, Element: home },
  {
    name: 'intake',
    path: '/tiep-nhan',
    letter: 't',
    icon: IconInbox,
    permission: 'document.upload',
    Element: intake,
  },
  // Before the next: its address would be taken for a record's.
  { name: 'paper', path: addressOf.paper, permission: 'document.register', narrowRail: true, Element: paper },
  {
    name: 'registration',
    path: '/tiep-nhan/:recordId',
    permission: 'document.register',
    narrowRail: true,
    Element: registration,
  },
  {
    name: 'registers',
    path: registersAddress,
    letter: 's',
    icon: IconNotebook,
    permission: 'register.keep',
    narrowRail: true,
    Element: registers,
  },
  {
    name: 'register',
    path: addressOf.register(':id'),
    permission: 'register.keep',
    narrowRail: true,
    Element: registers,
  },
  // Reached from the registers, where the same names stand.
  {
    name: 'correspondents',
    path: correspondentsAddress.list,
    letter: 'o',
    permission: 'correspondent.keep',
    within: 'registers',
    Element: correspondents,
  },
  {
    name: 'correspondents-load',
    path: correspondentsAddress.load,
    permission: 'correspondent.keep',
    within: 'registers',
    Element: correspondents,
  },
  {
    name: 'correspondent',
    path: addressOf.correspondent(':id'),
    permission: 'correspondent.keep',
    within: 'registers',
    Element: correspondents,
  },
  { name: 'search', path: '/tra-cuu', letter: 'c', icon: IconSearch, permission: 'document.search', Element: search },
  {
    name: 'record',
    path: '/van-ban/:id',
    permission: 'document.view',
    narrowRail: true,
    within: 'search',
    Element: record,
  },
  {
    name: 'dossiers',
    path: addressOf.dossiers,
    letter: 'h',
    icon: IconFolder,
    permission: 'dossier.read',
    narrowRail: true,
    Element: dossiers,
  },
  { name: 'plan-load', path: addressOf.planLoad, permission: 'dossier.plan', narrowRail: true, Element: planLoad },
  { name: 'dossier', path: '/ho-so/:id', permission: 'dossier.read', narrowRail: true, Element: dossiers },
  { name: 'audit', path: '/nhat-ky', letter: 'n', icon: IconShield, permission: 'audit.read', Element: audit },
  {
    name: 'people',
    path: peopleAddress.people,
    letter: 'q',
    icon: IconUsers,
    permission: 'people.records',
    Element: people,
  },
  // One room with parts of its own: the same element stays while the address goes from part to part.
  { name: 'people-changes', path: peopleAddress.changes, permission: 'people.records', Element: people },
  { name: 'units', path: peopleAddress.units, permission: 'people.records', Element: people },
  { name: 'people-load', path: peopleAddress.load, permission: 'people.manage', Element: people },
  { name: 'person', path: '/nguoi/:id', permission: 'people.records', Element: people },
  {
    name: 'withheld',
    path: addressOf.withheld,
    letter: 'd',
    icon: IconShieldExclamation,
    permission: 'secrecy.confirm',
    Element: withheld,
  },
  {
    name: 'system',
    path: addressOf.system,
    letter: 'v',
    icon: IconHeartRateMonitor,
    permission: 'system.health',
    Element: system,
  },
  { name: 'tokens', path: '/ma-truy-cap', letter: 'm', icon: IconKey, permission: null, Element: tokens },
  // Reached from the person's own menu at the foot of the rail.
  { name: 'account', path: addressOf.account, letter: 'k', permission: null, Element: account },
];
