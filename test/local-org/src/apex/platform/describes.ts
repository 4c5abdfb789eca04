import { NotSupported } from '../../errors.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { T } from '../types.ts';
import { NativeObject } from '../values/native-object.ts';
import type { Runtime } from './types.ts';

/** An object, and what the running user sees of it: null where it is hidden. */
export interface ObjectDescribe {
  readonly object: ObjectDef;
  readonly seen: ObjectDef | null;
}

/** A field, and what the running user sees of it: null where it is hidden. */
export interface FieldDescribe {
  readonly object: ObjectDef;
  readonly field: FieldDef;
  readonly seen: FieldDef | null;
}

/** Describes an object for the running user. What it is like does not depend on the user; what one may do with it does. */
export function describeObject(runtime: Runtime, object: ObjectDef): NativeObject {
  const describe: ObjectDescribe = { object, seen: runtime.describeObject(object.name) };
  return new NativeObject(T.platform('Schema.DescribeSObjectResult'), describe);
}

export function describeField(runtime: Runtime, object: ObjectDef, field: FieldDef): NativeObject {
  const describe: FieldDescribe = {
    object,
    field,
    seen: runtime.describeObject(object.name)?.fields.get(field.name.toLowerCase()) ?? null,
  };
  return new NativeObject(T.platform('Schema.DescribeFieldResult'), describe);
}

/** An object that another one's definition names; it is there unless the local org has not learned it. */
export function objectNamed(runtime: Runtime, name: string): ObjectDef {
  const found = runtime.tx.schema.object(name);
  if (found.kind === 'known') return found.def;
  throw new NotSupported(`the object ${name}`, runtime.location());
}
