import { platformType } from '../../../catalog/platform-types.ts';
import type { Expression, Position } from '../../parse/ast.ts';
import type { ApexType } from '../../types.ts';
import { T, typeName } from '../../types.ts';
import type { Context } from '../context.ts';
import { fail, notSupported } from '../problems.ts';
import type { ClassSymbol, FieldSymbol } from '../symbols.ts';
import { isException, isSObject } from '../type-relations.ts';
import { findType, isNamespaceName } from '../type-resolver.ts';
import { singleRow } from '../typed.ts';
import type { Typed } from '../typed.ts';
import { checkExpression } from './check-expression.ts';
import { accessField, mayAccess, readField, refuseUnreadable } from './class-fields.ts';
import { enumConstant, platformProperty, platformStaticProperty } from './platform-properties.ts';
import { memberOf } from './safe-navigation.ts';
import { describeStatic, sobjectField, sobjectStaticMember } from './sobject-fields.ts';

/** What a dotted name can mean on the way to a value. */
export type Entity =
  | { readonly kind: 'value'; readonly typed: Typed }
  | { readonly kind: 'type'; readonly type: ApexType }
  | { readonly kind: 'namespace'; readonly name: string };

type FieldExpression = Extract<Expression, { kind: 'field' }>;

export function checkName(e: Extract<Expression, { kind: 'name' }>, context: Context): Typed {
  const entity = resolveEntity(e, context);
  if (entity.kind !== 'value') fail(`Variable does not exist: ${e.name}`, e.pos);
  return entity.typed;
}

export function checkField(e: FieldExpression, context: Context): Typed {
  const entity = resolveEntity(e, context);
  if (entity.kind !== 'value') fail(`Variable does not exist: ${e.name}`, e.pos);
  return entity.typed;
}

/** Variables first, then types, then namespaces, as the platform resolves names. */
export function resolveEntity(e: Expression, context: Context): Entity {
  if (e.kind === 'name') return resolveSimple(e.name, e.pos, context);
  if (e.kind !== 'field') return { kind: 'value', typed: checkExpression(e, context) };
  const target =
    e.target.kind === 'name' || e.target.kind === 'field'
      ? resolveEntity(e.target, context)
      : { kind: 'value' as const, typed: checkExpression(e.target, context) };
  if (target.kind === 'value') return { kind: 'value', typed: memberOfValue(target.typed, e, context) };
  if (target.kind === 'type') return memberOfType(target.type, e, context);
  const type = findType(`${target.name}.${e.name}`, context.program, context.cls);
  if (type === undefined || type === 'unsupported') fail(`Variable does not exist: ${target.name}.${e.name}`, e.pos);
  return { kind: 'type', type };
}

function resolveSimple(name: string, pos: Position, context: Context): Entity {
  const local = context.scope.find(name);
  if (local) {
    const { slot } = local;
    return { kind: 'value', typed: { type: local.type, code: (f) => f.locals[slot] ?? null } };
  }
  for (let scope: ClassSymbol | null = context.cls; scope; scope = scope.outer) {
    const field = scope.fieldNamed(name);
    if (!field) continue;
    if (!field.isStatic && (context.isStatic || scope !== context.cls)) fail(`Variable does not exist: ${field.name}`, pos);
    if (!field.isStatic && context.isBeforeObject)
      fail(`Cannot reference instance variables in a constructor invocation: ${field.name}`, pos);
    if (isForwardReference(field, context)) fail(`Illegal forward reference: ${field.name}`, pos);
    refuseUnreadable(field, pos, context);
    return { kind: 'value', typed: readField(field, field.isStatic ? null : (f) => f.self, context) };
  }
  const type = findType(name, context.program, context.cls);
  if (type === 'unsupported') notSupported(`the object ${name}`, pos);
  // `Database` and `Schema` are a class and a namespace at once: the class is tried first, see memberOfType.
  if (type) return { kind: 'type', type };
  if (isNamespaceName(name)) return { kind: 'namespace', name };
  return fail(`Variable does not exist: ${name}`, pos);
}

