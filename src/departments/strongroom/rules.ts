/** A quarantine object that no row names is the trace of an upload that was never acknowledged; it may go after this long. */
export const orphanGraceHours = 24;

export type ByteRange = { readonly start: number; readonly end: number };

/**
 * One range of bytes as a browser asks for it (RFC 9110, section 14). Answers `undefined` for none, several or a unit
 * that is not bytes (then the whole is sent), `unsatisfiable` when it lies outside.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/u.exec(header ?? '');
  if (!parts || (parts[1] === '' && parts[2] === '')) return undefined;
  if (parts[1] === '') {
    const last = Number(parts[2]);
    return last === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(parts[1]);
  const end = parts[2] === '' ? size - 1 : Math.min(Number(parts[2]), size - 1);
  if (start >= size) return 'unsatisfiable';
  return start > end ? undefined : { start, end };
}

/** A part of a file is checked by pieces of this many bytes. */
export const pieceBytes = 1 << 18;

/** The whole pieces that a range touches: their numbers, and the bytes they are. */
export function piecesAround(range: ByteRange, size: number): { readonly first: number; readonly bytes: ByteRange } {
  const first = Math.floor(range.start / pieceBytes);
  const end = (Math.floor(range.end / pieceBytes) + 1) * pieceBytes - 1;
  return { first, bytes: { start: first * pieceBytes, end: Math.min(end, size - 1) } };
}
