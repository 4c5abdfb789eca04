import type { ApexType } from '../types.ts';
import type { ApexValue } from './values.ts';

/** Members by `runtime.keyOf(member)`, in insertion order. */
export class ApexSet {
  readonly elementType: ApexType;
  readonly members: Map<string, ApexValue>;

  constructor(elementType: ApexType, members: Map<string, ApexValue> = new Map()) {
    this.elementType = elementType;
    this.members = members;
  }
}
