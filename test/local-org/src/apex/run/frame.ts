import type { AccessMode } from '../../dml/types.ts';
import type { ApexValue } from '../values/values.ts';
import type { CodeAccess } from '../check/code-access.ts';
import type { Routine } from '../check/symbols.ts';
import type { Interpreter } from './interpreter.ts';

/** One call of a method, constructor, accessor, initialiser or trigger. */
export class Frame {
  readonly rt: Interpreter;
  /** As stack traces name it: `Class.WriteService.commitWrite`. */
  readonly label: string;
  readonly file: string;
  /** Of queries and DML that do not say it themselves. */
  readonly mode: AccessMode;
  /** Whether sharing holds in system mode. */
  readonly sharing: boolean;
  readonly self: ApexValue;
  readonly locals: ApexValue[];
  line = 0;
  column = 1;
  /** What `return` left. */
  result: ApexValue = null;

  constructor(
    rt: Interpreter,
    code: Pick<Routine, 'label' | 'file' | 'access'>,
    caller: Frame | undefined,
    self: ApexValue,
    locals: ApexValue[],
  ) {
    this.rt = rt;
    this.label = code.label;
    this.file = code.file;
    this.mode = code.access.userMode ? 'user' : 'system';
    this.sharing = sharingOf(code.access, caller);
    this.self = self;
    this.locals = locals;
  }
}

function sharingOf({ sharing }: CodeAccess, caller: Frame | undefined): boolean {
  if (sharing === 'with' || sharing === 'without') return sharing === 'with';
  return caller?.sharing ?? sharing === 'inherited';
}

/** An expression, compiled. */
export type Code = (frame: Frame) => ApexValue;

/** How a statement ended. */
export type Completion = 0 | 1 | 2 | 3;
export const NORMAL = 0;
export const BREAK = 1;
export const CONTINUE = 2;
export const RETURN = 3;

/** A statement, compiled. */
export type Step = (frame: Frame) => Completion;
