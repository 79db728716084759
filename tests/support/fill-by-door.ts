import { drawLetter } from '../../src/commands/demo-office/draw-letter.ts';
import { dossierLines } from '../../src/contract/dossiers.ts';
import { identityLines } from '../../src/contract/identity.ts';
import { intakeLines, type Receipt } from '../../src/contract/intake.ts';
import { registryLines } from '../../src/contract/registry.ts';
import type { GeneratedLetter, GeneratedPlan } from './generated-office.ts';
import type { Visitor } from './visitor.ts';

/** Letters brought in as a clerk does: drawn, uploaded, registered. True, and slow: an archive by hand. */

export async function unitIds(clerk: Visitor): Promise<ReadonlyMap<string, string>> {
  const { units } = await clerk.ask(identityLines.directory);
  return new Map(units.map(({ symbol, id }) => [symbol, id]));
}

export function drawn(letter: GeneratedLetter): Promise<Uint8Array> {
  return drawLetter({ ...letter, direction: letter.direction === 'incoming' ? 'incoming' : 'outgoing' });
}

export async function uploaded(clerk: Visitor, name: string, bytes: Uint8Array | string): Promise<Receipt> {
  const answer = await clerk.upload(name, bytes);
  if (answer.status !== 201) throw new Error(`${name} was not received: ${String(answer.status)} ${answer.text}`);
  return intakeLines.upload.reply.schema.parse(answer.json);
}

/** What a clerk would say of the letter at the counter. */
export function registrationOf(letter: GeneratedLetter, units: ReadonlyMap<string, string>) {
  const { direction, documentType, codeNumber, codeNotation, issuedDate, issuer, subject, signerName } = letter;
  return {
    fields: {
      direction,
      documentType,
      codeNumber,
      codeNotation,
      issuedDate,
      issuer,
      subject,
      signerName,
      signerPosition: letter.signerPosition,
      urgency: letter.urgency,
      dueDate: letter.dueDate,
      arrivalDate: letter.arrivalDate,
      recipients: [...letter.recipients],
      dossierYear: Number((letter.arrivalDate ?? letter.issuedDate).slice(0, 4)),
      dossierNotation: letter.dossierNotation,
    },
    rank: letter.rank,
    leadUnitId: units.get(letter.leadUnitSymbol) ?? null,
    supportingUnitIds: letter.supportingUnitSymbols.flatMap((symbol) => units.get(symbol) ?? []),
    openToAll: letter.openToAll,
    version: 1,
  };
}

/** Work of several hands on one pile, in the order of the pile. */
export async function byLanes<T>(items: Iterable<T>, lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const pile = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let taken = pile.next(); taken.done !== true; taken = pile.next()) await work(taken.value);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** The file plan, loaded and opened by a records officer: letters that name a dossier of it go there as they are registered. */
export async function planByDoor(officer: Visitor, { year, rows }: GeneratedPlan): Promise<void> {
  const { problems } = await officer.ask(dossierLines.load, { body: { year, document: null, rows, apply: true } });
  if (problems.length > 0) throw new Error(`the plan was not loaded: ${JSON.stringify(problems.slice(0, 5))}`);
  const { dossiers } = await officer.ask(dossierLines.plan, { query: { year } });
  for (const { id } of dossiers) {
    const { version } = await officer.ask(dossierLines.dossier, { params: { id } });
    await officer.ask(dossierLines.open, { params: { id }, body: { startDate: null, version } });
  }
}

export async function fillByDoor(clerk: Visitor, letters: Iterable<GeneratedLetter>): Promise<number> {
  const units = await unitIds(clerk);
  let brought = 0;
  await byLanes(letters, 2, async (letter) => {
    const { recordId } = await uploaded(clerk, letter.fileName, await drawn(letter));
    await clerk.ask(registryLines.register, { params: { id: recordId }, body: registrationOf(letter, units) });
    brought += 1;
  });
  return brought;
}
