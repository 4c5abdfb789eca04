import type { ObjectDef } from '../../schema/types.ts';
import type { ApexList } from './apex-list.ts';
import type { ApexValue } from './values.ts';

/** A record in guest code. Knows which fields it carries: reading one that was not queried throws. */
export class SObjectValue {
  readonly object: ObjectDef;
  /** By canonical field name. Present = set or queried. */
  readonly fields = new Map<string, ApexValue>();
  /** Queried or assigned parents, by relationship name; null where the reference is empty. */
  readonly parents = new Map<string, SObjectValue | null>();
  readonly children = new Map<string, ApexList>();
  /** True when it came from a query or trigger: a field that is absent was not queried. False for `new X()`: absent reads null. */
  fromQuery = false;
  /** What the query put into `fields`; null for a record that no query made. */
  queried: ReadonlyMap<string, ApexValue> | null = null;
  /** Trigger.new in an after trigger, Trigger.old, and the like. */
  readOnly = false;
  /** Options of its next save; null where none were given. */
  options: ApexValue = null;
  /** Errors added by addError in a trigger. */
  readonly errors: { message: string; field: string | null }[] = [];

  constructor(object: ObjectDef) {
    this.object = object;
  }
}
