import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig, settingsPage } from '../../src/config.ts';
import { houseRoot } from '../house/house-files.ts';

test('nothing set runs the embedded install', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    database: undefined,
    objectStore: undefined,
    meilisearch: undefined,
    site: 'networked',
  });
});

test.each<[Record<string, string>, string]>([
  [{ VANKHO_PROT: '80' }, 'VANKHO_PROT: no such setting'],
  [{ VANKHO_PORT: 'eighty' }, 'VANKHO_PORT'],
  [{ VANKHO_PORT: '70000' }, 'VANKHO_PORT'],
  [{ VANKHO_SITE: 'secret' }, 'VANKHO_SITE'],
  [{ VANKHO_DATABASE_URL: 'mysql://x/y' }, 'VANKHO_DATABASE_URL'],
  [{ VANKHO_DATABASE_URL: 'postgres://o:p@h/d' }, 'VANKHO_LOGIN_SECRET: is needed when VANKHO_DATABASE_URL is set'],
  [{ VANKHO_S3_URL: 'http://h:9000' }, 'VANKHO_S3_SECRET_KEY: is needed when VANKHO_S3_URL is set'],
  [{ VANKHO_LOGIN_SECRET: 'short' }, 'VANKHO_LOGIN_SECRET'],
])('%j is refused by name, with what was expected', (environment, said) => {
  expect(() => readConfig(environment)).toThrow(ConfigError);
  expect(() => readConfig(environment)).toThrow(said);
});

test('a secret that is wrong is not repeated', () => {
  expect(() => readConfig({ VANKHO_DATABASE_URL: 'mysql://owner:hunter2@h/d' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

test('.env.example is made from the schema (vankho settings)', () => {
  expect(readFileSync(join(houseRoot, '.env.example'), 'utf8').trim()).toBe(settingsPage().trim());
});
