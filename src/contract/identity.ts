import { z } from 'zod';
import { line } from './line.ts';
import { id, moment, neededText, rank, role, unitRef, personRef } from './shapes.ts';
import { permissions } from '../kernel/permissions.ts';

export const me = z.object({
  id,
  fullName: z.string(),
  agency: z.object({ id, name: z.string(), symbol: z.string() }),
  unit: unitRef.nullable(),
  post: z.string().nullable(),
  roles: z.array(role),
  permissions: z.array(z.enum(permissions)),
  clearance: rank,
  /** `networked`: độ mật is not offered and refused. */
  site: z.enum(['networked', 'isolated']),
  largestFile: z.number().int(),
  /** The password was made by somebody else: until it is changed, nothing else may be done. */
  passwordIsGiven: z.boolean(),
  signedInUntil: moment,
});
export type Me = z.infer<typeof me>;

export const accessToken = z.object({
  id,
  name: z.string(),
  scopes: z.array(z.enum(['upload', 'search'])),
  createdAt: moment,
  expiresAt: moment,
  lastUsedAt: moment.nullable(),
});

const password = z.string().min(1).max(200);

export const identityLines = {
  signIn: line({
    method: 'POST',
    path: '/api/sign-in',
    title: { vi: 'Đăng nhập', en: 'Sign in' },
    body: z.strictObject({ name: z.string().min(1).max(100), password }),
    reply: { kind: 'json', status: 200, schema: me },
  }),
  signOut: line({
    method: 'POST',
    path: '/api/sign-out',
    title: { vi: 'Đăng xuất', en: 'Sign out' },
    reply: { kind: 'none' },
  }),
  me: line({
    method: 'GET',
    path: '/api/me',
    title: { vi: 'Tôi là ai', en: 'Who am I' },
    reply: { kind: 'json', status: 200, schema: me },
  }),
  firstStart: line({
    method: 'GET',
    path: '/api/first-start',
    title: { vi: 'Đã có quản trị viên chưa', en: 'Is there an administrator yet' },
    reply: { kind: 'json', status: 200, schema: z.object({ needed: z.boolean() }) },
  }),
  firstAdministrator: line({
    method: 'POST',
    path: '/api/first-administrator',
    title: { vi: 'Lập quản trị viên đầu tiên', en: 'Create the first administrator' },
    body: z.strictObject({
      token: z.string().min(1).max(200),
      agencyName: neededText(200),
      agencyCode: neededText(35),
      agencySymbol: neededText(20),
      fullName: neededText(50),
      name: neededText(100),
      password,
    }),
    reply: { kind: 'json', status: 201, schema: z.object({ personId: id }) },
  }),
  directory: line({
    method: 'GET',
    path: '/api/directory',
    title: { vi: 'Đơn vị và người trong cơ quan', en: 'Units and people of the agency' },
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({ units: z.array(unitRef.extend({ parentId: id.nullable() })), persons: z.array(personRef) }),
    },
  }),
  tokens: line({
    method: 'GET',
    path: '/api/access-tokens',
    title: { vi: 'Mã truy cập của tôi', en: 'My access tokens' },
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(accessToken) }) },
  }),
  newToken: line({
    method: 'POST',
    path: '/api/access-tokens',
    title: { vi: 'Tạo mã truy cập', en: 'Create an access token' },
    body: z.strictObject({
      name: neededText(100),
      scopes: z.array(z.enum(['upload', 'search'])).min(1),
      days: z.int().min(1).max(366),
    }),
    /** The token itself is shown this once; only its hash is kept. */
    reply: { kind: 'json', status: 201, schema: accessToken.extend({ token: z.string() }) },
  }),
  revokeToken: line({
    method: 'DELETE',
    path: '/api/access-tokens/:id',
    title: { vi: 'Hủy mã truy cập', en: 'Revoke an access token' },
    params: z.strictObject({ id }),
    reply: { kind: 'none' },
  }),
  /**
   * Signs in by name and password for a program on a clerk's own PC and answers with a token instead of a cookie.
   */
  signInForToken: line({
    method: 'POST',
    path: '/api/access-tokens/by-password',
    title: { vi: 'Lấy mã truy cập bằng mật khẩu', en: 'Get an access token by password' },
    body: z.strictObject({
      name: z.string().min(1).max(100),
      password,
      tokenName: neededText(100),
      scopes: z.array(z.enum(['upload', 'search'])).min(1),
      days: z.int().min(1).max(366),
    }),
    reply: { kind: 'json', status: 201, schema: accessToken.extend({ token: z.string() }) },
  }),
};
