import { createHash } from 'node:crypto';

/** SHA-256 of the arguments with their keys sorted, so that equal calls are seen as equal and no value is logged. */
export function argumentsHash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify({ arguments: sorted(value) }))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
