import { z } from 'zod';
import { line } from './line.ts';
import {
  day,
  direction,
  fileStage,
  id,
  moment,
  neededText,
  personRef,
  rank,
  recordState,
  text,
  unitRef,
  urgency,
  wholeNumber,
} from './shapes.ts';

/**
 * The fields of a document: Nghị định 30/2020, Phụ lục VI, Phần II, mục I (outgoing) and mục II (incoming).
 * The name the annex gives stands behind each. `null` is "said to be empty"; absent is "not said".
 */
export const recordFields = z.strictObject({
  direction,
  /** TypeName, 100 */
  documentType: text(100).nullable(),
  /** CodeNumber, 11 */
  codeNumber: text(11).nullable(),
  /** CodeNotation, 30 */
  codeNotation: text(30).nullable(),
  /** IssuedDate */
  issuedDate: day.nullable(),
  /** OrganName, 200 */
  issuer: text(200).nullable(),
  /** Subject, 500 */
  subject: neededText(500),
  /** Language, 30 */
  language: text(30).nullable(),
  /** PageAmount */
  pageAmount: wholeNumber.min(0).max(1_000_000).nullable(),
  /** Description, 500 */
  description: text(500).nullable(),
  /** SignerInfo/Position, 100 */
  signerPosition: text(100).nullable(),
  /** SignerInfo/FullName, 50 */
  signerName: text(50).nullable(),
  /** To/OrganName of an outgoing document, 200 each */
  recipients: z.array(neededText(200)).max(200),
  /** Priority, its urgency half; secrecy is a label */
  urgency,
  /** IssuedAmount */
  issuedAmount: wholeNumber.min(0).max(1_000_000).nullable(),
  /** DueDate: thời hạn giải quyết (incoming), hạn trả lời (outgoing) */
  dueDate: day.nullable(),
  /** ArrivalDate */
  arrivalDate: day.nullable(),
  /** ToPlaces: đơn vị hoặc người nhận, 1000 */
  toPlaces: text(1000).nullable(),
  /** TraceHeaderList: ý kiến phân phối, chỉ đạo, trạng thái xử lý */
  trace: text(20_000).nullable(),
  /** FileCode/FileCatalog, the year of the dossier */
  dossierYear: wholeNumber.min(1900).max(2200).nullable(),
  /** FileCode/FileNotation, 20 */
  dossierNotation: text(20).nullable(),
  /** DocOrdinal */
  dossierOrdinal: wholeNumber.min(1).max(100_000).nullable(),
  /** What came besides or instead of a file ("kèm theo không số hóa"); null when nothing did. */
  paperKind: z.enum(['paper', 'sealed-envelope', 'bid', 'book', 'storage-device', 'other']).nullable(),
  /** Where it lies: kho, giá, hộp. */
  paperStore: text(100).nullable(),
  paperShelf: text(50).nullable(),
  paperBox: text(50).nullable(),
});
export type RecordFields = z.infer<typeof recordFields>;
export const recordFieldNames = Object.keys(recordFields.shape) as (keyof RecordFields)[];

/** Every field may be left unsaid when registering or correcting. */
export const saidFields = recordFields.partial();
export type SaidFields = z.infer<typeof saidFields>;

export const recordFile = z.object({
  id,
  role: z.enum(['main', 'attachment']),
  name: z.string(),
  mediaType: z.string(),
  format: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  sha512: z.string(),
  receivedAt: moment,
  stage: fileStage,
  /** Pages read so far and in all, once known. */
  pages: z.number().int().nullable(),
  pagesRead: z.number().int(),
  /** Why the text could not be read, or why the file failed. */
  problem: z.string().nullable(),
  damaged: z.boolean(),
  /** The version it belongs to; an attachment belongs to none in particular and bears the one it came with. */
  version: z.number().int(),
});
export type RecordFile = z.infer<typeof recordFile>;

/**
 * A version of what the record looks like: as received, its scan, a scan again with the leader's handwriting. Each has a
 * main file of its own; none is ever overwritten.
 */
export const recordVersion = z.object({
  number: z.number().int(),
  kind: z.enum(['original', 'scan', 'rescan']),
  note: z.string().nullable(),
  addedAt: moment,
  addedBy: personRef.nullable(),
});
export type RecordVersion = z.infer<typeof recordVersion>;

export const record = z.object({
  id,
  state: recordState,
  rank,
  fields: recordFields,
  arrivalNumber: z.number().int().nullable(),
  register: z.object({ year: z.number().int(), direction, kind: z.enum(['own', 'external']) }).nullable(),
  leadUnit: unitRef.nullable(),
  supportingUnits: z.array(unitRef),
  openToAll: z.boolean(),
  receivedAt: moment,
  receivedBy: personRef.nullable(),
  registeredAt: moment.nullable(),
  registeredBy: personRef.nullable(),
  /** Main file of the newest version first, then attachments, then what went before. */
  files: z.array(recordFile),
  versions: z.array(recordVersion),
  /** Rises with every change; sent back with a correction so that two clerks do not overwrite each other. */
  version: z.number().int(),
  may: z.object({
    register: z.boolean(),
    correct: z.boolean(),
    download: z.boolean(),
    /** The bytes that came in; without it a copy with the reader's name. */
    original: z.boolean(),
    history: z.boolean(),
    /** Add a version or an attachment. */
    addFile: z.boolean(),
  }),
});
export type RecordView = z.infer<typeof record>;