function isForwardReference(field: FieldSymbol, { initializing }: Context): boolean {
  if (!initializing || field.owner !== initializing.owner || field.isStatic !== initializing.isStatic || field.decl.kind !== 'field')
    return false;
  const [at, from] = [field.decl.pos, initializing.decl.pos];
  return at.line > from.line || (at.line === from.line && at.column >= from.column);
}

function memberOfType(type: ApexType, e: FieldExpression, context: Context): Entity {
  if (type.kind === 'user') {
    const cls = context.program.classNamed(type.name);
    if (!cls) fail(`Invalid type: ${typeName(type)}`, e.pos);
    const constant = cls.enumConstants.find((value) => value.name.toLowerCase() === e.name.toLowerCase());
    if (constant) return { kind: 'value', typed: { type, code: () => constant } };
    const field = cls.fieldNamed(e.name);
    if (field) {
      if (!field.isStatic)
        fail(`Non static field cannot be referenced from a static context: ${field.name} from the type ${typeName(type)}`, e.pos);
      if (!mayAccess(field, context)) fail(`Variable is not visible: ${typeName(type)}.${field.name}`, e.pos);
      refuseUnreadable(field, e.pos, context);
      return { kind: 'value', typed: readField(field, null, context) };
    }
    const inner = cls.inner.get(e.name.toLowerCase());
    if (inner) return { kind: 'type', type: inner.type };
    return fail(`Variable does not exist: ${e.name}`, e.pos);
  }
  if (isSObject(type) && type !== T.SObject) return { kind: 'value', typed: sobjectStaticMember(type, e.name, e.pos, context) };
  const constant = enumConstant(type, e.name);
  if (constant) return { kind: 'value', typed: constant };
  if (type.name === 'Schema.SObjectType') {
    const described = describeStatic(e.name, e.pos, context);
    if (described) return { kind: 'value', typed: described };
  }
  if (type.name === 'Label') fail(`External string does not exist: ${e.name}`, e.pos);
  const property = platformStaticProperty(type, e.name, e.pos, context);
  if (property) return { kind: 'value', typed: property };
  const nested = findType(`${type.name}.${e.name}`, context.program, context.cls);
  if (nested === 'unsupported') notSupported(`the object ${e.name}`, e.pos);
  if (nested) return { kind: 'type', type: nested };
  if (isNamespaceName(type.name) && platformType(`${type.name}.${e.name}`))
    return { kind: 'type', type: T.platform(`${type.name}.${e.name}`) };
  return fail(`Variable does not exist: ${e.name}`, e.pos);
}

function memberOfValue(target: Typed, e: FieldExpression, context: Context): Typed {
  return memberOf(target, e.safe, context, (known) => fieldOfValue(known, target.type, e, context));
}

function fieldOfValue(target: Typed, type: ApexType, e: FieldExpression, context: Context): Typed {
  if (target.isQuery) {
    const element = type.args[0] ?? T.SObject;
    return sobjectField({ type: element, code: singleRow(target, element, e.pos, '') }, e.name, e.pos, context);
  }
  if (isSObject(type)) return sobjectField(target, e.name, e.pos, context);
  if (type.kind === 'user') {
    const field = context.program.classNamed(type.name)?.fieldNamed(e.name);
    if (field) return accessField(field, target, e.pos, context);
    if (!isException(type, context.program)) fail(`Variable does not exist: ${e.name}`, e.pos);
  }
  if (type.name === 'Schema.SObjectTypeFields') notSupported(`Schema.SObjectTypeFields.${e.name}`, e.pos);
  if (type.name === 'Schema.SObjectType' && ['fields', 'fieldsets'].includes(e.name.toLowerCase()))
    notSupported(`Schema.SObjectType.${e.name}`, e.pos);
  return platformProperty(target, e.name, e.pos, context) ?? fail(`Variable does not exist: ${e.name}`, e.pos);
}
