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

export interface JobList {
  waiting(): Promise<number>;
  /** Jobs that were tried as often as they may. */
  dead(): Promise<{ id: string; task: string; attempts: number; problem: string | null; lastTriedAt: string | null }[]>;
  /** Whether there was such a job. */
  retry(id: string): Promise<boolean>;
}
