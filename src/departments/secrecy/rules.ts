/** Why a record is withheld; the words for it are the office's. */
export type Cause = 'reported' | 'officer' | 'mark-read' | 'mark-sent' | 'mark-lifted';

/** Another than who asked: with one alone a secret could be brought back by whoever wants it read. */
export function mayConfirm(actorId: string, release: { readonly askedBy: string }): boolean {
  return actorId !== release.askedBy;
}
