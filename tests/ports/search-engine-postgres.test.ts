import pg from 'pg';
import { createPostgresEngine } from '../../src/platform/search-engine/postgres.ts';
import { searchDatabase } from '../support/search-database.ts';
import { searchEngineContract } from './search-engine.suite.ts';

searchEngineContract('postgres', async () => {
  const database = await searchDatabase();
  const gone = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 2_000 });
  return {
    engine: createPostgresEngine({ pool: database.pool }),
    another: () => createPostgresEngine({ pool: database.pool }),
    unreachable: () => createPostgresEngine({ pool: gone }),
    close: async () => {
      await gone.end();
      await database.close();
    },
  };
});
