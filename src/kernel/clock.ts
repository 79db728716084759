/** Time is an argument. `compose` hands the real one out; tests hand out their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
