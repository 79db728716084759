import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { intakeLines, type Receipt } from '../contract/intake.ts';
import type { BodyInput, Line, ParamsOf, QueryInput, ReplyOf } from '../contract/line.ts';
import { problem } from '../contract/shapes.ts';
import { Told } from '../kernel/told.ts';

/** What the server said no to, in its own sentence. */
export class ServerRefusal extends Told {
  readonly code: string;
  readonly fields: readonly { readonly path: string; readonly problem: string }[];
  constructor(code: string, sentence: string, fields: readonly { path: string; problem: string }[] = []) {
    super(
      fields.length === 0
        ? sentence
        : `${sentence} (${fields.map((field) => `${field.path}: ${field.problem}`).join('; ')})`,
    );
    this.name = 'ServerRefusal';
    this.code = code;
    this.fields = fields;
  }
}

export interface Given<L extends Line> {
  readonly params?: ParamsOf<L>;
  readonly query?: QueryInput<L>;
  readonly body?: BodyInput<L>;
  /** Repeated with the same key, a request is done once. */
  readonly key?: string;
}

export type ApiClient = ReturnType<typeof createApiClient>;

/** The API for a program on a clerk's own PC: the same contract lines as the web client's, with an access token. */
export function createApiClient(options: {
  readonly server: string;
  readonly token?: string | undefined;
  /** Of a session, for what no token opens. */
  readonly cookie?: string | undefined;
  readonly language?: string;
}) {
  const headers = {
    'accept-language': options.language ?? 'vi',
    'x-vankho-client': 'cli',
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
    ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
  };

  async function answered(path: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(new URL(path, options.server), init).catch((cause: unknown) => {
      throw new ServerRefusal('offline', `Không tới được máy chủ ${options.server}. Hãy kiểm tra địa chỉ và mạng.`, [
        ...(cause instanceof Error && cause.cause instanceof Error
          ? [{ path: 'network', problem: cause.cause.message }]
          : []),
      ]);
    });
    if (response.status === 204) return undefined;
    const said: unknown = await response.json().catch(() => undefined);
    if (response.ok) return said;
    const refused = problem.safeParse(said);
    if (refused.success) throw new ServerRefusal(refused.data.code, refused.data.detail, refused.data.fields);
    throw new ServerRefusal('fault', `Máy chủ trả lời ${String(response.status)}; có thể đây không phải Văn Khố.`);
  }

  return {
    async ask<L extends Line>(line: L, given: Given<L> = {}): Promise<ReplyOf<L>> {
      const params = (given.params ?? {}) as Readonly<Record<string, string>>;
      const path = line.path.replace(/:(\w+)/gu, (_hole, name: string) => encodeURIComponent(params[name] ?? ''));
      const query = new URLSearchParams(
        Object.entries(given.query ?? {}).flatMap(([name, value]) =>
          (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map((one) => [name, String(one)]),
        ),
      );
      const reply = await answered(query.size === 0 ? path : `${path}?${query.toString()}`, {
        method: line.method,
        headers: {
          ...headers,
          ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(given.key === undefined ? {} : { 'idempotency-key': given.key }),
        },
        ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
      });
      return (line.reply.kind === 'json' ? line.reply.schema.parse(reply) : undefined) as ReplyOf<L>;
    },

    /** Streams one file from disk, as a draft or as the scan of a record. A request repeated with the same key gets the first receipt again. */
    async upload(
      path: string,
      key: string,
      relativePath: string,
      scan?: { readonly recordId: string; readonly reason: string | undefined },
    ): Promise<Receipt> {
      const form = new FormData();
      if (scan) {
        form.set('attachTo', scan.recordId);
        form.set('as', 'version');
        if (scan.reason !== undefined) form.set('reason', scan.reason);
      }
      form.set('relativePath', relativePath);
      form.set('file', await openAsBlob(path), basename(path));
      return intakeLines.upload.reply.schema.parse(
        await answered(intakeLines.upload.path, {
          method: 'POST',
          headers: { ...headers, 'idempotency-key': key },
          body: form,
        }),
      );
    },
  };
}
