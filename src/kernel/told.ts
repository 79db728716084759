/** What went wrong, in a sentence for the person at the terminal: shown without a stack. */
export class Told extends Error {}
