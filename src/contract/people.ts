import { z } from 'zod';
import { line } from './line.ts';
import { day, id, moment, neededText, personRef, role, text, unitRef, wholeNumber } from './shapes.ts';

/** People, units and what they may, as administrators and security officers keep them. Nothing of it is overwritten. */

export const post = z.enum(['ministry-leader', 'chief-of-office', 'unit-leader', 'unit-clerk', 'officer']);
export type Post = z.infer<typeof post>;

/** Ranks a person can be cleared for here; a networked install keeps no state secrets. */
export const clearanceRank = z.literal([0, 1, 2]);
const reason = neededText(500);
/** From this day on; the day after the last one, or null while it holds. */
const dated = z.object({ from: day, until: day.nullable() });
/** Who gave it and why; null when it was given at the first start or by a load of many. */
const given = z.object({ by: personRef.nullable(), reason: z.string() });
/** Who ended it and why; null while it holds, and where nobody said. */
const ended = given.nullable();

export const personRow = z.object({
  id,
  loginName: z.string(),
  fullName: z.string(),
  unit: unitRef.nullable(),
  post: post.nullable(),
  roles: z.array(role),
  clearance: clearanceRank.or(z.literal([3, 4, 5])),
  /** left: holds no role and no post today; nobody is ever removed. */
  state: z.enum(['here', 'left']),
  /** Changes that wait for a second person. */
  waiting: z.number().int(),
  lastSeenAt: moment.nullable(),
});
export type PersonRow = z.infer<typeof personRow>;

/** A change that needs two persons: asked for by one, and nothing until another has confirmed it. */
export const peopleChange = z.object({
  id,
  person: personRef,
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('role'), role }),
    z.object({ kind: z.literal('clearance'), from: clearanceRank, to: clearanceRank }),
  ]),
  reason: z.string(),
  askedBy: personRef,
  askedAt: moment,
  /** Whether the one who looks may decide it: never who asked, never whom it is about. */
  mayDecide: z.boolean(),
  /** Who asked may take it back, by declining. */
  mayWithdraw: z.boolean(),
});
export type PeopleChange = z.infer<typeof peopleChange>;

export const session = z.object({
  id,
  address: z.string(),
  userAgent: z.string(),
  startedAt: moment,
  lastSeenAt: moment,
  expiresAt: moment,
  /** The one that asks. */
  own: z.boolean(),
});
export type Session = z.infer<typeof session>;

export const personView = personRow.extend({
  createdAt: moment,
  appointments: z.array(dated.extend({ id, unit: unitRef, post, given, ended })),
  roleHistory: z.array(dated.extend({ id, role, given, ended })),
  clearanceHistory: z.array(dated.extend({ id, rank: clearanceRank.or(z.literal([3, 4, 5])), given })),
  changes: z.array(peopleChange),
  sessions: z.array(session.omit({ own: true })),
  tokens: z.number().int(),
  /** What stays when the person goes, for somebody else to take over. */
  leavesBehind: z.object({
    /** Documents they brought in that nobody has registered. */
    drafts: z.number().int(),
    /** Dossiers they keep that are not closed: handed over before anybody leaves (Nghị định 30/2020, Điều 31(3)). */
    dossiers: z.number().int(),
    tokens: z.number().int(),
    sessions: z.number().int(),
    /** Roles nobody else holds. */
    lastHolderOf: z.array(role),
  }),
});
export type PersonView = z.infer<typeof personView>;

export const unitRow = unitRef.extend({
  nameEn: z.string().nullable(),
  parentId: id.nullable(),
  successorId: id.nullable(),
  from: day,
  until: day.nullable(),
  /** People with a post in it today. */
  people: z.number().int(),
});
export type UnitRow = z.infer<typeof unitRow>;

/** A cell of a table as it was typed; what it means is said by the load. */
const cell = z.string().max(500).default('');

/** Rows of the two tables that load units and people, as the columns of the spreadsheet are called. */
export const unitCells = z.strictObject({ symbol: cell, name: cell, nameEn: cell, parent: cell });
export const personCells = z.strictObject({
  loginName: cell,
  fullName: cell,
  unit: cell,
  post: cell,
  /** Codes or Vietnamese words, separated by semicolons. */
  roles: cell,
  /** 0 to 2, or Công khai, Nội bộ, Có điều kiện. */
  clearance: cell,
});
export type UnitCells = z.infer<typeof unitCells>;
export type PersonCells = z.infer<typeof personCells>;

