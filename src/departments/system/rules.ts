/** Why a job gave up, in words that hold nothing of a document: a reader's or a database's own sentence may quote it. */
export const jobProblems = [
  'database-unavailable',
  'store-unavailable',
  'store-full',
  'search-unavailable',
  'content-damaged',
  'interrupted',
  'other',
] as const;
export type JobProblem = (typeof jobProblems)[number];

const signs: readonly (readonly [RegExp, JobProblem])[] = [
  [
    /^(?:database|log)-unavailable$|connection (?:terminated|ended)|read timeout|ECONNREFUSED/iu,
    'database-unavailable',
  ],
  [/^store-unavailable$|^object store: unavailable$/u, 'store-unavailable'],
  [/^store-full$|^object store: full$|ENOSPC|EDQUOT/u, 'store-full'],
  [/^search-unavailable$|^search engine unavailable$/u, 'search-unavailable'],
  [/^content-damaged$|^object store: missing$/u, 'content-damaged'],
  [/was interrupted$/u, 'interrupted'],
];

/** From what a job said when it failed; null when it said nothing. */
export function problemOf(said: string | null): JobProblem | null {
  if (said === null || said === '') return null;
  return signs.find(([sign]) => sign.test(said))?.[1] ?? 'other';
}
