import { dossierLines } from '../../contract/dossiers.ts';
import { identityLines } from '../../contract/identity.ts';
import { createApiClient, ServerRefusal } from '../api-client.ts';
import type { Password } from '../office.ts';
import { demoPlans } from './demo-office.ts';

/**
 * The file plans of the demo, loaded by the records officer as from a spreadsheet; then its dossiers are opened, so that
 * the samples are filed as they are registered. A second start finds what stands.
 */
export async function openDossiers(server: string, officer: Password): Promise<void> {
  const api = createApiClient({ server, cookie: await sessionOf(server, officer) });
  for (const { year, document, planned, rows } of demoPlans) {
    await api.ask(dossierLines.load, { body: { year, document, rows: [...rows], apply: true } });
    const { dossiers } = await api.ask(dossierLines.plan, { query: { year } });
    for (const { id, notation, state } of dossiers) {
      if (state !== 'planned' || planned.includes(notation)) continue;
      const { version } = await api.ask(dossierLines.dossier, { params: { id } });
      await api.ask(dossierLines.open, { params: { id }, body: { startDate: `${String(year)}-01-02`, version } });
    }
  }
  await api.ask(identityLines.signOut);
}

/** No token opens the plan: a person does, and here one of the invented ones. */
async function sessionOf(server: string, { name, password }: Password): Promise<string> {
  const { method, path } = identityLines.signIn;
  const response = await fetch(new URL(path, server), {
    method,
    headers: { 'content-type': 'application/json', 'x-vankho-client': 'cli' },
    body: JSON.stringify({ name, password }),
  });
  const [cookie] = response.headers.getSetCookie();
  if (!response.ok || cookie === undefined) throw new ServerRefusal('sign-in-failed', `${name} không đăng nhập được.`);
  return cookie.split(';')[0] ?? '';
}