export const loadProblem = z.object({
  table: z.enum(['units', 'people']),
  /** From 1, without the heading. */
  row: z.number().int(),
  column: z.string(),
  problem: z.enum([
    'needed',
    'too-long',
    'twice',
    'unknown-unit',
    'unknown-post',
    'unknown-role',
    'not-a-rank',
    'clash',
    'needs-leader-role',
  ]),
});
export type LoadProblem = z.infer<typeof loadProblem>;

/** Shown this once; the person changes it at their first sign-in. */
const onePassword = z.object({ password: z.string() });
/** waits: a second person must confirm it first. */
const outcome = z.object({ waits: z.boolean() });

export const peopleLines = {
  people: line({
    method: 'GET',
    path: '/api/people',
    title: { vi: 'Người trong cơ quan', en: 'People of the agency' },
    query: z.strictObject({
      q: text(100).default(''),
      unit: id.optional(),
      state: z.enum(['here', 'left', 'all']).default('here'),
      after: z.string().max(300).optional(),
      limit: wholeNumber.min(1).max(100).default(50),
    }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({ rows: z.array(personRow), next: z.string().nullable(), here: z.number().int() }),
    },
  }),
  person: line({
    method: 'GET',
    path: '/api/people/:id',
    title: { vi: 'Một người', en: 'One person' },
    params: z.strictObject({ id }),
    reply: { kind: 'json', status: 200, schema: personView },
  }),
  addPerson: line({
    method: 'POST',
    path: '/api/people',
    title: { vi: 'Thêm người', en: 'Add a person' },
    body: z.strictObject({
      loginName: neededText(100),
      fullName: neededText(50),
      roles: z.array(role).min(1),
      /** Higher ones are given by the security officer afterwards. */
      clearance: z.literal([0, 1]).default(1),
      unitId: id.nullable(),
      post: post.default('officer'),
      reason,
    }),
    reply: { kind: 'json', status: 201, schema: onePassword.extend({ personId: id, waits: z.array(role) }) },
  }),
  appoint: line({
    method: 'POST',
    path: '/api/people/:id/appointments',
    title: { vi: 'Giao chức danh ở đơn vị', en: 'Appoint to a unit' },
    params: z.strictObject({ id }),
    /** `instead`: the posts held today end with it. */
    body: z.strictObject({ unitId: id, post, instead: z.boolean().default(true), reason }),
    reply: { kind: 'none' },
  }),
  /** One of several; the others go on. */
  endAppointment: line({
    method: 'POST',
    path: '/api/people/:id/appointments/:appointmentId/ended',
    title: { vi: 'Thôi một chức danh', en: 'End a post' },
    params: z.strictObject({ id, appointmentId: id }),
    body: z.strictObject({ reason }),
    reply: { kind: 'none' },
  }),
  giveRole: line({
    method: 'POST',
    path: '/api/people/:id/roles',
    title: { vi: 'Giao vai trò', en: 'Give a role' },
    params: z.strictObject({ id }),
    body: z.strictObject({ role, reason }),
    reply: { kind: 'json', status: 200, schema: outcome },
  }),
  endRole: line({
    method: 'POST',
    path: '/api/people/:id/roles/ended',
    title: { vi: 'Thôi vai trò', en: 'End a role' },
    params: z.strictObject({ id }),
    body: z.strictObject({ role, reason }),
    reply: { kind: 'none' },
  }),
  setClearance: line({
    method: 'POST',
    path: '/api/people/:id/clearance',
    title: { vi: 'Đặt quyền xem', en: 'Set a clearance' },
    params: z.strictObject({ id }),
    body: z.strictObject({ rank: clearanceRank, reason }),
    reply: { kind: 'json', status: 200, schema: outcome },
  }),
  resetPassword: line({
    method: 'POST',
    path: '/api/people/:id/password',
    title: { vi: 'Cấp lại mật khẩu', en: 'Issue a new password' },
    params: z.strictObject({ id }),
    body: z.strictObject({ reason }),
    reply: { kind: 'json', status: 201, schema: onePassword },
  }),
  endSessions: line({
    method: 'POST',
    path: '/api/people/:id/sessions/ended',
    title: { vi: 'Ngắt mọi phiên của một người', en: 'End all sessions of a person' },
    params: z.strictObject({ id }),
    body: z.strictObject({ reason }),
    reply: { kind: 'none' },
  }),
  /** Roles, posts, clearance, sessions and access tokens end at once. */
  leave: line({
    method: 'POST',
    path: '/api/people/:id/leaving',
    title: { vi: 'Thôi việc', en: 'Leave' },
    params: z.strictObject({ id }),
    body: z.strictObject({ reason }),
    reply: { kind: 'json', status: 200, schema: personView.shape.leavesBehind },
  }),
  changes: line({
    method: 'GET',
    path: '/api/people-changes',
    title: { vi: 'Thay đổi chờ người thứ hai', en: 'Changes that wait for a second person' },
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(peopleChange) }) },
  }),
  decideChange: line({
    method: 'POST',
    path: '/api/people-changes/:id/decision',
    title: { vi: 'Xác nhận hoặc bác thay đổi', en: 'Confirm or decline a change' },
    params: z.strictObject({ id }),
    /** A decline says why; who asked may withdraw by declining. */
    body: z.strictObject({ confirm: z.boolean(), reason: text(500).default('') }),
    reply: { kind: 'none' },
  }),
  units: line({
    method: 'GET',
    path: '/api/units',
    title: { vi: 'Đơn vị, cả đơn vị đã thôi', en: 'Units, those that have ended too' },
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(unitRow) }) },
  }),
  addUnit: line({
    method: 'POST',
    path: '/api/units',
    title: { vi: 'Thêm đơn vị', en: 'Add a unit' },
    body: z.strictObject({
      symbol: neededText(20),
      name: neededText(200),
      nameEn: text(200).default(''),
      parentId: id.nullable(),
      reason,
    }),
    reply: { kind: 'json', status: 201, schema: z.object({ unitId: id }) },
  }),
  /** A unit is never renamed in place: it ends and gains a successor, to which its people and the reading of its records go. */
  endUnit: line({
    method: 'POST',
    path: '/api/units/:id/ending',
    title: { vi: 'Kết thúc đơn vị', en: 'End a unit' },
    params: z.strictObject({ id }),
    body: z.strictObject({ successorId: id.nullable(), reason }),
    reply: { kind: 'none' },
  }),
  /**
   * Units and people, many at once. Without `apply`, or with a wrong cell, nothing is written and every wrong cell is
   * named. What is there already (a unit by its symbol, a person by the login name) is left as it is.
   */
  load: line({
    method: 'POST',
    path: '/api/people-tables',
    title: { vi: 'Nạp đơn vị và người', en: 'Load units and people' },
    body: z.strictObject({
      units: z.array(unitCells).max(2_000),
      people: z.array(personCells).max(5_000),
      apply: z.boolean(),
      reason,
    }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        applied: z.boolean(),
        problems: z.array(loadProblem),
        units: z.object({ added: z.number().int(), there: z.number().int() }),
        people: z.object({ added: z.number().int(), there: z.number().int() }),
        /** Roles and clearances that wait for a second person. */
        waits: z.number().int(),
        /** Shown this once, in the order of the rows; empty until it is applied. */
        passwords: z.array(z.object({ loginName: z.string(), password: z.string() })),
      }),
    },
  }),
  /** The same two tables as they stand today: what was taken out loads again. */
  takeOut: line({
    method: 'GET',
    path: '/api/people-tables',
    title: { vi: 'Xuất đơn vị và người', en: 'Take out units and people' },
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({ units: z.array(unitCells), people: z.array(personCells) }),
    },
  }),
  ownSessions: line({
    method: 'GET',
    path: '/api/me/sessions',
    title: { vi: 'Phiên đăng nhập của tôi', en: 'My sessions' },
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(session) }) },
  }),
  endOwnSession: line({
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    title: { vi: 'Ngắt một phiên của tôi', en: 'End a session of mine' },
    params: z.strictObject({ id }),
    reply: { kind: 'none' },
  }),
  /** Ends every other session and leaves this one. */
  changePassword: line({
    method: 'POST',
    path: '/api/me/password',
    title: { vi: 'Đổi mật khẩu của tôi', en: 'Change my password' },
    body: z.strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) }),
    reply: { kind: 'none' },
  }),
};
