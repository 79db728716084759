import { readFileSync } from 'node:fs';
import type { PlanCells } from '../../contract/dossiers.ts';
import type { Urgency } from '../../contract/shapes.ts';
import type { AccessRank } from '../../kernel/labels.ts';
import { officeFile } from '../office-file.ts';

/**
 * An office made up for the demo. Documents, numbers, subjects and people are invented; a number may match a real
 * document by chance, so every page that is drawn from here says DỮ LIỆU MẪU.
 */
export interface DemoDocument {
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly documentType: string;
  readonly codeNumber: string | null;
  readonly codeNotation: string | null;
  readonly issuedDate: string;
  readonly issuer: string;
  readonly subject: string;
  readonly signerName: string;
  readonly signerPosition: string;
  readonly urgency: Urgency;
  /** To/OrganName of the register; for an incoming document the ministry. */
  readonly recipients: readonly string[];
  readonly rank: AccessRank;
  readonly leadUnitSymbol: string;
  readonly supportingUnitSymbols: readonly string[];
  readonly arrivalDate: string | null;
  readonly dueDate: string | null;
  readonly dossierNotation: string;
  readonly fileName: string;
  /** Pages of the drawn letter. */
  readonly pageAmount: number;
  readonly print: DemoPrint;
}

/** What stands on the paper and in no register. */
export interface DemoPrint {
  /** The body above the issuing one, where the head names it. */
  readonly superior: string | null;
  /** The issuing body's lines in the head, when they are not its name in capitals. */
  readonly head: readonly string[] | null;
  readonly place: string;
  /** Kính gửi. */
  readonly addressees: readonly string[];
  /**
   * One paragraph each. How it begins says how it is set: `c:` centred and bold (QUYẾT ĐỊNH:), `ci:` centred in
   * italics, `i:` a legal basis in italics, `h:` a bold heading, `**…**` bold words before plain ones, `|` a row of a table, cells parted by `|`.
   */
  readonly body: readonly string[];
  /** Behind the signature, from a new page on. */
  readonly annex: readonly string[];
  /** Authority and position over the name. */
  readonly signatureLines: readonly string[];
  /** Nơi nhận, the last line being where it is filed. */
  readonly copies: readonly string[];
}

const here = (name: string): URL => new URL(name, import.meta.url);
const data = (name: string): unknown => JSON.parse(readFileSync(here(name), 'utf8'));

export const demoOffice = officeFile.parse(data('./office.json'));
/** In the order in which they came and went. */
export const demoDocuments = [
  ...(data('./letters-outgoing.json') as readonly DemoDocument[]),
  ...(data('./letters-incoming.json') as readonly DemoDocument[]),
].sort((one, other) => (one.arrivalDate ?? one.issuedDate).localeCompare(other.arrivalDate ?? other.issuedDate));

export interface DemoPlan {
  readonly year: number;
  readonly document: string;
  /** Codes of dossiers whose matter has not begun. */
  readonly planned: readonly string[];
  readonly rows: readonly Partial<PlanCells>[];
}

export const demoPlans = data('./file-plans.json') as readonly DemoPlan[];

/** The minister's five tasks for the office in 2022, the text that this archive was made after. */
export const seedTextFile = here('./chi-dao-cong-tac-van-phong-2022.txt');
