import type { ApexType } from '../types.ts';
import type { ApexValue } from './values.ts';

export class ApexList {
  readonly elementType: ApexType;
  readonly items: ApexValue[];

  constructor(elementType: ApexType, items: ApexValue[] = []) {
    this.elementType = elementType;
    this.items = items;
  }
}
