import { Blob } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { identityLines } from '../../src/contract/identity.ts';
import { intakeLines, type Receipt } from '../../src/contract/intake.ts';
import type { BodyInput, Line, ParamsOf, QueryInput, ReplyOf } from '../../src/contract/line.ts';
import { registryLines, type RecordView } from '../../src/contract/registry.ts';
import { eventually } from './eventually.ts';

/** What the API answered, whole: a test of a route looks at all of it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Whatever JSON it was; the test says what it expects of it. */
  readonly json: ReturnType<typeof JSON.parse>;
}

export interface Given<L extends Line> {
  readonly params?: ParamsOf<L>;
  readonly query?: QueryInput<L>;
  readonly body?: BodyInput<L>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A person at a counter of the API, with their cookie or token. */
export interface Visitor {
  /** The raw answer, whatever it is. */
  call<L extends Line>(line: L, given?: Given<L>): Promise<Answer>;
  /** The parsed reply; throws when the answer is not a success. */
  ask<L extends Line>(line: L, given?: Given<L>): Promise<ReplyOf<L>>;
  upload(name: string, bytes: Uint8Array | string, options?: UploadOptions): Promise<Answer>;
  /** Uploads and waits until the file has come to its end. */
  received(name: string, bytes: Uint8Array | string, options?: UploadOptions): Promise<Receipt>;
  register(recordId: string, fields: Registration): Promise<RecordView>;
  readonly cookie: string;
}

export interface UploadOptions {
  readonly key?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export interface Registration {
  readonly subject: string;
  readonly codeNumber?: string;
  readonly codeNotation?: string;
  readonly issuer?: string;
  readonly rank?: 0 | 1 | 2;
  readonly leadUnitId?: string | null;
  readonly openToAll?: boolean;
}

export async function visitor(base: string, name: string, password: string): Promise<Visitor> {
  const door = at(base, {});
  const answer = await door.call(identityLines.signIn, { body: { name, password } });
  if (answer.status !== 200) throw new Error(`${name} was not let in: ${String(answer.status)} ${answer.text}`);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return at(base, { cookie });
}

export function visitorWithToken(base: string, token: string): Visitor {
  return at(base, { authorization: `Bearer ${token}` });
}

/** Somebody who has not signed in. */
export function passerBy(base: string): Visitor {
  return at(base, {});
}

function at(base: string, own: Readonly<Record<string, string>>): Visitor {
  const headers = { 'x-vankho-client': 'tests', 'accept-language': 'vi', ...own };

  async function call<L extends Line>(line: L, given: Given<L> = {}): Promise<Answer> {
    const params = (given.params ?? {}) as Readonly<Record<string, string>>;
    const path = line.path.replace(/:(\w+)/gu, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
    const query = new URLSearchParams(
      Object.entries((given.query ?? {}) as object).flatMap(([name, value]: [string, unknown]) =>
        (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]),
      ),
    );
    const response = await fetch(`${base}${path}${query.size === 0 ? '' : `?${query.toString()}`}`, {
      method: line.method,
      headers: {
        ...headers,
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    return answerOf(response);
  }

  async function ask<L extends Line>(line: L, given: Given<L> = {}): Promise<ReplyOf<L>> {
    const answer = await call(line, given);
    if (answer.status >= 300) throw new Error(`${line.method} ${line.path}: ${String(answer.status)} ${answer.text}`);
    return (line.reply.kind === 'json' ? line.reply.schema.parse(answer.json) : undefined) as ReplyOf<L>;
  }

  async function upload(
    name: string,
    bytes: Uint8Array | string,
    { key, fields = {} }: UploadOptions = {},
  ): Promise<Answer> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('file', new Blob([bytes]) as globalThis.Blob, name);
    const response = await fetch(`${base}${intakeLines.upload.path}`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': key ?? randomUUID() },
      body: form,
    });
    return answerOf(response);
  }

  async function received(name: string, bytes: Uint8Array | string, options: UploadOptions = {}): Promise<Receipt> {
    const answer = await upload(name, bytes, options);
    if (answer.status !== 201) throw new Error(`${name} was not received: ${String(answer.status)} ${answer.text}`);
    const receipt = intakeLines.upload.reply.schema.parse(answer.json);
    await eventually(async () => {
      const { files } = await ask(registryLines.record, { params: { id: receipt.recordId } });
      return files.some(
        (file) => file.id === receipt.fileId && ['ready', 'kept-unread', 'failed'].includes(file.stage),
      );
    });
    return receipt;
  }

  async function register(recordId: string, said: Registration): Promise<RecordView> {
    const { version } = await ask(registryLines.record, { params: { id: recordId } });
    const { rank = 1, leadUnitId = null, openToAll = false, ...fields } = said;
    return ask(registryLines.register, {
      params: { id: recordId },
      body: {
        fields: { direction: 'incoming', issuer: 'Bộ Tài chính', ...fields },
        rank,
        leadUnitId,
        supportingUnitIds: [],
        openToAll,
        version,
      },
    });
  }

  return { call, ask, upload, received, register, cookie: own['cookie'] ?? '' };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}
