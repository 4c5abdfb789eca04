import type { LimitExceeded } from '../../transaction/types.ts';
import type { ApexObject } from '../values/apex-object.ts';

/** A guest exception on its way. Host errors are other classes: no guest `catch` or `finally` ever sees those. */
export class ApexThrow extends Error {
  readonly value: ApexObject;

  constructor(value: ApexObject) {
    super(describe(value));
    this.name = 'ApexThrow';
    this.value = value;
  }
}

/** A failed assertion ends the test: no `catch` and no `finally` sees it. @see https://developer.salesforce.com/docs/atlas.en-us.apexref.meta/apexref/apex_class_System_Assert.htm */
export function isCatchable(error: unknown): error is ApexThrow {
  return error instanceof ApexThrow && error.value.class.type.name !== 'AssertException';
}

/** `System.DmlException: Insert failed. …`, as the platform prints an uncaught exception. */
export function describe(value: ApexObject): string {
  const message = value.exception?.message ?? 'Script-thrown exception';
  return `${exceptionTypeName(value)}: ${message}`;
}

/** `System.DmlException`, `WriteErrors.Refused` */
function exceptionTypeName(value: ApexObject): string {
  const { type } = value.class;
  return type.kind === 'platform' && !type.name.includes('.') ? `System.${type.name}` : type.name;
}

/** A limit as the platform reports it, though no guest code ever sees it. */
export function limitText(limit: LimitExceeded): string {
  return `System.LimitException: ${limit.message}`;
}
