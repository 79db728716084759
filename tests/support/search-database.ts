import type pg from 'pg';
import type { Rank } from '../../src/kernel/labels.ts';
import { testDatabase, type TestDatabase } from './database.ts';

/** The logins of a database as the search engines take them. */
export const searchLogins = (
  database: TestDatabase,
): { readonly pool: pg.Pool; readonly readerPool: (clearance: Rank) => pg.Pool } => ({
  pool: database.pool('vk_app'),
  readerPool: (clearance) => database.pool(`vk_read_${clearance}`),
});

/** A migrated database of a test file's own, seen as the search engines see it. */
export async function searchDatabase() {
  const database = await testDatabase();
  return { ...searchLogins(database), close: () => database.close() };
}
