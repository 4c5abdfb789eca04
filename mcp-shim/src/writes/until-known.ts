import { setTimeout as delay } from 'node:timers/promises';
import type { ContractError } from '../errors.ts';
import type { WriteOutcome } from './write-outcome.ts';

/**
 * What one try of a commit tells.
 * done: the service's answer, of this time or of an earlier one · refused: this try changed nothing; only where the service itself
 * said so, after it had looked for the request, does that hold for earlier tries as well · open: it may have run
 */
export type Verdict =
  | { kind: 'done'; outcome: WriteOutcome }
  | { kind: 'refused'; error: ContractError; byService: boolean }
  | ({ kind: 'open' } & OpenOutcome);

export interface OpenOutcome {
  /** What happened instead of an answer, as a sentence. */
  said: string;
  httpStatus?: number;
  cause?: unknown;
}

interface Options {
  attempt: (signal: AbortSignal) => Promise<Verdict>;
  /** Called before each try after the first. */
  onRepeat: (said: string, attempt: number) => void;
  unknown: (open: OpenOutcome) => ContractError;
  /** What an earlier call left open, if one did. */
  earlier?: OpenOutcome | undefined;
  /** Ends with the call. */
  signal: AbortSignal;
}

const firstWaitMs = 250;
const longestWaitMs = 3_000;

/**
 * Repeats a commit while it may have run and nobody has said what became of it. Once a try has been left open, only an outcome or
 * a refusal by the service ends it: locks, refused sessions, faults and further cuts do not tell of the try before.
 * @throws ContractError of a refusal, or the one of `unknown` when the call is over first
 */
export async function untilKnown({ attempt, onRepeat, unknown, earlier, signal }: Options): Promise<WriteOutcome> {
  let open = earlier;
  for (let tries = 1; ; tries += 1) {
    const verdict = await attempt(signal);
    if (verdict.kind === 'done') return verdict.outcome;
    if (verdict.kind === 'refused' && (verdict.byService || open === undefined)) throw verdict.error;
    if (verdict.kind === 'open') open = verdict;
    if (open === undefined) throw new TypeError('a commit that was neither refused nor left open');
    if (!(await waited(Math.min(firstWaitMs * 2 ** (tries - 1), longestWaitMs), signal))) throw unknown(open);
    onRepeat(open.said, tries + 1);
  }
}

/** @returns false where the call was over first */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return delay(ms, true, { signal }).catch(() => false);
}
