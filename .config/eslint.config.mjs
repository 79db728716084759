import tseslint from 'typescript-eslint';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/* What no-restricted-syntax refuses. A later entry replaces an earlier one whole, so the lists are put together below. */

const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a thing has one name everywhere it is used.',
};
const everywhere = [
  { selector: 'TSEnumDeclaration', message: 'No enums: a union of words, and Record<Union, ...> over it.' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'No namespaces: a file is one.' },
];
// `set` in front of a name, `session`, `role` or `time zone`; `update t set x = 1` does not begin with it.
const sessionSet =
  '(^|;)\\s*set\\s+(?!local\\b)((session\\s+)?[a-z_.]+\\s*(=|to\\b)|session\\b|role\\b|time\\s+zone\\b)';
const sessionMessage =
  'A setting of the session stays on the pooled connection and meets the next person. Use SET LOCAL, or set_config(name, value, true).';
const sessionState = [
  { selector: `Literal[value=/${sessionSet}/i]`, message: sessionMessage },
  { selector: `TemplateLiteral[quasis.0.value.raw=/${sessionSet}/i]`, message: sessionMessage },
  { selector: 'Literal[value=/set_config\\([^)]*,\\s*false\\s*\\)/i]', message: sessionMessage },
  { selector: 'TemplateElement[value.raw=/set_config\\([^)]*,\\s*false\\s*\\)/i]', message: sessionMessage },
];
// Whoever is signed in is the level: nothing takes on another role, and nothing looks past row security.
const anotherRole =
  '(^|;)\\s*(set\\s+((local|session)\\s+)?(role\\b|session\\s+authorization\\b|row_security\\b)|reset\\s+(role|session|all)\\b)';
const roleByFunction = "set_config\\(\\s*'(role|session_authorization|row_security)'";
const levelMessage = 'The login is the level, and it stays: ask through the door of the person, or as vk_app.';
const loginIsLevel = [
  { selector: `Literal[value=/${anotherRole}/i]`, message: levelMessage },
  { selector: `TemplateElement[value.raw=/${anotherRole}/i]`, message: levelMessage },
  { selector: `Literal[value=/${roleByFunction}/i]`, message: levelMessage },
  { selector: `TemplateElement[value.raw=/${roleByFunction}/i]`, message: levelMessage },
];
const environment = [
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"]',
    message: 'Only src/config.ts reads the environment: one schema, one documented line per variable.',
  },
  {
    selector: 'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
    message: 'Only src/config.ts reads the environment: one schema, one documented line per variable.',
  },
];
const ownClock = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'Time is an argument: take a Clock or a Date.',
  },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'Time is an argument.',
  },
  {
    selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    message: 'Ids and chance are arguments.',
  },
];
const markup = [
  {
    selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
    message: 'Nothing that was uploaded or typed runs in our origin: give React the text.',
  },
  {
    selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
    message: 'Nothing that was uploaded or typed runs in our origin: use textContent.',
  },
];
const sleeping = {
  selector: 'NewExpression[callee.name="Promise"] CallExpression[callee.name="setTimeout"]',
  message: 'No sleep in a test: wait on the condition (tests/support).',
};
const refuse = (...lists) => ({ 'no-restricted-syntax': ['error', ...lists.flat()] });

const noEnvImport = {
  'no-restricted-imports': [
    'error',
    { paths: [{ name: 'node:process', message: 'process is there; its env is read in src/config.ts only.' }] },
  ],
};

const plainMistakes = [
  'no-async-promise-executor',
  'no-case-declarations',
  'no-cond-assign',
  'no-control-regex',
  'no-empty',
  'no-empty-pattern',
  'no-fallthrough',
  'no-irregular-whitespace',
  'no-loss-of-precision',
  'no-misleading-character-class',
  'no-prototype-builtins',
  'no-self-assign',
  'no-sparse-arrays',
  'no-unsafe-finally',
  'no-unsafe-optional-chaining',
  'no-useless-escape',
  'require-yield',
];

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'dist/**', 'var/**', '**/*.{js,mjs,cjs}'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      'max-lines': ['error', { max: 400 }],
      ...Object.fromEntries(plainMistakes.map((rule) => [rule, 'error'])),
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-promise-executor-return': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An adapter that has nothing to wait for still answers a port with promises: `async` turns its throw into a rejection.
      '@typescript-eslint/require-await': 'off',
      // `get<T>(...)` at an edge says what the caller expects; the value is parsed there.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // [...text] takes code points apart, which is what a length in characters means here.
      '@typescript-eslint/no-misused-spread': 'off',
      // Taken for an instance where a type is narrowed by structure.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      ...refuse(everywhere, defaultExport),
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-console': 'error',
      ...noEnvImport,
      ...refuse(everywhere, defaultExport, sessionState, loginIsLevel, environment),
    },
  },
  {
    // Takes on the owner's role, to make what nobody who works owns.
    files: ['src/platform/database/migrate.ts'],
    rules: refuse(everywhere, defaultExport, sessionState, environment),
  },
  {
    files: ['src/{kernel,departments}/**/*.ts'],
    // The two files that hand the real time out.
    ignores: ['src/kernel/clock.ts', 'src/kernel/ids.ts'],
    rules: refuse(everywhere, defaultExport, sessionState, loginIsLevel, environment, ownClock),
  },
  {
    files: ['src/config.ts'],
    rules: refuse(everywhere, defaultExport, sessionState, loginIsLevel),
  },
  {
    // A command speaks to a person at a terminal.
    files: ['src/commands/**/*.ts', 'src/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/web/**/*.{ts,tsx}'],
    rules: refuse(everywhere, environment, markup),
  },
  {
    files: ['**/vite.config.ts', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['tests/**/*.{ts,tsx}'],
    rules: {
      // Replies of supertest and of JSON.parse are `any`; what they hold is what the test asserts.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-properties': [
        'error',
        { object: 'test', property: 'only', message: 'It silences every other test of the file.' },
        { object: 'it', property: 'only', message: 'It silences every other test of the file.' },
        { object: 'describe', property: 'only', message: 'It silences every other test of the file.' },
        { object: 'jest', property: 'mock', message: 'Tests are real: run the server, or pass another value in.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'node:timers/promises',
              importNames: ['setTimeout'],
              message: 'No sleep in a test: wait on the condition.',
            },
          ],
        },
      ],
      ...refuse(everywhere, defaultExport, sleeping),
    },
  },
  {
    // Where waiting on a condition is written once; and what jest itself wants as a default export.
    files: ['tests/support/**/*.ts'],
    rules: { 'no-restricted-imports': 'off', ...refuse(everywhere) },
  },
);
