/**
 * Mục lục văn bản, tài liệu trong hồ sơ: Nghị định 30/2020, Phụ lục V, mục IV. All words as they are to be read.
 */
export interface DocumentList {
  readonly agency: string;
  readonly code: string;
  readonly title: string;
  readonly rows: readonly DocumentListRow[];
  /** "Hà Nội" is not known to the house: only the day is. */
  readonly madeOn: string;
  /** Who asked for it: it holds what this person may see. */
  readonly madeBy: string;
  /** Who keeps the dossier, when somebody does. */
  readonly owner: string | null;
}

export interface DocumentListRow {
  readonly ordinal: number;
  readonly number: string;
  readonly day: string;
  /** Tên loại và trích yếu */
  readonly subject: string;
  readonly issuer: string;
  readonly sheets: string;
  readonly note: string;
}

/** Sets the forms of the law; what comes out is the whole file. */
export interface Printing {
  readonly documentList: (list: DocumentList, form: 'pdf' | 'xlsx') => Promise<Uint8Array>;
}
