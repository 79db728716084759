import type { TFunction } from 'i18next';
import type { AuditRow } from '../../../contract/audit.ts';
import { refusalCodes } from '../../../kernel/refusal.ts';

export type Words = TFunction<'audit'>;

/** The type of an event, as departments write it in their events.ts, and the key of its sentence. */
export const actionKeys = {
  'record.viewed': 'record-viewed',
  'content.viewed': 'content-viewed',
  'content.downloaded': 'content-downloaded',
  'picture.viewed': 'picture-viewed',
  'text.viewed': 'text-viewed',
  'copy.made': 'copy-made',
  'copy.given': 'copy-given',
  'copy.checked': 'copy-checked',
  'copies.listed': 'copies-listed',
  'record.history-viewed': 'record-history-viewed',
  'search.asked': 'search-asked',
  'tray.looked': 'tray-looked',
  'home.looked': 'home-looked',
  'access.refused': 'access-refused',
  'file.received': 'file-received',
  'file.refused': 'file-refused',
  'file.read': 'file-read',
  'file.recognised': 'file-recognised',
  'file.read-again': 'file-read-again',
  'secret.reported': 'secret-reported',
  'record.registered': 'record-registered',
  'record.corrected': 'record-corrected',
  'record.relabelled': 'record-relabelled',
  'record.frozen': 'record-frozen',
  'record.released': 'record-released',
  'release.asked': 'release-asked',
  'release.decided': 'release-decided',
  'withheld.looked': 'withheld-looked',
  'dossiers.looked': 'dossiers-looked',
  'dossier.viewed': 'dossier-viewed',
  'dossier.history-viewed': 'dossier-history-viewed',
  'dossier.list-given': 'dossier-list-given',
  'dossier.added': 'dossier-added',
  'dossier.opened': 'dossier-opened',
  'dossier.corrected': 'dossier-corrected',
  'dossier.closed': 'dossier-closed',
  'dossier.reopened': 'dossier-reopened',
  'dossier.record-put': 'dossier-record-put',
  'dossier.record-taken': 'dossier-record-taken',
  'dossier.record-placed': 'dossier-record-placed',
  'plan.heading-added': 'plan-heading-added',
  'plan.heading-renamed': 'plan-heading-renamed',
  'plan.heading-removed': 'plan-heading-removed',
  'plan.loaded': 'plan-loaded',
  'plan.taken-out': 'plan-taken-out',
  'record.file-added': 'record-file-added',
  'record.joined': 'record-joined',
  'register.set-up': 'register-set-up',
  'register.changed': 'register-changed',
  'register.looked': 'register-looked',
  'register.number-asked': 'register-number-asked',
  'correspondent.added': 'correspondent-added',
  'correspondent.changed': 'correspondent-changed',
  'correspondent.merged': 'correspondent-merged',
  'correspondents.loaded': 'correspondents-loaded',
  'correspondents.taken-out': 'correspondents-taken-out',
  'content.vaulted': 'content-vaulted',
  'content.damaged': 'content-damaged',
  'sign-in.done': 'sign-in-done',
  'sign-in.refused': 'sign-in-refused',
  'sign-out.done': 'sign-out-done',
  'token.made': 'token-made',
  'token.revoked': 'token-revoked',
  'person.added': 'person-added',
  'unit.added': 'unit-added',
  'appointment.made': 'appointment-made',
  'appointment.ended': 'appointment-ended',
  'role.given': 'role-given',
  'role.ended': 'role-ended',
  'clearance.set': 'clearance-set',
  'people-change.asked': 'people-change-asked',
  'people-change.decided': 'people-change-decided',
  'password.issued': 'password-issued',
  'password.changed': 'password-changed',
  'sessions.ended': 'sessions-ended',
  'person.left': 'person-left',
  'unit.ended': 'unit-ended',
  'people.taken-out': 'people-taken-out',
  'agency.added': 'agency-added',
  'audit.looked': 'audit-looked',
  'audit.exported': 'audit-exported',
  'job.retried': 'job-retried',
} as const;
type Action = keyof typeof actionKeys;

