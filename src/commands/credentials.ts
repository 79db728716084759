import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Told } from '../kernel/told.ts';

export class NotSignedIn extends Told {}

const shape = z.object({ server: z.url(), token: z.string().min(1) });
export type Credentials = z.infer<typeof shape>;

const path = (): string => join(homedir(), '.config', 'vankho', 'credentials.json');

/** The token of this PC's user, in a file that nobody else may read. */
export async function keepCredentials(credentials: Credentials): Promise<string> {
  await mkdir(dirname(path()), { recursive: true, mode: 0o700 });
  await writeFile(path(), `${JSON.stringify(credentials)}\n`, { mode: 0o600 });
  return path();
}

/** From `--server` and VANKHO_TOKEN where said, otherwise what `vankho login` kept. Throws a sentence when there is neither. */
export async function knownCredentials(said: {
  server?: string | undefined;
  token?: string | undefined;
}): Promise<Credentials> {
  const kept = await readFile(path(), 'utf8').then(
    (text) => shape.safeParse(JSON.parse(text)).data,
    () => undefined,
  );
  const server = said.server ?? kept?.server;
  const token = said.token ?? (server === kept?.server ? kept?.token : undefined);
  if (server === undefined || token === undefined)
    throw new NotSignedIn('Chưa đăng nhập. Hãy chạy: vankho login http://địa-chỉ-máy-chủ');
  return { server, token };
}
