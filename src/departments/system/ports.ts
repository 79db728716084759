/** A part of the house that can be down while the others stand. */
export interface Part {
  readonly name: 'database' | 'store' | 'search' | 'queue';
  readonly kind: string;
  readonly ping: () => Promise<void>;
}

/** What a program that watches the process reads: figures of the machine, nothing of a document or a person. */
export interface Figures {
  page(): Promise<string>;
  readonly mediaType: string;
}

/** How much room is left under this install's own folder. */
export type Disk = () => Promise<{ readonly free: number; readonly whole: number }>;

/** The last time the index was held against the records, and how many it had lost; undefined before the first. */
export type Compared = () => { readonly at: string; readonly lost: number } | undefined;

export interface JobList {
  waiting(): Promise<number>;
  /** Jobs that were tried as often as they may. */
  dead(): Promise<{ id: string; task: string; attempts: number; said: string | null; lastTriedAt: string | null }[]>;
  /** Whether there was such a job. */
  retry(id: string): Promise<boolean>;
}