/** What a history tells a change of: the fields, whom the record goes to and at which level, and the files that came. */
export const historyFields = [
  ...recordFieldNames,
  'rank',
  'leadUnitId',
  'supportingUnitIds',
  'openToAll',
  'version',
  'attachment',
] as const;
export type HistoryField = (typeof historyFields)[number];

export const fieldChange = z.object({
  at: moment,
  by: personRef.nullable(),
  field: z.enum(historyFields),
  before: z.json(),
  after: z.json(),
  reason: z.string().nullable(),
});

/** The number another system gave: needed in an external register, below the start of an own one, refused elsewhere. */
const takenNumber = z.int().min(1).max(999_999_999).nullable().optional();

const distribution = {
  rank,
  leadUnitId: id.nullable(),
  supportingUnitIds: z.array(id).max(50),
  /** Open to everyone cleared for the level, not only to the units that have to do with it. */
  openToAll: z.boolean(),
};

export const registryLines = {
  record: line({
    method: 'GET',
    path: '/api/records/:id',
    title: { vi: 'Một văn bản', en: 'One record' },
    params: z.strictObject({ id }),
    reply: { kind: 'json', status: 200, schema: record },
  }),
  register: line({
    method: 'POST',
    path: '/api/records/:id/registration',
    title: { vi: 'Đăng ký văn bản', en: 'Register a record' },
    params: z.strictObject({ id }),
    body: z.strictObject({
      fields: recordFields.partial().required({ direction: true, subject: true }),
      ...distribution,
      takenNumber,
      version: z.int(),
    }),
    reply: { kind: 'json', status: 201, schema: record },
  }),
  /** An unopened named envelope, a bid, a book, or paper whose scan comes later: in the register at once, without a file. */
  registerPaper: line({
    method: 'POST',
    path: '/api/records',
    title: { vi: 'Đăng ký văn bản chưa có tệp', en: 'Register a record that has no file' },
    body: z.strictObject({
      fields: recordFields.partial().required({ direction: true, subject: true, paperKind: true }),
      ...distribution,
      takenNumber,
    }),
    reply: { kind: 'json', status: 201, schema: record },
  }),
  /** A scan that lies in the tray as a draft is the document of this arrival number: its files go there, the draft ends. */
  join: line({
    method: 'POST',
    path: '/api/records/:id/joining',
    title: { vi: 'Gắn bản quét vào văn bản đã đăng ký', en: 'Join a scan to its record' },
    params: z.strictObject({ id }),
    body: z.strictObject({
      intoId: id,
      as: z.enum(['version', 'attachment']),
      reason: text(500).optional(),
      version: z.int(),
    }),
    reply: { kind: 'json', status: 200, schema: record },
  }),
  correct: line({
    method: 'PATCH',
    path: '/api/records/:id',
    title: { vi: 'Sửa thông tin văn bản', en: 'Correct a record' },
    params: z.strictObject({ id }),
    body: z.strictObject({
      fields: saidFields,
      rank: rank.optional(),
      leadUnitId: id.nullable().optional(),
      supportingUnitIds: z.array(id).max(50).optional(),
      openToAll: z.boolean().optional(),
      version: z.int(),
      /** Needed once the record is registered. */
      reason: text(500).optional(),
    }),
    reply: { kind: 'json', status: 200, schema: record },
  }),
  history: line({
    method: 'GET',
    path: '/api/records/:id/history',
    title: { vi: 'Lịch sử thông tin', en: 'History of a record' },
    params: z.strictObject({ id }),
    reply: { kind: 'json', status: 200, schema: z.object({ rows: z.array(fieldChange) }) },
  }),
  nextNumber: line({
    method: 'GET',
    path: '/api/registers/next',
    title: { vi: 'Số sẽ cấp tiếp theo', en: 'The number that would come next' },
    /** `year` of the arrival, or of issue; this year when not said. */
    query: z.strictObject({ direction, year: wholeNumber.min(1900).max(2200).optional() }),
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        year: z.number().int(),
        /** `null` where the document brings its own number (outgoing, internal): none is allocated. */
        number: z.number().int().nullable(),
        kind: z.enum(['own', 'external']),
        /** Numbers below it were given by another system and may be taken. */
        startNumber: z.number().int(),
        otherSystem: z.string().nullable(),
      }),
    },
  }),
  /** What a form offers: types of Điều 7 and issuers already in the archive that this person may see. */
  suggestions: line({
    method: 'GET',
    path: '/api/registers/suggestions',
    title: { vi: 'Gợi ý cho phiếu đăng ký', en: 'Suggestions for the form' },
    reply: {
      kind: 'json',
      status: 200,
      schema: z.object({
        documentTypes: z.array(z.object({ symbol: z.string().nullable(), vi: z.string(), en: z.string() })),
        issuers: z.array(z.string()),
      }),
    },
  }),
};
