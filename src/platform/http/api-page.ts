import { readFileSync } from 'node:fs';
import { refusalCodes, Refusal } from '../../kernel/refusal.ts';
import type { Language } from '../../kernel/text.ts';
import { machineGroup, pageWords } from './api-page-words.ts';
import { kindOf, rowsOf, type Row, type Shape } from './api-shapes.ts';
import { html, sheet, type Markup } from './markup.ts';
import { sentence } from './sentences.ts';

/** What the page reads of the OpenAPI document. */
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly 'x-permission': string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query';
    readonly required: boolean;
    readonly schema: Shape;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema: Shape }>>;
type Words = (typeof pageWords)[Language];

interface Described extends Operation {
  readonly method: string;
  readonly path: string;
}

const look = ['api-page.css', 'api-page-lines.css'].map((name) =>
  sheet(readFileSync(new URL(name, import.meta.url), 'utf8')),
);

export interface ApiPageOptions {
  /** The document of openapi.ts. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly language: Language;
  /** Where the house stands, as a reader types it. */
  readonly address: string;
}

/**
 * The description of the API for a person: HTML made here from the OpenAPI document, with no script and nothing from
 * anywhere else. What is not in the document is not on the page.
 */
export function apiPage({ document, language, address }: ApiPageOptions): string {
  const words = pageWords[language];
  const groups = grouped(document['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>);
  const { version } = document['info'] as { readonly version: string };
  const page = html`<html lang="${language}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${words.title}</title>
      <link rel="icon" href="data:," />
      <style>
        ${look}
      </style>
    </head>
    <body>
      <header>
        <div class="width">
          <div class="seal" aria-hidden="true">VK</div>
          <div>
            <h1>${words.title} <small>${version}</small></h1>
            <p>${words.lead}</p>
            <a href="/api/openapi.json">${words.description}</a>
          </div>
        </div>
      </header>
      <main>
        <div class="width start">${start(words, language, address)}</div>
        <div class="width split">
          <nav aria-label="${words.rooms}">
            <h2>${words.rooms}</h2>
            <ul>
              ${groups.map(
                ([group, lines]) =>
                  html`<li>
                    <a href="#g-${group}">${nameOf(group, words)} <span>${lines.length}</span></a>
                  </li>`,
              )}
            </ul>
          </nav>
          <div>${groups.map(([group, lines]) => section(group, lines, words, language))}</div>
        </div>
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${page.text}`;
}

/** By the first word of the path; what stands outside `/api` is for programs that watch, and comes last. */
function grouped(paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>): [string, Described[]][] {
  const groups = new Map<string, Described[]>();
  for (const [path, verbs] of Object.entries(paths)) {
    const [, first, second] = path.split('/');
    const group = first === 'api' ? (second ?? '') : machineGroup;
    const lines = groups.get(group) ?? [];
    groups.set(group, lines);
    for (const [verb, operation] of Object.entries(verbs))
      lines.push({ ...operation, method: verb.toUpperCase(), path });
  }
  const place = (group: string): number => (group === machineGroup ? 1 : 0);
  return [...groups].sort(([one], [other]) => place(one) - place(other) || (one < other ? -1 : 1));
}

const nameOf = (group: string, words: Words): string => words.groups[group] ?? group;

function start(words: Words, language: Language, address: string): Markup {
  const asked = { name: 'mai.tt', password: '…', tokenName: 'curl', scopes: ['search'], days: 30 };
  return html`<div class="card">
      <h2>${words.token}</h2>
      <p>${words.tokenLead}</p>
      <pre>curl -H 'x-vankho-client: curl' -H 'content-type: application/json' \\
  -d '${JSON.stringify(asked)}' \\
  <b>${address}/api/access-tokens/by-password</b></pre>
      <p>${words.tokenAfter}</p>
    </div>
    <div class="card">
      <h2>${words.ask}</h2>
      <p>${words.askLead}</p>
      <pre>curl -H "Authorization: Bearer $TOKEN" \\
  <b>"${address}/api/search?q=318/BTC-NSNN"</b></pre>
    </div>
    <div class="card across">
      <h2>${words.answers}</h2>
      <p>${words.answersLead}</p>
      <details class="codes">
        <summary>${words.refusals}</summary>
        <dl>
          ${refusalCodes.map(
            (code) =>
              html`<dt><span>${new Refusal(code).status}</span> <code>${code}</code></dt>
                <dd>${sentence(code, language)}</dd>`,
          )}
        </dl>
      </details>
    </div>`;
}

function section(group: string, lines: readonly Described[], words: Words, language: Language): Markup {
  const sign = group === machineGroup || group === '' ? html`` : html` <code>/api/${group}</code>`;
  return html`<section id="g-${group}">
    <h2>${nameOf(group, words)}${sign}</h2>
    <div class="lines">${lines.map((line) => operation(line, words, language))}</div>
  </section>`;
}

function operation(line: Described, words: Words, language: Language): Markup {
  return html`<details class="line" id="${line.operationId}">
    <summary>
      <span class="verb ${line.method.toLowerCase()}">${line.method}</span>
      <code class="path">${marked(line.path)}</code>
      <span class="what">${language === 'en' ? line.summary : line.description}</span>
      <span class="who">${whoMay(line, words)}</span>
    </summary>
    <div class="inside">
      <div class="side">
        <h3>${words.asks}</h3>
        ${asks(line, words)}
      </div>
      <div class="side">
        <h3>${words.gives}</h3>
        ${gives(line, words)}
      </div>
    </div>
  </details> `;
}

/** The holes of a path stand out. */
function marked(path: string): Markup[] {
  return path.split(/(\{\w+\})/u).map((part) => (part.startsWith('{') ? html`<b>${part}</b>` : html`${part}`));
}

function whoMay(line: Described, words: Words): Markup[] {
  const access = line['x-permission'];
  const chips =
    access === 'anyone'
      ? [html`<span class="chip open">${words.anyone}</span>`]
      : [html`<span class="chip">${access === 'signed-in' ? words.signedIn : access}</span>`];
  const scopes = line.security.flatMap((one) => one['token'] ?? []);
  return [...chips, ...scopes.map((scope) => html`<span class="chip token">${words.withToken}: ${scope}</span>`)];
}

function asks(line: Described, words: Words): Markup[] {
  const parts: Markup[] = [];
  for (const place of ['path', 'query'] as const) {
    const rows = line.parameters
      .filter((one) => one.in === place)
      .flatMap((one) =>
        rowsOf({ properties: { [one.name]: one.schema }, required: one.required ? [one.name] : [] }, words.shapes),
      );
    if (rows.length > 0)
      parts.push(
        html`<h4>${place === 'path' ? words.inPath : words.inQuery}</h4>
          ${fields(rows, words, 'asked')}`,
      );
  }
  for (const [mediaType, { schema }] of Object.entries(line.requestBody?.content ?? {})) {
    const name = mediaType === 'application/json' ? words.inBody : words.inForm;
    const shape =
      mediaType === 'application/json' ? schema : { ...schema, required: [...(schema.required ?? []), 'file'] };
    parts.push(
      html`<h4>${name} <code>${mediaType}</code></h4>
        ${fields(rowsOf(shape, words.shapes), words, 'asked')}`,
    );
  }
  return parts.length > 0 ? parts : [html`<p>${words.nothingAsked}</p>`];
}

function gives(line: Described, words: Words): Markup[] {
  return Object.entries(line.responses)
    .filter(([status]) => status !== 'default')
    .map(([status, { content }]) => {
      const [first] = Object.entries(content ?? {});
      if (!first)
        return html`<h4>${status}</h4>
          <p>${words.nothingGiven}</p>`;
      const [mediaType, { schema }] = first;
      const rows = rowsOf(schema, words.shapes);
      const said =
        rows.length > 0
          ? fields(rows, words, 'given')
          : html`<p>
              ${schema.format === 'binary' ? words.bytes : schema.type === 'object' ? words.free : kindOf(schema, words.shapes)}
            </p>`;
      return html`<h4>${status} <code>${mediaType}</code></h4>
        ${said}`;
    });
}

/** What is asked must be there or may be; what is given is there, unless it is said that it may be absent. */
type Side = 'asked' | 'given';

function fields(rows: readonly Row[], words: Words, side: Side): Markup {
  return html`<ul class="fields">
    ${rows.map((row) => field(row, words, side))}
  </ul>`;
}

function field({ name, kind, values, needed, otherwise }: Row, words: Words, side: Side): Markup {
  const cut = name.lastIndexOf('.') + 1;
  const marks = [];
  if (side === 'asked' && needed) marks.push(html`<span class="must">${words.needed}</span>`);
  if (side === 'given' && !needed) marks.push(html`<span class="maybe">${words.absent}</span>`);
  if (side === 'asked' && otherwise !== undefined)
    marks.push(html`<span class="or">${words.otherwise} <code>${otherwise}</code></span>`);
  if (values.length > 0) marks.push(html`<div class="values">${values.map((one) => html`<code>${one}</code>`)}</div>`);
  return html`<li>
    <code class="name"><i>${name.slice(0, cut)}</i>${name.slice(cut)}</code> <span class="kind">${kind}</span>${marks}
  </li>`;
}
