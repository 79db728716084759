import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const support = (name) => join(root, 'tests/support', name);
const ifThere = (key, file) => (existsSync(file) ? { [key]: file } : {});

// swc strips types only. Import attributes must survive: Node refuses a JSON import without them.
// .ts and .tsx are parsed apart: with tsx on, `<T>(x: T) => x` in a .ts file is taken for markup.
const strip = (tsx) => ({
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', tsx },
    transform: { react: { runtime: 'automatic' } },
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
});

/** @type {import('jest').Config} */
export default {
  rootDir: root,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts', '<rootDir>/tests/**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.ts$': ['@swc/jest', strip(false)], '^.+\\.tsx$': ['@swc/jest', strip(true)] },
  // One real Postgres for the whole run, one database cloned from a template for each file that asks.
  ...ifThere('globalSetup', support('global-setup.ts')),
  ...ifThere('globalTeardown', support('global-teardown.ts')),
  // Two cores is the machine an office has; more workers made the browser tests slower, not faster.
  maxWorkers: 2,
  testTimeout: 60_000,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/var/'],
  watchman: false,
  reporters: ['default', '<rootDir>/.config/skipped-reporter.mjs'],
};
