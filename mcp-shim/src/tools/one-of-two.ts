import { invalidInput } from '../errors.ts';

/**
 * For arguments of which a call takes exactly one. Said at run time, because clients choke on a union in the listed schema.
 * @throws ContractError INVALID_INPUT for none and for both
 */
export function requireOneOf(tool: string, args: Readonly<Record<string, unknown>>, names: readonly [string, string]): void {
  const given = names.filter((name) => args[name] !== undefined);
  if (given.length === 1) return;
  const [first, second] = names;
  throw invalidInput(`${tool}: pass exactly one of ${first} and ${second}, ${given.length === 0 ? 'not none' : 'not both'}.`, {
    cause: 'INVALID_ARGUMENTS',
    fields: [...names],
  });
}
