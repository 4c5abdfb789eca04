import type { ChangeOutcome } from '../writes/write-outcome.ts';

/** How people call the fields that a write sets, by the names that the service answers with. */
export type Labels = Readonly<Record<string, string>>;

export function labelOf({ field }: ChangeOutcome, labels: Labels): string {
  return (Object.hasOwn(labels, field) ? labels[field] : undefined) ?? field;
}
