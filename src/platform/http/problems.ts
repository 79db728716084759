import type { NextFunction, Request, Response } from 'express';
import { Refusal } from '../../kernel/refusal.ts';
import type { Language } from '../../kernel/text.ts';
import { sentence } from './sentences.ts';

/** What the process writes of itself: numbers of requests and faults, never a body, a query or a name. */
export interface ProcessLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export function languageOf(request: Request): Language {
  return request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi';
}

/**
 * Answers with application/problem+json (RFC 9457). The body holds nothing of the request, so that two refusals for
 * different reasons of the same code are the same bytes.
 */
export function sendProblem(response: Response, cause: unknown, language: Language): void {
  const refusal = cause instanceof Refusal ? cause : undefined;
  const code = refusal?.code ?? 'fault';
  const status = refusal?.status ?? 500;
  if (response.headersSent) {
    // Bytes are already on their way: an honest end is a cut connection, never a tidy one.
    response.destroy();
    return;
  }
  for (const name of ['content-disposition', 'content-length', 'content-range', 'accept-ranges', 'etag'])
    response.removeHeader(name);
  // RFC 9110, 15.5.17: how long the whole is, so that the reader can ask for a part that is there.
  if (code === 'range-not-satisfiable' && refusal?.facts['size'] !== undefined)
    response.setHeader('content-range', `bytes */${String(refusal.facts['size'])}`);
  if (status === 429 || status === 503) response.setHeader('retry-after', '30');
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:vankho:problem:${code}`,
        title: code,
        status,
        code,
        detail: sentence(code, language, refusal?.facts),
        ...(refusal && refusal.fields.length > 0 ? { fields: refusal.fields } : {}),
      }),
    );
}

/** The last handler: refusals are answered, faults are written in the log of the process with the request's number and no content. */
export function problemHandler(log: ProcessLog) {
  return (cause: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const known = asRefusal(cause);
    if (!(known instanceof Refusal)) {
      log.error(
        {
          requestId: response.getHeader('x-request-id'),
          error:
            cause instanceof Error ? { name: cause.name, message: cause.message, stack: cause.stack } : String(cause),
        },
        'fault',
      );
    }
    sendProblem(response, known, languageOf(request));
  };
}

/** Express and its body parser refuse in their own words; here they join the closed list. */
function asRefusal(cause: unknown): unknown {
  if (cause instanceof Refusal || typeof cause !== 'object' || cause === null) return cause;
  const status = (cause as { status?: unknown }).status;
  if (status === 404) return new Refusal('unknown-route');
  return typeof status === 'number' && status >= 400 && status < 500 ? new Refusal('bad-request') : cause;
}
