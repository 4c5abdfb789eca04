import { NotSupported } from '../../errors.ts';
import type { BindValue } from '../../soql/types.ts';
import type { Value } from '../../schema/types.ts';
import { ApexList } from '../values/apex-list.ts';
import { ApexSet } from '../values/apex-set.ts';
import { toBind } from '../values/convert.ts';
import { SObjectValue } from '../values/sobject-value.ts';
import type { ApexValue } from '../values/values.ts';
import type { Runtime } from './types.ts';

/** A value as SOQL is bound to it: a record stands for its id, a List or Set for its members. */
export function bindValue(runtime: Runtime, value: ApexValue): BindValue {
  if (value instanceof ApexList) return value.items.map((item) => single(runtime, item));
  if (value instanceof ApexSet) return [...value.members.values()].map((item) => single(runtime, item));
  return single(runtime, value);
}

function single(runtime: Runtime, value: ApexValue): Value {
  if (value instanceof SObjectValue) return single(runtime, value.fields.get('Id') ?? null);
  const bound = toBind(value);
  if (bound === undefined) throw new NotSupported('binding a value that is neither a primitive nor a record to SOQL', runtime.location());
  return bound;
}
