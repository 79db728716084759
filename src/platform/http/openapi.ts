import { z } from 'zod';
import { problem } from '../../contract/shapes.ts';
import type { Counter } from './counter.ts';

/** OpenAPI 3.1 made from the route table: what is served is what is described. */
export function openApi(counters: readonly Counter[], version: string): Record<string, z.core.util.JSONType> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { line, access, scope } of counters) {
    const path = line.path.replace(/:(\w+)/gu, '{$1}');
    const described: Record<string, unknown> = {
      operationId: `${line.method.toLowerCase()}${path.replace(/[^A-Za-z]+(\w)?/gu, (_all, next: string | undefined) => (next ?? '').toUpperCase())}`,
      summary: line.title.en,
      description: line.title.vi,
      'x-permission': access,
      security: access === 'anyone' ? [] : [{ session: [] }, ...(scope ? [{ token: [scope] }] : [])],
      parameters: [...parameters('path', line.params), ...parameters('query', line.query)],
      responses: {
        ...answerOf(line.reply),
        default: {
          description: 'Problem',
          content: { 'application/problem+json': { schema: schemaOf(problem, 'output') } },
        },
      },
    };
    if (line.body) {
      const schema = schemaOf(line.body, 'input');
      described['requestBody'] = line.upload
        ? {
            required: true,
            content: {
              'multipart/form-data': {
                schema: {
                  ...schema,
                  properties: { ...(schema['properties'] as object), file: { type: 'string', format: 'binary' } },
                },
              },
            },
          }
        : { required: true, content: { 'application/json': { schema } } };
    }
    (paths[path] ??= {})[line.method.toLowerCase()] = described;
  }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Văn Khố', version },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'vankho' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
  return JSON.parse(JSON.stringify(document)) as Record<string, z.core.util.JSONType>;
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
}

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined): unknown[] {
  if (!schema) return [];
  const described = schemaOf(schema, 'input');
  const needed = new Set((described['required'] as string[] | undefined) ?? []);
  return Object.entries((described['properties'] as Record<string, unknown> | undefined) ?? {}).map(
    ([name, shape]) => ({
      name,
      in: place,
      required: place === 'path' || needed.has(name),
      schema: shape,
    }),
  );
}

function answerOf(reply: Counter['line']['reply']): Record<string, unknown> {
  if (reply.kind === 'none') return { 204: { description: 'Done' } };
  if (reply.kind === 'bytes')
    return {
      200: { description: 'Bytes', content: { [reply.mediaType]: { schema: { type: 'string', format: 'binary' } } } },
    };
  return {
    [reply.status]: {
      description: 'Done',
      content: { 'application/json': { schema: schemaOf(reply.schema, 'output') } },
    },
  };
}
