/** A line in pieces, those that were looked for marked. Text only: what an index hands back is never markup. */
export function Pieces({ pieces }: { readonly pieces: readonly { readonly text: string; readonly hit: boolean }[] }) {
  return pieces.map((piece, index) => (piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text));
}
