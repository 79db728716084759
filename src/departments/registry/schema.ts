import { EntitySchema } from 'typeorm';
import type { RecordFields } from '../../contract/registry.ts';
import type { RecordState } from '../../contract/shapes.ts';
import type { Rank } from '../../kernel/labels.ts';

/** A row of the record table: its own columns and the fields of Phụ lục VI. */
export interface RecordRow extends RecordFields {
  id: string;
  agencyId: string;
  state: RecordState;
  version: number;
  rank: Rank;
  openToAll: boolean;
  leadUnitId: string | null;
  /** The record that a draft turned out to be a scan of. */
  joinedInto: string | null;
  /** The body that the issuer's text means. */
  correspondentId: string | null;
  arrivalNumber: number | null;
  receivedAt: Date;
  receivedBy: string | null;
  registeredAt: Date | null;
  registeredBy: string | null;
}

const nullableText = (name: string) => ({ type: 'text', name, nullable: true }) as const;
const nullableInteger = (name: string) => ({ type: 'integer', name, nullable: true }) as const;
const nullableDay = (name: string) => ({ type: 'date', name, nullable: true }) as const;

export const RecordSchema = new EntitySchema<RecordRow>({
  name: 'record',
  schema: 'vankho',
  columns: {
    id: { type: 'uuid', primary: true },
    agencyId: { type: 'uuid', name: 'agency_id' },
    state: { type: 'text' },
    version: { type: 'integer' },
    rank: { type: 'smallint' },
    openToAll: { type: 'boolean', name: 'open_to_all' },
    leadUnitId: { type: 'uuid', name: 'lead_unit_id', nullable: true },
    direction: { type: 'text' },
    documentType: nullableText('document_type'),
    codeNumber: nullableText('code_number'),
    codeNotation: nullableText('code_notation'),
    issuedDate: nullableDay('issued_date'),
    issuer: nullableText('issuer'),
    subject: { type: 'text' },
    language: nullableText('language'),
    pageAmount: nullableInteger('page_amount'),
    description: nullableText('description'),
    signerPosition: nullableText('signer_position'),
    signerName: nullableText('signer_name'),
    recipients: { type: 'text', array: true },
    urgency: { type: 'text' },
    issuedAmount: nullableInteger('issued_amount'),
    dueDate: nullableDay('due_date'),
    arrivalDate: nullableDay('arrival_date'),
    toPlaces: nullableText('to_places'),
    trace: nullableText('trace'),
    dossierYear: nullableInteger('dossier_year'),
    dossierNotation: nullableText('dossier_notation'),
    dossierOrdinal: nullableInteger('dossier_ordinal'),
    paperKind: nullableText('paper_kind'),
    paperStore: nullableText('paper_store'),
    paperShelf: nullableText('paper_shelf'),
    paperBox: nullableText('paper_box'),
    joinedInto: { type: 'uuid', name: 'joined_into', nullable: true },
    correspondentId: { type: 'uuid', name: 'correspondent_id', nullable: true },
    arrivalNumber: nullableInteger('arrival_number'),
    receivedAt: { type: 'timestamptz', name: 'received_at' },
    receivedBy: { type: 'uuid', name: 'received_by', nullable: true },
    registeredAt: { type: 'timestamptz', name: 'registered_at', nullable: true },
    registeredBy: { type: 'uuid', name: 'registered_by', nullable: true },
  },
});
