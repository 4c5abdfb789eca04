import type { ApexType } from '../types.ts';

/** A constant of an enum, user-written or of the platform. One object per constant and org: compare by identity or by type and ordinal. */
export class ApexEnumValue {
  readonly type: ApexType;
  readonly name: string;
  readonly ordinal: number;

  constructor(type: ApexType, name: string, ordinal: number) {
    this.type = type;
    this.name = name;
    this.ordinal = ordinal;
  }
}
