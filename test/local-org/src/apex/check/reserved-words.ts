import type { Position } from '../parse/ast.ts';
import { reportProblem } from './context.ts';
import type { Program } from './program.ts';
import type { SourceUnit } from './symbols.ts';

/**
 * Words that may not name a class, field or variable. The grammar lets many of them through.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_reserved_words.htm
 */
const RESERVED = new Set(
  (
    'abstract activate and any array as asc autonomous begin bigdecimal blob boolean break bulk by byte case cast catch char class collect commit const continue ' +
    'currency date datetime decimal default delete desc do double else enum exception exit export extends false final finally float for from global goto group having ' +
    'hint if implements import in inner insert instanceof int integer interface into join like limit list long loop map merge new not null nulls number object ' +
    'of on or outer override package parallel pragma private protected public retrieve return rollback select set short sobject sort static string super switch ' +
    'synchronized system testmethod then this throw time transaction trigger true try undelete update upsert using virtual void webservice when where while'
  ).split(' '),
);

/** Words that no method can have as its name either; type names and the like may name a method. */
const RESERVED_FOR_METHODS = new Set(
  (
    'abstract and as asc break bulk by catch class commit const continue default delete desc do else enum extends final finally for from global goto having hint if ' +
    'implements in insert instanceof interface into join like limit loop merge new not null nulls of on or order override package parallel pragma private protected ' +
    'public retrieve return rollback select static super synchronized this throw true false try undelete update upsert using virtual void webservice when where while'
  ).split(' '),
);

export function isReserved(name: string): boolean {
  return RESERVED.has(name.toLowerCase());
}

const MAX_LENGTH = 255;

/**
 * What is wrong with the shape of a name, or null.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_naming_conventions.htm
 */
export function nameProblem(name: string): string | null {
  if (name.length > MAX_LENGTH) return `Identifier name is too long: ${name}`;
  return /^_|__|_$/.test(name) ? `Invalid character in identifier: ${name}` : null;
}

/** Reports a name of a class, field or parameter that the platform refuses. */
export function checkIdentifier(name: string, pos: Position, unit: SourceUnit, program: Program): void {
  const shape = nameProblem(name);
  if (shape !== null) reportProblem(program, unit, shape, pos);
  if (isReserved(name)) reportProblem(program, unit, `Identifier name is reserved: ${name}`, pos);
}

export function checkMethodName(name: string, pos: Position, unit: SourceUnit, program: Program): void {
  const shape = nameProblem(name);
  if (shape !== null) reportProblem(program, unit, shape, pos);
  if (RESERVED_FOR_METHODS.has(name.toLowerCase())) reportProblem(program, unit, `Identifier name is reserved: ${name}`, pos);
}
