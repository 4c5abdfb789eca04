import type { DmlError } from '../../dml/types.ts';
import type { DmlRecord } from '../../dml/execute-dml.ts';

/**
 * Objects whose records decide on access, in lower case: a transaction that has changed others may not change these, and the other way round.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_dml_non_mix_sobjects.htm
 */
const SET_UP: ReadonlySet<string> = new Set([
  'fieldpermissions',
  'group',
  'groupmember',
  'objectpermissions',
  'permissionset',
  'permissionsetassignment',
  'queuesobject',
  'setupentityaccess',
  'user',
  'userrole',
]);
/** What makes an update of a user one of set-up. */
const OF_USERS_ACCESS: ReadonlySet<string> = new Set([
  'userroleid',
  'isactive',
  'forecastenabled',
  'isportalenabled',
  'username',
  'profileid',
]);

type Operation = 'insert' | 'update' | 'delete' | 'undelete' | 'upsert';
type Kind = 'setUp' | 'other';

/**
 * Which kinds of objects DML of guest code has changed, and the first of each. Triggers count with the statement that fires them;
 * System.runAs begins anew for its block.
 */
export class MixedDml {
  #first: Partial<Record<Kind, string>> = {};

  /** The error of each record of a statement that mixes, or null where it may run; what may run is remembered. */
  check(records: readonly DmlRecord[], operation: Operation): DmlError | null {
    for (const record of records) {
      const kind = kindOf(record, operation);
      if (kind === null) continue;
      const { name } = record.object;
      const original = this.#first[kind === 'setUp' ? 'other' : 'setUp'];
      if (original !== undefined) return mixed(name, original);
      this.#first[kind] ??= name;
    }
    return null;
  }

  /** Runs a block that neither knows what was changed before it nor tells of its own changes. */
  apart<R>(work: () => R): R {
    const before = this.#first;
    this.#first = {};
    try {
      return work();
    } finally {
      this.#first = before;
    }
  }
}

/** Null where the platform lets a set-up object be changed beside others: new users without a role, groups, a user's own data. */
function kindOf({ object, values }: DmlRecord, operation: Operation): Kind | null {
  const name = object.name.toLowerCase();
  if (!SET_UP.has(name)) return 'other';
  const fields = new Map([...values].map(([field, value]) => [field.toLowerCase(), value]));
  if (name === 'user' && operation === 'insert') return (fields.get('userroleid') ?? null) === null ? null : 'setUp';
  if (name === 'user' && operation === 'update') return [...fields.keys()].some((field) => OF_USERS_ACCESS.has(field)) ? 'setUp' : null;
  if (name === 'group' && (operation === 'insert' || operation === 'update')) return null;
  return 'setUp';
}

function mixed(object: string, original: string): DmlError {
  return {
    statusCode: 'MIXED_DML_OPERATION',
    message: `DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${object}, original object: ${original}`,
    fields: [],
  };
}
