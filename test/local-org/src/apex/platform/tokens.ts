import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { T } from '../types.ts';
import { NativeObject } from '../values/native-object.ts';
import type { ApexValue } from '../values/values.ts';

/** `Account.Name` as a value. */
export interface FieldToken {
  readonly object: ObjectDef;
  readonly field: FieldDef;
}

/** `Account.SObjectType`: equal to every other token of that object. */
export function sobjectTypeToken(object: ObjectDef): NativeObject {
  return new NativeObject(T.platform('Schema.SObjectType'), object, object.name);
}

/** `Account.Name`: equal to every other token of that field. */
export function sobjectFieldToken(object: ObjectDef, field: FieldDef): NativeObject {
  const token: FieldToken = { object, field };
  return new NativeObject(T.platform('Schema.SObjectField'), token, `${object.name}.${field.name}`);
}

export function objectOfToken(token: ApexValue): ObjectDef {
  if (token instanceof NativeObject && token.type.name === 'Schema.SObjectType') return token.data as ObjectDef;
  throw new TypeError('not a Schema.SObjectType');
}

export function fieldOfToken(token: ApexValue): FieldToken {
  if (token instanceof NativeObject && token.type.name === 'Schema.SObjectField') return token.data as FieldToken;
  throw new TypeError('not a Schema.SObjectField');
}
