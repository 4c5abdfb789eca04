import type { ApexType } from '../types.ts';
import type { ApexValue } from './values.ts';

/** An instance of a platform class that is no value type: RestRequest, SaveResult, DescribeFieldResult, Savepoint, … */
export class NativeObject {
  readonly type: ApexType;
  /** What the implementation keeps; its own business. */
  readonly data: unknown;
  /** Two instances of one type with the same key are equal (tokens: `Account.Name`); null: equal only to itself. */
  readonly key: string | null;
  /** Properties that guest code may read or set, by catalogue name. */
  readonly properties = new Map<string, ApexValue>();

  constructor(type: ApexType, data: unknown = null, key: string | null = null) {
    this.type = type;
    this.data = data;
    this.key = key;
  }
}
