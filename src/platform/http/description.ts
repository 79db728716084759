import { Readable } from 'node:stream';
import { systemLines } from '../../contract/system.ts';
import { apiPage } from './api-page.ts';
import { counter, type Counter } from './counter.ts';
import { openApi } from './openapi.ts';

/** The two counters that describe all the others, and themselves: for a program and for a person. */
export function descriptionCounters(options: {
  readonly others: readonly Counter[];
  readonly version: string;
  /** Where the house stands, for the examples; unknown, it is where the reader found it. */
  readonly publicUrl: string | undefined;
}): Counter[] {
  const own = [
    counter({
      line: systemLines.openapi,
      access: 'anyone',
      audit: { none: 'the description of the counters themselves' },
      rate: 'system',
      handle: async () => document,
    }),
    counter({
      line: systemLines.apiPage,
      access: 'anyone',
      audit: { none: 'the description of the counters themselves' },
      rate: 'system',
      async handle({ language, header }) {
        // As the reader typed it; whatever else a Host may be, it is not repeated.
        const host = /^[\w.:[\]-]{1,255}$/u.exec(header('host') ?? '')?.[0] ?? 'localhost';
        const page = Buffer.from(
          apiPage({ document, language, address: options.publicUrl ?? `http://${host}` }),
          'utf8',
        );
        return {
          stream: Readable.from([page]),
          size: page.length,
          mediaType: 'text/html; charset=utf-8',
          fileName: undefined,
          disposition: 'inline' as const,
        };
      },
    }),
  ];
  const document = openApi([...options.others, ...own], options.version);
  return own;
}
