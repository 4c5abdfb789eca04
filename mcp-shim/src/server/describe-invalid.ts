import type * as z from 'zod';
import { invalidInput } from '../errors.ts';
import type { ContractError } from '../errors.ts';
import { cleanText } from '../untrusted-text.ts';

/** Of names that nobody knows, this many are repeated, each up to this length: they may be anything. */
const maxNames = 10;
const maxNameLength = 80;

/** For `safeParse`: what a schema says where it has no words of its own. */
export function sayInvalid(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${nameOfType(issue.expected)}, not ${nameOfValue(issue.input)}`;
    case 'too_small':
      return `must be at least ${Number(issue.minimum).toLocaleString('en-US')}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be at most ${Number(issue.maximum).toLocaleString('en-US')}${unitOf(issue.origin)}`;
    default:
      return undefined;
  }
}

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

function nameOfType(expected: string): string {
  if (expected === 'boolean') return 'true or false';
  return expected === 'int' ? 'a whole number' : `a ${expected}`;
}

function nameOfValue(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  return typeof input === 'object' ? 'an object' : typeof input === 'number' ? String(input) : `a ${typeof input}`;
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : '';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
