import type { ApexType } from '../types.ts';
import type { ApexValue } from './values.ts';

export class ApexList {
  readonly elementType: ApexType;
  readonly items: ApexValue[];
  /** Counts structural changes, so that a `for` loop over the list notices one. */
  changes = 0;

  constructor(elementType: ApexType, items: ApexValue[] = []) {
    this.elementType = elementType;
    this.items = items;
  }
}
