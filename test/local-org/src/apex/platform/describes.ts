import type { FieldAccess, ObjectAccess, UserAccess } from '../../access/types.ts';
import { NotSupported } from '../../errors.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { T } from '../types.ts';
import { NativeObject } from '../values/native-object.ts';
import type { Runtime } from './types.ts';

/** An object, and what the running user may do with its records. */
export interface ObjectDescribe {
  readonly object: ObjectDef;
  readonly access: ObjectAccess;
}

/** A field, and what the running user may do with it. */
export interface FieldDescribe extends ObjectDescribe {
  readonly field: FieldDef;
  readonly fieldAccess: FieldAccess;
}

/** Describes an object for the running user. What it is like does not depend on the user; what one may do with it does. */
export function describeObject(runtime: Runtime, object: ObjectDef): NativeObject {
  return new NativeObject(T.platform('Schema.DescribeSObjectResult'), objectDescribe(object, runtime.access()));
}

export function describeField(runtime: Runtime, object: ObjectDef, field: FieldDef): NativeObject {
  const access = runtime.access();
  const describe: FieldDescribe = { ...objectDescribe(object, access), field, fieldAccess: access.field(object, field) };
  return new NativeObject(T.platform('Schema.DescribeFieldResult'), describe);
}

function objectDescribe(object: ObjectDef, access: UserAccess): ObjectDescribe {
  return { object, access: access.object(object) };
}

/** An object that another one's definition names; it is there unless the local org has not learned it. */
export function objectNamed(runtime: Runtime, name: string): ObjectDef {
  const found = runtime.tx.schema.object(name);
  if (found.kind === 'known') return found.def;
  throw new NotSupported(`the object ${name}`, runtime.location());
}
