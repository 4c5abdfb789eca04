/** Answers epoch milliseconds. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** A clock that stands still until it is moved on. */
export interface FixedClock {
  readonly now: Clock;
  /** Moves it on by so many milliseconds. */
  advance(milliseconds: number): void;
}

/** @param at epoch milliseconds, or an ISO 8601 text with an offset */
export function fixedClock(at: number | string): FixedClock {
  let time = typeof at === 'number' ? at : Date.parse(at);
  if (!Number.isFinite(time)) throw new RangeError(`'${at}' is no point in time`);
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
