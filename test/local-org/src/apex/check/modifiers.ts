import type { Member, Modifiers, Position } from '../parse/ast.ts';
import { T, typeName } from '../types.ts';
import { annotated, type Declared } from './annotations.ts';
import { reportProblem } from './context.ts';
import type { Program } from './program.ts';
import type { ClassSymbol, MethodSymbol } from './symbols.ts';

type Word = Modifiers['words'] extends ReadonlySet<infer W> ? W : never;

/**
 * Modifiers that mean nothing on a declaration; each declaration may have all others.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_keywords.htm
 */
const NOT_ALLOWED: Readonly<Record<Declared, readonly Word[]>> = {
  classes: ['static', 'final', 'transient', 'override', 'testmethod', 'webservice'],
  interfaces: ['static', 'final', 'transient', 'override', 'abstract', 'testmethod', 'webservice'],
  enums: ['static', 'final', 'transient', 'override', 'abstract', 'virtual', 'testmethod', 'webservice'],
  methods: ['transient'],
  constructors: ['static', 'final', 'transient', 'override', 'abstract', 'virtual', 'testmethod', 'webservice'],
  fields: ['override', 'abstract', 'virtual', 'testmethod'],
  properties: ['testmethod'],
  accessors: ['static', 'final', 'transient', 'override', 'abstract', 'virtual', 'testmethod', 'webservice'],
};

/** Of methods of interfaces, which are public and abstract as they are. */
const NOT_IN_INTERFACES: readonly Word[] = ['private', 'protected', 'static', 'final', 'override', 'testmethod', 'webservice'];

/** Accessors would have to be dispatched to as methods are. */
const UNSUPPORTED_ON_PROPERTIES: readonly Word[] = ['abstract', 'override', 'virtual'];

const MAX_PARAMETERS = 32;

/** Modifiers where they mean nothing or contradict each other, in the words of the compiler. */
export function checkModifiers(cls: ClassSymbol, program: Program): void {
  const report = (message: string, pos: Position): void => reportProblem(program, cls.unit, message, pos);
  for (const { modifiers, what, member } of annotated(cls)) {
    const pos = member?.pos ?? cls.decl.pos;
    for (const message of problemsOf(cls, modifiers, what, member)) report(message, pos);
  }
  if (cls.outer && cls.visibility === 'global' && cls.outer.visibility !== 'global')
    report('Enclosing type for global types must be declared as global', cls.decl.pos);
  if (!cls.outer && !cls.isTest && cls.visibility !== 'public' && cls.visibility !== 'global')
    report('Top-level type must have public or global visibility', cls.decl.pos);
  for (const method of [...cls.methods.values()].flat())
    for (const message of methodProblems(cls, method)) report(message, method.decl.pos);
}

function problemsOf(cls: ClassSymbol, { words, sharing }: Modifiers, what: Declared, member: Member | null): string[] {
  const forbidden = cls.kind === 'interface' && member ? NOT_IN_INTERFACES : NOT_ALLOWED[what];
  const problems = forbidden.filter((word) => words.has(word)).map((word) => `${word} is not allowed on ${what}`);
  if (sharing !== null && what !== 'classes' && what !== 'interfaces') problems.push(`${sharing} sharing is not allowed on ${what}`);
  if (what === 'properties')
    for (const word of UNSUPPORTED_ON_PROPERTIES) if (words.has(word)) problems.push(`Not supported by the local org: ${word} properties`);
  if (member && what !== 'accessors')
    for (const word of ['global', 'webservice'] as const)
      if (words.has(word) && cls.visibility !== 'global') problems.push(`Defining type for ${word} ${what} must be declared as global`);
  return problems;
}

function methodProblems(cls: ClassSymbol, method: MethodSymbol): string[] {
  const { words } = method.decl.modifiers;
  const problems: string[] = [];
  if (method.isStatic)
    for (const word of ['abstract', 'virtual', 'override'] as const) if (words.has(word)) problems.push(`${word} methods cannot be static`);
  if (words.has('protected') && !method.isOverride && !method.isStatic && cls.kind === 'class' && !cls.isVirtual)
    problems.push('New protected methods cannot be defined in non-virtual classes');
  if (words.has('webservice')) problems.push(method.isStatic ? 'Not supported by the local org: webservice methods' : 'webservice methods must be declared as static'); // prettier-ignore
  if (method.params.length > MAX_PARAMETERS) problems.push(`Invalid number of parameters exceeds: ${MAX_PARAMETERS}`);
  const isTest = method.hasAnnotation('istest') || words.has('testmethod');
  const isSetup = method.hasAnnotation('testsetup');
  if (!isTest && !isSetup) return problems;
  const label = isSetup ? 'TestSetup' : 'IsTest';
  if (!cls.isTest || cls.outer) problems.push(`Defining type for ${label} methods must be declared as IsTest`);
  if (!method.isStatic) problems.push(`${label} methods must be declared as static`);
  if (method.params.length > 0) problems.push('Test methods must have no arguments');
  if (method.returns !== T.void)
    problems.push(isSetup ? 'Test setup method must return void' : `${label} methods do not support return type of ${typeName(method.returns)}`); // prettier-ignore
  return problems;
}
