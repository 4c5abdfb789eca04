import type { ApexType } from '../types.ts';

/** A `System.Type`. */
export class TypeValue {
  readonly type: ApexType;

  constructor(type: ApexType) {
    this.type = type;
  }
}
