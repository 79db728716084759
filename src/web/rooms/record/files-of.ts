import type { RecordFile, RecordView } from '../../../contract/registry.ts';

/** The number of the version that opens; 0 where there is none. */
export function newestVersion({ versions }: Pick<RecordView, 'versions'>): number {
  return versions.reduce((highest, { number }) => Math.max(highest, number), 0);
}

/** A main file that a newer one has followed. */
export function isOlder(record: Pick<RecordView, 'versions'>, file: RecordFile): boolean {
  return file.role === 'main' && file.version < newestVersion(record);
}

/** The files as the panel shows them: the document as it is now, what came with it, and what it looked like before. */
export function filesByPart(record: Pick<RecordView, 'versions' | 'files'>): {
  readonly now: readonly RecordFile[];
  readonly before: readonly RecordFile[];
} {
  return {
    now: record.files.filter((file) => !isOlder(record, file)),
    before: record.files.filter((file) => isOlder(record, file)),
  };
}
