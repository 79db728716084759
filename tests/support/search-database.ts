import type pg from 'pg';
import { testDatabase } from './database.ts';

/** A migrated database of a test file's own, seen as the search engines see it: signed in as vk_app. */
export async function searchDatabase(): Promise<{ readonly pool: pg.Pool; close(): Promise<void> }> {
  const database = await testDatabase();
  return { pool: database.pool('vk_app'), close: () => database.close() };
}
