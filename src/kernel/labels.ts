/**
 * The levels of access, one table for the whole product.
 *
 * Ranks 0-2 are mức độ tiếp cận (Nghị định 113/2025/NĐ-CP), ranks 3-5 are độ mật
 * (Luật Bảo vệ bí mật nhà nước) and exist only on an isolated install.
 */
export const accessRanks = [0, 1, 2] as const;
export const secretRanks = [3, 4, 5] as const;
export const ranks = [...accessRanks, ...secretRanks] as const;

export type AccessRank = (typeof accessRanks)[number];
export type SecretRank = (typeof secretRanks)[number];
export type Rank = (typeof ranks)[number];

export interface LevelRow {
  readonly rank: Rank;
  readonly field: 'access' | 'secret';
  /** The word an office uses, as a clerk reads it. */
  readonly word: { readonly vi: string; readonly en: string };
  /** Thông tư 05/2025/TT-BNV chế độ sử dụng: 01 công khai, 02 có điều kiện, 03 mật. Mapping is ours. */
  readonly circularCode: '01' | '02' | '03';
}

export const levels: Readonly<Record<Rank, LevelRow>> = {
  0: { rank: 0, field: 'access', word: { vi: 'Công khai', en: 'Public' }, circularCode: '01' },
  1: { rank: 1, field: 'access', word: { vi: 'Nội bộ', en: 'Internal' }, circularCode: '02' },
  2: { rank: 2, field: 'access', word: { vi: 'Có điều kiện', en: 'Conditional' }, circularCode: '02' },
  3: { rank: 3, field: 'secret', word: { vi: 'Mật', en: 'Confidential' }, circularCode: '03' },
  4: { rank: 4, field: 'secret', word: { vi: 'Tối mật', en: 'Secret' }, circularCode: '03' },
  5: { rank: 5, field: 'secret', word: { vi: 'Tuyệt mật', en: 'Top secret' }, circularCode: '03' },
};

/** A file that nobody has registered yet is Có điều kiện: seen by its uploader and that desk. */
export const rankBeforeRegistration: AccessRank = 2;

export function isSecret(rank: Rank): rank is SecretRank {
  return rank >= 3;
}