/** As an auditor looks for them: what was read, what came in and changed, who came and went, what the house did. */
export const actionGroups = {
  reading: [
    'record.viewed',
    'content.viewed',
    'content.downloaded',
    'picture.viewed',
    'text.viewed',
    'copy.made',
    'copy.given',
    'record.history-viewed',
    'search.asked',
    'dossiers.looked',
    'dossier.viewed',
    'dossier.history-viewed',
    'dossier.list-given',
    'register.looked',
    'register.number-asked',
    'correspondents.taken-out',
  ],
  refused: ['access.refused', 'sign-in.refused', 'file.refused', 'secret.reported'],
  records: [
    'file.received',
    'record.registered',
    'record.corrected',
    'record.relabelled',
    'record.frozen',
    'record.released',
    'release.asked',
    'release.decided',
    'record.file-added',
    'record.joined',
    'register.set-up',
    'register.changed',
    'correspondent.added',
    'correspondent.changed',
    'correspondent.merged',
    'correspondents.loaded',
    'file.read-again',
  ],
  dossiers: [
    'dossier.added',
    'dossier.opened',
    'dossier.corrected',
    'dossier.closed',
    'dossier.reopened',
    'dossier.record-put',
    'dossier.record-taken',
    'dossier.record-placed',
    'plan.heading-added',
    'plan.heading-renamed',
    'plan.heading-removed',
    'plan.loaded',
    'plan.taken-out',
  ],
  people: [
    'sign-in.done',
    'sign-out.done',
    'token.made',
    'token.revoked',
    'person.added',
    'unit.added',
    'appointment.made',
    'appointment.ended',
    'role.given',
    'role.ended',
    'clearance.set',
    'people-change.asked',
    'people-change.decided',
    'password.issued',
    'password.changed',
    'sessions.ended',
    'person.left',
    'unit.ended',
    'people.taken-out',
    'agency.added',
  ],
  house: [
    'file.read',
    'file.recognised',
    'content.vaulted',
    'content.damaged',
    'tray.looked',
    'home.looked',
    'withheld.looked',
    'audit.looked',
    'audit.exported',
    'copies.listed',
    'copy.checked',
    'job.retried',
  ],
} as const satisfies Record<string, readonly Action[]>;

/** Events after which a person knows what stands in a document. */
export const readingActions: ReadonlySet<string> = new Set<Action>([
  'record.viewed',
  'content.viewed',
  'content.downloaded',
  'picture.viewed',
  'text.viewed',
  'copy.given',
]);

const isAction = (type: string): type is Action => type in actionKeys;

export function actionWord(t: Words, type: string): string {
  return isAction(type) ? t(`action.${actionKeys[type]}`) : type;
}

const rules = [
  'other-agency',
  'frozen',
  'joined',
  'clearance',
  'need-to-know',
  'permission',
  'state',
  'reader',
  'password',
  'throttled',
] as const;

/** What a document is called in the log. */
export function recordWord(t: Words, { reference, arrivalNumber }: NonNullable<AuditRow['record']>): string {
  return reference ?? (arrivalNumber === null ? t('table.noNumber') : t('table.arrival', { number: arrivalNumber }));
}

/** The rule that decided, as a sentence. */
export function reasonWord(t: Words, reason: string): string {
  const rule = rules.find((one) => one === reason);
  if (rule !== undefined) return t(`rule.${rule}`);
  const code = refusalCodes.find((one) => one === reason);
  return code === undefined ? reason : t(`refusal.${code}`);
}

const ways = ['session', 'token', 'command', 'worker', 'first-start', 'anonymous'] as const;

export function viaWord(t: Words, via: string): string {
  const way = ways.find((one) => one === via);
  return way === undefined ? via : t(`via.${way}`);
}

const factNames = [
  'page',
  'pages',
  'from',
  'to',
  'until',
  'action',
  'outcome',
  'address',
  'reference',
  'personId',
  'recordId',
  'filters',
  'rows',
  'shown',
  'degraded',
  'digest',
  'size',
  'format',
  'problem',
  'route',
  'tried',
  'direction',
  'year',
  'number',
  'fields',
  'before',
  'after',
  'token',
  'scopes',
  'days',
  'roles',
  'clearance',
  'unit',
  'agency',
  'job',
  'post',
  'role',
  'change',
  'what',
  'confirmed',
  'sessions',
  'tokens',
  'successor',
  'moved',
  'dossier',
  'dossiers',
  'heading',
  'headings',
  'form',
  'as',
  'copy',
  'purpose',
] as const;

export function factWord(t: Words, name: string): string {
  const known = factNames.find((one) => one === name);
  return known === undefined ? name : t(`fact.${known}`);
}
