import { z } from 'zod';
import { Told } from './kernel/told.ts';

/**
 * Every setting of the house, one line each; the only reader of the environment. `.env.example` is made from it
 * (`vankho settings`), and a test holds the two together. What is not set runs the embedded install.
 */
const whole = (least: number, most: number, otherwise: number) =>
  z.coerce.number().int().min(least).max(most).default(otherwise);
const address = z.url({ protocol: /^https?$/u });

const settings = {
  VANKHO_HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  VANKHO_PORT: whole(0, 65_535, 8080).describe('port to listen on; 0 takes a free one'),
  VANKHO_PUBLIC_URL: address
    .optional()
    .describe('address people type; with https, cookies are Secure and HSTS is sent'),
  VANKHO_TRUSTED_PROXIES: whole(0, 10, 0).describe('reverse proxies in front of it whose X-Forwarded-For is believed'),
  VANKHO_DATA: z.string().min(1).default('var').describe('folder of this install: embedded database, objects, spool'),
  VANKHO_SITE: z
    .enum(['networked', 'isolated'])
    .default('networked')
    .describe('isolated: a network of its own, where độ mật may be kept'),
  VANKHO_DATABASE_URL: z
    .url({ protocol: /^postgres(?:ql)?$/u })
    .optional()
    .describe('PostgreSQL 16+ as its owner, postgres://owner:password@host/database; unset: the embedded one'),
  VANKHO_LOGIN_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('32 or more random characters the database logins are derived from; needed with VANKHO_DATABASE_URL'),
  VANKHO_S3_URL: address.optional().describe('MinIO or another S3; unset: a folder under VANKHO_DATA'),
  VANKHO_S3_ACCESS_KEY: z.string().min(1).optional().describe('access key of the object store'),
  VANKHO_S3_SECRET_KEY: z.string().min(1).optional().describe('secret key of the object store'),
  VANKHO_S3_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,40}$/u)
    .default('vankho')
    .describe('beginning of the bucket names'),
  VANKHO_MEILISEARCH_URL: address.optional().describe('Meilisearch; unset: search in PostgreSQL'),
  VANKHO_MEILISEARCH_KEY: z.string().min(1).optional().describe('key that may make and fill indexes'),
  VANKHO_LARGEST_FILE_MB: whole(1, 1_048_576, 4096).describe('largest file taken, in MiB'),
  VANKHO_READERS: whole(2, 64, 2).describe('child processes that read files; one is always kept free of OCR'),
  VANKHO_CONNECTIONS: whole(2, 200, 12).describe(
    'database connections for requests and jobs; half as many more for each clearance',
  ),
  VANKHO_STATEMENT_SECONDS: whole(1, 3600, 60).describe('seconds after which a statement of the database is given up'),
  VANKHO_RATE_FACTOR: z.coerce
    .number()
    .positive()
    .max(1000)
    .default(1)
    .describe('multiplies the requests a person may make in a minute'),
  VANKHO_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/u)
    .optional()
    .describe('16 or more characters without blanks, the bearer token of /metrics; unset: there is no /metrics'),
  VANKHO_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('what the process itself writes to standard output'),
};

/** Set for tests and programs around the house, not for the house. */
const notOurs = /^VANKHO_(?:TEST_|PICTURES$|SERVER$|TOKEN$)/u;

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly trustedProxies: number;
  readonly dataFolder: string;
  readonly site: 'networked' | 'isolated';
  readonly database: { readonly url: string; readonly loginSecret: string } | undefined;
  readonly objectStore:
    | { readonly url: string; readonly accessKey: string; readonly secretKey: string; readonly prefix: string }
    | undefined;
  readonly meilisearch: { readonly url: string; readonly key: string | undefined } | undefined;
  readonly largestFile: number;
  readonly readers: number;
  readonly connections: number;
  readonly statementSeconds: number;
  readonly rateFactor: number;
  readonly metricsToken: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** A setting that is wrong, unknown or missing: which, and what was expected. */
