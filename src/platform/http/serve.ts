import { existsSync, readdirSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { EventDraft, Requester } from '../../kernel/event.ts';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal, type RefusalCode } from '../../kernel/refusal.ts';
import type { BodyOf } from '../../contract/line.ts';
import type { Asked, BytesReply, Counter } from './counter.ts';
import { contentDisposition, contentPolicy, refuseCrossSite, securityHeaders } from './headers.ts';
import { harmless, outcomeOf, type Meter } from './meter.ts';
import { languageOf, problemHandler, type ProcessLog } from './problems.ts';
import { createRateLimit } from './rates.ts';
import { takeUpload } from './uploads.ts';

export const sessionCookie = { plain: 'vankho', secure: '__Host-vankho' } as const;

export interface ServeOptions {
  readonly counters: readonly Counter[];
  readonly authenticate: (credentials: {
    sessionSecret: string | undefined;
    bearer: string | undefined;
    address: string;
  }) => Promise<
    | {
        readonly actor: Actor;
        readonly until: Date;
        readonly passwordIsGiven: boolean;
        readonly scopes: readonly ('upload' | 'search')[] | null;
      }
    | undefined
  >;
  /** Writes a refusal in the log before it is answered. */
  readonly tellRefusal: (who: Requester, draft: EventDraft) => Promise<void>;
  readonly log: ProcessLog;
  readonly clock: Clock;
  /** Behind TLS: cookies are Secure and bear the __Host- prefix. */
  readonly secure: boolean;
  readonly trustedProxies: number;
  readonly largestFile: number;
  readonly rateFactor: number;
  /** Folder of the built web client; without it only the API is served. */
  readonly webFolder: string | undefined;
  /** Counts what passes, for whoever watches the process; nobody does when there is none. */
  readonly meter: Meter | undefined;
}

/** Refusals that tell of a right that was missing or a door that was tried; the others are mistakes in a form. */
const loggedRefusals: ReadonlySet<RefusalCode> = new Set([
  'not-found',
  'role-not-allowed',
  'scope-not-allowed',
  'cross-site-request',
  'another-must-close',
  'secret-not-kept-here',
  'clearance-needed',
  'content-damaged',
  'original-not-given',
  'too-many-requests',
]);

/** Mounts the route table. There is no other way into the house. */
export function serve(given: ServeOptions): Express {
  const options = { ...given, meter: harmless(given.meter) };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustedProxies);
  app.set('query parser', 'simple');
  app.use(securityHeaders({ secure: options.secure }));
  app.use(timed(options.meter));
  const limit = createRateLimit(options.clock, options.rateFactor);
  for (const entry of options.counters) {
    const { method, path } = entry.line;
    const verb = method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
    app[verb](path, (request, response, next) => {
      response.locals['route'] = path;
      answer(entry, request, response, options, limit).catch(next);
    });
  }
  app.all(/^\/(?:api|healthz|readyz|metrics)(?:\/|$)/u, () => {
    throw new Refusal('unknown-route');
  });
  if (options.webFolder !== undefined) serveWeb(app, options.webFolder);
  // Express's own last word is a page of HTML; here everything that is not there is told alike.
  app.use(() => {
    throw new Refusal('unknown-route');
  });
  app.use(problemHandler(options.log));
  return app;
}

function serveWeb(app: Express, folder: string): void {
  app.use('/assets', chosenCompressed(`${folder}/assets`));
  // Built files bear their hash in their name; the page that names them does not.
  app.use(
    '/assets',
    express.static(`${folder}/assets`, {
      immutable: true,
      maxAge: '1y',
      fallthrough: false,
      cacheControl: true,
      setHeaders: (response) => {
        response.setHeader('cache-control', 'public, max-age=31536000, immutable');
      },
    }),
  );
  app.use(express.static(folder, { index: false, fallthrough: true }));
  app.get(/^\/(?!api\/)/u, (_request, response) => {
    response.sendFile('index.html', { root: folder });
  });
}

