import type { FieldDef, Lookup, ObjectDef } from '../../../schema/types.ts';
import { NAME_OBJECT } from '../../../soql/name-object.ts';
import type { Position } from '../../parse/ast.ts';
import { readField, readParent } from '../../platform/sobjects.ts';
import { assignField, childRecords, setParent } from '../../run/sobject-access.ts';
import type { NativeMethod } from '../../platform/types.ts';
import { sobjectFieldToken, sobjectTypeToken } from '../../platform/tokens.ts';
import type { ApexType } from '../../types.ts';
import { T } from '../../types.ts';
import { typeOfField } from '../../values/convert.ts';
import { SObjectValue } from '../../values/sobject-value.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { fail, notSupported } from '../problems.ts';
import type { Target, Typed } from '../typed.ts';

/** The schema object behind an sObject type; a polymorphic parent is a Name. AggregateResult and SObject have none. */
export function objectOf(type: ApexType, pos: Position, context: Context): ObjectDef {
  if (type.name === NAME_OBJECT.name) return NAME_OBJECT;
  const found = context.program.schema.object(type.name);
  if (found.kind === 'unsupported') notSupported(`the object ${type.name}`, pos);
  if (found.kind === 'unknown') fail(`Invalid type: ${type.name}`, pos);
  return found.def;
}

function known<D>(found: Lookup<D>, name: string, pos: Position): D | undefined {
  if (found.kind === 'unsupported') notSupported(name, pos);
  return found.kind === 'known' ? found.def : undefined;
}

/** `opp.Amount`, `opp.Account`, `account.Contacts`. */
export function sobjectField(target: Typed, name: string, pos: Position, context: Context): Typed {
  const place = sobjectTarget(target, name, pos, context);
  return { type: place.type, code: (f) => place.read(f, place.open(f), null), ...(place.isParent ? { isParent: true } : {}) };
}

export function sobjectTarget(
  target: Typed,
  name: string,
  pos: Position,
  context: Context,
  missing = `Variable does not exist: ${name}`,
): Target & { readonly isParent?: boolean } {
  // A parent that is empty reads null all the way down; any other null throws.
  const open: Target['open'] = target.isParent ? (f) => target.code(f) : (f) => target.code(f) ?? f.rt.nullPointer();
  if (target.type === T.SObject) {
    if (name.toLowerCase() === 'id') return idOfAny(open);
    return fail(`Variable does not exist: ${name}`, pos);
  }
  if (target.type === T.AggregateResult) return fail(`Variable does not exist: ${name}`, pos);
  const object = objectOf(target.type, pos, context);
  const { schema } = context.program;
  const label = `${object.name}.${name}`;
  const fieldLookup = schema.field(object, name);
  if (fieldLookup.kind === 'known') return plainField(object, fieldLookup.def, open);
  const parent = known(schema.parentRelationship(object, name), label, pos);
  if (parent?.relationshipName) {
    const relationship = parent.relationshipName;
    const parentType =
      parent.referenceTo.length === 1 && parent.referenceTo[0] !== undefined
        ? T.sobject(parent.referenceTo[0])
        : T.sobject(NAME_OBJECT.name);
    return {
      type: parentType,
      isParent: true,
      open,
      read: (f, record) => (record instanceof SObjectValue ? readParent(f.rt, record, parent) : null),
      write: (f, record, _index, value) => setParent(record, relationship, value, f.rt),
    };
  }
  const child = known(schema.childRelationship(object, name), label, pos);
  if (child) {
    const type = T.list(T.sobject(child.childObject));
    return {
      type,
      open,
      read: (f, record) =>
        record instanceof SObjectValue ? childRecords(record, child.relationshipName, type.args[0] ?? T.SObject, f.rt) : null,
      write: (f) => f.rt.throwApex('SObjectException', `Field is not writeable: ${label}`),
    };
  }
  if (fieldLookup.kind === 'unsupported') notSupported(label, pos);
  return fail(missing, pos);
}

function plainField(object: ObjectDef, field: FieldDef, open: Target['open']): Target {
  const writeable = field.createable || field.updateable || field.name === 'Id';
  return {
    ...(writeable ? {} : { unwriteable: `${object.name}.${field.name}` }),
    type: typeOfField(field),
    open,
    read: (f, record) => (record instanceof SObjectValue ? readField(f.rt, record, field) : null),
    write: (f, record, _index, value) => assignField(record, field, value, f.rt),
  };
}

function idOfAny(open: Target['open']): Target {
  return {
    type: T.Id,
    open,
    read: (_f, record): ApexValue => (record instanceof SObjectValue ? (record.fields.get('Id') ?? null) : null),
    write: (_f, record, _index, value) => {
      if (record instanceof SObjectValue) record.fields.set('Id', value);
    },
  };
}

/** `Account.SObjectType`, `Account.Name` as a token. */
export function sobjectStaticMember(type: ApexType, name: string, pos: Position, context: Context): Typed {
  const object = objectOf(type, pos, context);
  if (name.toLowerCase() === 'sobjecttype') return { type: T.platform('Schema.SObjectType'), code: () => sobjectTypeToken(object) };
  const found = context.program.schema.field(object, name);
  if (found.kind === 'unsupported') notSupported(`${object.name}.${name}`, pos);
  if (found.kind === 'unknown') fail(`Variable does not exist: ${name}`, pos);
  const { def } = found;
  return { type: T.platform('Schema.SObjectField'), code: () => sobjectFieldToken(object, def) };
}

/** `Schema.SObjectType.Account`. */
export function describeStatic(name: string, pos: Position, context: Context): Typed | undefined {
  const found = context.program.schema.object(name);
  if (found.kind === 'unsupported') notSupported(`the object ${name}`, pos);
  if (found.kind === 'unknown') return undefined;
  const { def } = found;
  const describe = context.program.platform.method('Schema.SObjectType', 'getDescribe', []) as NativeMethod<ApexValue> | undefined;
  if (!describe) notSupported('Schema.SObjectType.getDescribe()', pos);
  return { type: T.platform('Schema.DescribeSObjectResult'), code: (f) => describe(f.rt, sobjectTypeToken(def), []) };
}