export class ConfigError extends Told {
  constructor(problems: readonly string[]) {
    super(`Cấu hình chưa đúng / settings are wrong:\n${problems.map((one) => `  ${one}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const own = Object.entries(environment).filter(
    ([name, value]) => name.startsWith('VANKHO_') && !notOurs.test(name) && value !== '',
  );
  const unknown = own.map(([name]) => name).filter((name) => !(name in settings));
  const result = z.object(settings).safeParse(Object.fromEntries(own));
  const problems = unknown.map((name) => `${name}: no such setting; known are ${Object.keys(settings).join(', ')}`);
  if (!result.success) problems.push(...result.error.issues.map(said));
  if (problems.length > 0 || !result.success) throw new ConfigError(problems);
  const given = result.data;
  const together = needed(given);
  if (together.length > 0) throw new ConfigError(together);
  return {
    host: given.VANKHO_HOST,
    port: given.VANKHO_PORT,
    publicUrl: given.VANKHO_PUBLIC_URL,
    trustedProxies: given.VANKHO_TRUSTED_PROXIES,
    dataFolder: given.VANKHO_DATA,
    site: given.VANKHO_SITE,
    database:
      given.VANKHO_DATABASE_URL === undefined
        ? undefined
        : { url: given.VANKHO_DATABASE_URL, loginSecret: given.VANKHO_LOGIN_SECRET ?? '' },
    objectStore:
      given.VANKHO_S3_URL === undefined
        ? undefined
        : {
            url: given.VANKHO_S3_URL,
            accessKey: given.VANKHO_S3_ACCESS_KEY ?? '',
            secretKey: given.VANKHO_S3_SECRET_KEY ?? '',
            prefix: given.VANKHO_S3_PREFIX,
          },
    meilisearch:
      given.VANKHO_MEILISEARCH_URL === undefined
        ? undefined
        : { url: given.VANKHO_MEILISEARCH_URL, key: given.VANKHO_MEILISEARCH_KEY },
    largestFile: given.VANKHO_LARGEST_FILE_MB * 1_048_576,
    readers: given.VANKHO_READERS,
    connections: given.VANKHO_CONNECTIONS,
    statementSeconds: given.VANKHO_STATEMENT_SECONDS,
    rateFactor: given.VANKHO_RATE_FACTOR,
    metricsToken: given.VANKHO_METRICS_TOKEN,
    logLevel: given.VANKHO_LOG_LEVEL,
  };
}

type Given = z.output<z.ZodObject<typeof settings>>;

function needed(given: Given): string[] {
  const problems: string[] = [];
  const together = (first: keyof Given, ...others: (keyof Given)[]): void => {
    for (const other of others)
      if (given[first] !== undefined && given[other] === undefined)
        problems.push(`${other}: is needed when ${first} is set (${settings[other].description ?? ''})`);
  };
  together('VANKHO_DATABASE_URL', 'VANKHO_LOGIN_SECRET');
  together('VANKHO_S3_URL', 'VANKHO_S3_ACCESS_KEY', 'VANKHO_S3_SECRET_KEY');
  return problems;
}

/** The value itself is not repeated: it may be a secret. */
function said(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0]) as keyof typeof settings;
  return `${name}: ${issue.message}; expected: ${settings[name].description ?? ''}`;
}

/** `.env.example`: each variable with its line, commented out when it has no default. */
export function settingsPage(): string {
  const lines = Object.entries(settings).map(([name, schema]) => {
    const otherwise = schema instanceof z.ZodDefault ? String(schema.parse(undefined)) : undefined;
    return `# ${schema.description ?? ''}\n${otherwise === undefined ? '# ' : ''}${name}=${otherwise ?? ''}\n`;
  });
  return `# Settings of Văn Khố. What stands here is what is used when nothing is set.\n\n${lines.join('\n')}`;
}

/** Of the command line on a clerk's own PC; both may be said otherwise there. */
export function readClientSettings(environment: Readonly<Record<string, string | undefined>> = process.env): {
  readonly server: string | undefined;
  readonly token: string | undefined;
} {
  return { server: environment['VANKHO_SERVER'] || undefined, token: environment['VANKHO_TOKEN'] || undefined };
}
