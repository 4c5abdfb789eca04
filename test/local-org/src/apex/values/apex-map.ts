import type { ApexType } from '../types.ts';
import type { ApexValue } from './values.ts';

export interface MapEntry {
  readonly key: ApexValue;
  value: ApexValue;
}

/** Entries by `runtime.keyOf(key)`, in insertion order. */
export class ApexMap {
  readonly keyType: ApexType;
  readonly valueType: ApexType;
  readonly entries: Map<string, MapEntry>;
  /** True for the maps of describe, whose String keys ignore case and are kept in lower case. */
  readonly ignoresCase: boolean;

  constructor(keyType: ApexType, valueType: ApexType, entries: Map<string, MapEntry> = new Map(), ignoresCase = false) {
    this.keyType = keyType;
    this.valueType = valueType;
    this.entries = entries;
    this.ignoresCase = ignoresCase;
  }

  /** A key as this map keeps it. */
  normalized(key: ApexValue): ApexValue {
    return this.ignoresCase && typeof key === 'string' ? key.toLowerCase() : key;
  }
}
