import type { ApexValue } from '../values/values.ts';
import type { Interpreter } from './interpreter.ts';

/** One call of a method, constructor, accessor, initialiser or trigger. */
export class Frame {
  readonly rt: Interpreter;
  /** As stack traces name it: `Class.WriteService.commitWrite`. */
  readonly label: string;
  readonly file: string;
  readonly self: ApexValue;
  readonly locals: ApexValue[];
  line = 0;
  column = 1;
  /** What `return` left. */
  result: ApexValue = null;

  constructor(rt: Interpreter, label: string, file: string, self: ApexValue, locals: ApexValue[]) {
    this.rt = rt;
    this.label = label;
    this.file = file;
    this.self = self;
    this.locals = locals;
  }
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
