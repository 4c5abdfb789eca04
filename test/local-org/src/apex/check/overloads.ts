import type { ApexType } from '../types.ts';
import { conversionCost } from './conversions.ts';
import type { Program } from './program.ts';

/**
 * The overload that a call means, by the static types of its arguments: of those that fit, the one whose parameters
 * are nearest in sum, or of those the one that is at least as specific as every other; else the call is ambiguous.
 */
export function pickOverload<T extends { readonly params: readonly ApexType[] }>(
  candidates: readonly T[],
  args: readonly ApexType[],
  program: Program,
): T | 'ambiguous' | undefined {
  const fitting = candidates
    .filter((candidate) => candidate.params.length === args.length)
    .map((candidate) => ({
      candidate,
      costs: candidate.params.map((param, index) => conversionCost(args[index] ?? param, param, program, true)),
    }))
    .filter((entry): entry is { candidate: T; costs: number[] } => entry.costs.every((cost) => cost !== null));
  if (fitting.length <= 1) return fitting[0]?.candidate;
  const total = (costs: readonly number[]): number => costs.reduce((sum, cost) => sum + cost, 0);
  const cheapest = Math.min(...fitting.map((entry) => total(entry.costs)));
  const nearest = fitting.filter((entry) => total(entry.costs) === cheapest).map((entry) => entry.candidate);
  if (nearest.length === 1) return nearest[0];
  const specific = nearest.filter((one) => nearest.every((other) => isAtLeastAsSpecific(one, other, args, program)));
  return specific.length === 1 ? specific[0] : 'ambiguous';
}

/** A bare null tells nothing about which parameter is meant. */
function isAtLeastAsSpecific(
  a: { readonly params: readonly ApexType[] },
  b: { readonly params: readonly ApexType[] },
  args: readonly ApexType[],
  program: Program,
): boolean {
  return a.params.every((param, index) => {
    const other = b.params[index] ?? param;
    return param === other || (args[index]?.kind !== 'null' && conversionCost(param, other, program, true) !== null);
  });
}