/** A built file stands beside its compressed self; whoever can read that gets it. What is asked for is never compressed here. */
function chosenCompressed(folder: string) {
  const there = new Set(existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.gz')) : []);
  return (request: Request, response: Response, next: NextFunction): void => {
    const name = request.path.slice(1);
    if (there.has(`${name}.gz`)) {
      response.vary('accept-encoding');
      if (request.acceptsEncodings('gzip') === 'gzip') {
        response.type(name.endsWith('.css') ? 'text/css' : 'text/javascript').setHeader('content-encoding', 'gzip');
        request.url = `${request.url}.gz`;
      }
    }
    next();
  };
}

async function answer(
  entry: Counter,
  request: Request,
  response: Response,
  options: ServeOptions & { readonly meter: Meter },
  limit: ReturnType<typeof createRateLimit>,
): Promise<void> {
  const { line } = entry;
  const began = performance.now();
  response.once('close', () => {
    const facts = {
      requestId: response.getHeader('x-request-id'),
      route: `${line.method} ${line.path}`,
      status: response.statusCode,
      whole: response.writableFinished,
    };
    options.log.info({ ...facts, ms: Math.round(performance.now() - began) }, 'request');
  });
  const address = request.ip ?? 'unknown';
  const requestId = String(response.getHeader('x-request-id'));
  let who: Requester = { actor: null, address, requestId };
  try {
    const cookies = readCookies(request.get('cookie'));
    const bearer = /^Bearer (\S+)$/u.exec(request.get('authorization') ?? '')?.[1];
    const sessionSecret = cookies.get(options.secure ? sessionCookie.secure : sessionCookie.plain);
    const signed =
      entry.access === 'anyone'
        ? undefined
        : await options.authenticate({
            sessionSecret: bearer === undefined ? sessionSecret : undefined,
            bearer,
            address,
          });
    if (signed) who = { actor: signed.actor, address, requestId };
    limit(signed ? signed.actor.sessionId : address, entry.rate);
    refuseCrossSite(request);
    if (entry.access !== 'anyone') {
      if (!signed) throw new Refusal('not-signed-in');
      if (signed.scopes !== null && (entry.scope === undefined || !signed.scopes.includes(entry.scope)))
        throw new Refusal('scope-not-allowed');
      // Whoever made the password knows it: it opens no room until its owner has set another.
      if (signed.passwordIsGiven && entry.access !== 'signed-in') throw new Refusal('password-is-given');
      if (entry.access !== 'signed-in' && !signed.actor.permissions.has(entry.access))
        throw new Refusal('role-not-allowed');
    }
    // Only now: a body is not read for somebody who may not come in.
    if (line.body && !line.upload) await readJson(request, response);
    const asked: Asked<typeof line> = {
      params: parsed(line.params, request.params, 'path') as never,
      query: parsed(line.query, request.query, 'query') as never,
      body: (line.upload ? undefined : parsed(line.body, request.body, 'body')) as never,
      who,
      actor: (signed?.actor ?? undefined) as unknown as Actor,
      language: languageOf(request),
      header: (name) => request.get(name),
      setCookie: (name, value) => {
        const where = { httpOnly: true, sameSite: 'strict', secure: options.secure, path: '/' } as const;
        // No date: the cookie goes with the browser, and its end is kept on this side.
        if (value === null) response.clearCookie(name, where);
        else response.cookie(name, value, where);
      },
      signedInUntil: signed?.until ?? options.clock.now(),
      passwordIsGiven: signed?.passwordIsGiven ?? false,
      upload: (take) =>
        takeUpload(request, response, options, (file, fields) => {
          const said = parsed(line.body, fields, 'body') as BodyOf<typeof line>;
          return take(file, said);
        }),
    };
    const handle = entry.handle as (given: typeof asked) => Promise<unknown>;
    const reply = await handle(asked);
    await send(entry, reply, response);
  } catch (cause) {
    if (cause instanceof Refusal && loggedRefusals.has(cause.code) && !response.headersSent)
      await options.tellRefusal(who, refusalEvent(entry, request, cause));
    throw cause;
  }
}

/** Every request of the house is counted, those that no counter answers too. */
function timed(meter: Meter) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    response.once('close', () => {
      meter.answered({
        route: (response.locals['route'] as string | undefined) ?? null,
        method: request.method,
        outcome: outcomeOf(response.statusCode, response.writableFinished),
        seconds: (performance.now() - began) / 1000,
      });
    });
    next();
  };
}

const json = express.json({ limit: '1mb', strict: true });

function readJson(request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    json(request, response, (cause?: unknown) => {
      if (cause === undefined) resolve();
      else reject(new Refusal('bad-request'));
    });
  });
}

function refusalEvent(entry: Counter, request: Request, refusal: Refusal): EventDraft {
  // The identifier that was tried is the finding itself: without it a row of guesses looks like nothing.
  const tried = Object.values(request.params).find(
    (value): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/u.test(value),
  );
  return {
    type: 'access.refused',
    version: 1,
    outcome: refusal.code === 'not-found' ? 'not-found' : 'refused',
    rule: refusal.code,
    triedId: tried,
    data: { route: `${entry.line.method} ${entry.line.path}` },
  };
}

function parsed(schema: z.ZodType | undefined, given: unknown, place: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(given ?? {});
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, 20).map((issue) => ({
    path: [
      ...(place === 'body' ? [] : [place]),
      ...issue.path,
      ...(issue.code === 'unrecognized_keys' ? issue.keys : []),
    ].join('.'),
    problem: issue.code === 'custom' ? issue.message : issue.code,
  }));
  throw new Refusal('bad-request', {}, fields);
}

async function send(entry: Counter, reply: unknown, response: Response): Promise<void> {
  const wanted = entry.line.reply;
  if (wanted.kind === 'none') {
    response.status(204).end();
    return;
  }
  if (wanted.kind === 'json') {
    // Parsed on the way out: what the contract does not name cannot leave.
    const answered = wanted.schema.parse(reply);
    response.status(wanted.statusOf?.(answered as never) ?? wanted.status).json(answered);
    return;
  }
  const bytes = reply as BytesReply;
  response.setHeader('content-security-policy', contentPolicy);
  response.type(bytes.mediaType);
  if (bytes.fileName !== undefined)
    response.setHeader('content-disposition', contentDisposition(bytes.disposition, bytes.fileName));
  if (bytes.acceptRanges) response.setHeader('accept-ranges', 'bytes');
  if (bytes.etag !== undefined) response.setHeader('etag', bytes.etag);
  if (bytes.range) {
    const { start, end, of } = bytes.range;
    response.status(206).setHeader('content-range', `bytes ${String(start)}-${String(end)}/${String(of)}`);
  }
  if (bytes.size !== undefined) response.setHeader('content-length', String(bytes.size));
  await pipeline(bytes.stream, response).catch((cause: unknown) => {
    // The reader left, or a hash did not match: either way the connection ends unfinished.
    response.destroy();
    if ((cause as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw cause;
  });
}

function readCookies(header: string | undefined): Map<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(
    pairs
      .filter((pair) => pair.length >= 2)
      .map(([name, ...value]) => [name ?? '', decodeURIComponentSafely(value.join('='))]),
  );
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
