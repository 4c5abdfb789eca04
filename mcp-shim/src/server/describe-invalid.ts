import type * as z from 'zod';
import { invalidInput } from '../errors.ts';
import type { ContractError } from '../errors.ts';

/** Says every argument that is wrong, and which names exist, so that one correction is enough. */
export function describeInvalidArguments(tool: string, error: z.ZodError, known: readonly string[]): ContractError {
  const said = error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') return `unknown argument ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    const path = issue.path.join('.');
    const message = issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : lowerFirst(issue.message);
    return path === '' ? message : `${path} ${message}`;
  });
  const fields = [
    ...new Set(error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1).map(String)))),
  ];
  return invalidInput(`${tool}: ${said.join('; ')}. Arguments: ${known.join(', ')}.`, { cause: 'INVALID_ARGUMENTS', fields });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
