import type * as z from 'zod';
import { invalidInput } from '../errors.ts';
import type { ContractError } from '../errors.ts';
import { cleanText } from '../untrusted-text.ts';

/** Of names that nobody knows, this many are repeated, each up to this length: they may be anything. */
const maxNames = 10;
const maxNameLength = 80;

/** Says every argument that is wrong, and which names exist, so that one correction is enough. */
export function describeInvalidArguments(tool: string, error: z.ZodError, known: readonly string[]): ContractError {
  const said = error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') return `unknown argument ${quoted(issue.keys)}`;
    const path = issue.path.join('.');
    const message = issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : lowerFirst(issue.message);
    return path === '' ? message : `${path} ${message}`;
  });
  const fields = [
    ...new Set(
      error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? shown(issue.keys) : issue.path.slice(0, 1).map(String))),
    ),
  ];
  return invalidInput(`${tool}: ${said.join('; ')}. Arguments: ${known.join(', ')}.`, { cause: 'INVALID_ARGUMENTS', fields });
}

function quoted(names: readonly string[]): string {
  const more = names.length - maxNames;
  const some = shown(names).map((name) => `"${name}"`);
  return `${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function shown(names: readonly string[]): string[] {
  return names.slice(0, maxNames).map((name) => cleanText(name, maxNameLength).replace(/\s+/g, ' '));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
