import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { houseRoot } from '../house/house-files.ts';
import { catalogOf } from '../support/catalog.ts';
import { testDatabase } from '../support/database.ts';

/** The schema as it stands after all migrations, committed, so that a change of it is seen in a diff. */
const path = join(houseRoot, 'tests/database/schema.txt');

test('the migrated database is the committed one (VANKHO_TEST_WRITE_SCHEMA=1 writes it anew)', async () => {
  const database = await testDatabase();
  try {
    const catalog = await catalogOf(database.owner());
    if (process.env['VANKHO_TEST_WRITE_SCHEMA'] === '1') writeFileSync(path, catalog);
    expect(catalog).toBe(readFileSync(path, 'utf8'));
  } finally {
    await database.close();
  }
});
