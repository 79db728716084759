/** What happened to a request: nothing of what it said. `cut` is an answer that ended before its last byte. */
export type Outcome = '1xx' | '2xx' | '3xx' | '4xx' | '5xx' | 'cut';

/**
 * Who counts what passes. It is told the template of a route, never a path: a path holds numbers of records and a query
 * holds what somebody looked for.
 */
export interface Meter {
  /** `route` is null for what no counter answered: files of the web client, addresses that are not there. */
  answered(fact: {
    readonly route: string | null;
    readonly method: string;
    readonly outcome: Outcome;
    readonly seconds: number;
  }): void;
  /** Bytes of an uploaded file as they pass, whether it is kept in the end or not. */
  received(bytes: number): void;
  uploaded(end: 'kept' | 'not-kept'): void;
}

export function outcomeOf(status: number, whole: boolean): Outcome {
  return whole ? (`${String(Math.floor(status / 100))}xx` as Outcome) : 'cut';
}

/** Counting is for whoever watches. A count that fails is lost, and the request goes on. */
export function harmless(meter: Meter | undefined): Meter {
  const tried = (count: (meter: Meter) => void): void => {
    if (meter === undefined) return;
    try {
      count(meter);
    } catch {
      // Told to nobody: a fault here would come once a request and drown the log.
    }
  };
  return {
    answered: (fact) => {
      tried((one) => {
        one.answered(fact);
      });
    },
    received: (bytes) => {
      tried((one) => {
        one.received(bytes);
      });
    },
    uploaded: (end) => {
      tried((one) => {
        one.uploaded(end);
      });
    },
  };
}
