/**
 * Who may do what kind of thing. Whether a person may do it to *this* record is answered by the
 * classification department; a permission only opens the door of a room.
 */
export const roles = [
  'clerk',
  'staff',
  'leader',
  'records-officer',
  'auditor',
  'administrator',
  'security-officer',
] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  'document.upload',
  'document.register',
  'document.search',
  'document.view',
  'document.download',
  'document.original',
  'document.history',
  'document.relabel',
  'copy.read',
  'register.keep',
  'correspondent.keep',
  'dossier.read',
  'dossier.keep',
  'dossier.plan',
  'audit.read',
  'audit.export',
  'system.health',
  'system.jobs',
  'people.read',
  'people.records',
  'people.manage',
  'people.confirm',
  'clearance.manage',
  'secrecy.manage',
  'secrecy.confirm',
] as const;
export type Permission = (typeof permissions)[number];

/** Whoever does the work keeps its dossier (Nghị định 30/2020, Điều 29); which one, the dossier itself says. */
const reader: readonly Permission[] = [
  'document.search',
  'document.view',
  'document.download',
  'dossier.read',
  'dossier.keep',
];
/** What the desk does with a document and its book. */
const desk: readonly Permission[] = [
  ...reader,
  // The bytes that came in, above Công khai too: others get copies with their name.
  'document.original',
  'document.upload',
  'document.register',
  'document.history',
  'document.relabel',
  'register.keep',
  'correspondent.keep',
  'people.read',
];

export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  clerk: desk,
  staff: reader,
  leader: [...reader, 'document.history', 'people.read'],
  'records-officer': [...desk, 'copy.read', 'dossier.plan'],
  auditor: ['audit.read', 'audit.export', 'copy.read', 'people.read'],
  administrator: [
    'system.health',
    'system.jobs',
    'people.read',
    'people.records',
    'people.manage',
    'people.confirm',
    'secrecy.confirm',
  ],
  'security-officer': [
    'people.read',
    'people.records',
    'clearance.manage',
    'people.confirm',
    'secrecy.manage',
    'secrecy.confirm',
  ],
};

/**
 * Duties that one person may not hold together: who watches may not be watched by himself, and who
 * runs the machine may not read what lies in it.
 */
export const incompatibleRoles: readonly (readonly [Role, Role])[] = [
  ['auditor', 'administrator'],
  ['auditor', 'clerk'],
  ['auditor', 'records-officer'],
  ['auditor', 'security-officer'],
  ['auditor', 'leader'],
  ['auditor', 'staff'],
  ['administrator', 'clerk'],
  ['administrator', 'staff'],
  ['administrator', 'leader'],
  ['administrator', 'records-officer'],
  ['administrator', 'security-officer'],
];

export function clashingRoles(held: Iterable<Role>): (readonly [Role, Role])[] {
  const all = new Set(held);
  return incompatibleRoles.filter(([one, other]) => all.has(one) && all.has(other));
}

export function grantedPermissions(held: Iterable<Role>): ReadonlySet<Permission> {
  return new Set([...held].flatMap((role) => permissionsOf[role]));
}
