import type { Position, TypeRef } from '../parse/ast.ts';
import { ANONYMOUS_ACCESS, classAccess, triggerAccess } from './code-access.ts';
import type { CodeAccess } from './code-access.ts';
import type { ApexType } from '../types.ts';
import { CheckError } from './problems.ts';
import type { Program } from './program.ts';
import { Scope } from './scope.ts';
import type { ClassSymbol, FieldSymbol, SourceUnit } from './symbols.ts';
import { resolveType } from './type-resolver.ts';

/** Where the checker stands: one routine of one class (or trigger). */
export class Context {
  readonly program: Program;
  readonly unit: SourceUnit;
  /** Null in a trigger and in anonymous Apex. */
  readonly cls: ClassSymbol | null;
  readonly isStatic: boolean;
  readonly returns: ApexType;
  readonly scope = new Scope();
  readonly body: 'method' | 'constructor' | 'initializer' | 'trigger';
  /** Set inside a constructor: finals may be assigned there. */
  readonly isConstructor: boolean;
  /** The property whose accessor this is: inside it, its name means its storage. */
  readonly accessorOf: FieldSymbol | null;
  /** The field whose initialiser this is: fields declared behind it have no value yet. */
  readonly initializing: FieldSymbol | null;
  /** The sObject of a trigger body: the type of Trigger.new. */
  readonly triggerObject: ApexType | null;
  loopDepth = 0;
  /** While the arguments of `this(…)` and `super(…)` are checked: the object is not there yet. */
  isBeforeObject = false;

  constructor(options: {
    program: Program;
    unit: SourceUnit;
    cls: ClassSymbol | null;
    isStatic: boolean;
    returns: ApexType;
    isConstructor?: boolean;
    body?: Context['body'];
    accessorOf?: FieldSymbol | null;
    initializing?: FieldSymbol | null;
    triggerObject?: ApexType | null;
  }) {
    this.program = options.program;
    this.unit = options.unit;
    this.cls = options.cls;
    this.isStatic = options.isStatic;
    this.returns = options.returns;
    this.isConstructor = options.isConstructor ?? false;
    this.body = options.body ?? 'method';
    this.accessorOf = options.accessorOf ?? null;
    this.initializing = options.initializing ?? null;
    this.triggerObject = options.triggerObject ?? null;
  }

  /** How the code of this routine reaches records. */
  get access(): CodeAccess {
    if (this.unit.kind === 'anonymous') return ANONYMOUS_ACCESS;
    return this.cls ? classAccess(this.cls) : triggerAccess(this.unit);
  }

  type(ref: TypeRef): ApexType {
    return resolveType(ref, this.program, this.cls);
  }

  report(message: string, pos: Position): void {
    reportProblem(this.program, this.unit, message, pos);
  }

  /** Runs a check; a compile error is reported and checking goes on behind it. */
  attempt<R>(work: () => R): R | null {
    return attempt(this.program, this.unit, work);
  }
}

export function reportProblem(program: Program, unit: SourceUnit, message: string, pos: Position): void {
  const text = message.startsWith('Not supported by the local org') ? `${message} (${unit.file}:${pos.line})` : message;
  program.problems.push({ message: text, location: { file: unit.file, line: pos.line, column: pos.column } });
}

export function attempt<R>(program: Program, unit: SourceUnit, work: () => R): R | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    reportProblem(program, unit, error.message, error.pos);
    return null;
  }
}
