import type { ApexType } from '../types.ts';
import type { ApexValue } from './values.ts';

/** What the runtime knows of a class at run time, user-written or a platform exception. */
export interface RuntimeClass {
  readonly type: ApexType;
  readonly superclass: RuntimeClass | null;
  /** All interfaces, inherited ones too. */
  readonly interfaces: readonly ApexType[];
  /** True for Exception and everything below it. */
  readonly isException: boolean;
}

/** An instance of a class. Fields by slot: the checker gives every instance field a number. */
export class ApexObject {
  readonly class: RuntimeClass;
  readonly fields: ApexValue[];
  /** Only for exceptions: what the platform keeps beside the declared fields. */
  exception: ExceptionState | null = null;

  constructor(runtimeClass: RuntimeClass, slots: number) {
    this.class = runtimeClass;
    this.fields = new Array<ApexValue>(slots).fill(null);
  }
}

export interface ExceptionState {
  message: string | null;
  cause: ApexObject | null;
  line: number;
  stack: string;
  /** DmlException: one entry per failed record. */
  dml: readonly DmlFailure[];
  /** QueryException and user-mode errors: inaccessible fields by object. */
  inaccessibleFields: ReadonlyMap<string, readonly string[]>;
}

export interface DmlFailure {
  readonly index: number;
  readonly id: string | null;
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}
