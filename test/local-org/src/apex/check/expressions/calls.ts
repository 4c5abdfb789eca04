import type { Expression } from '../../parse/ast.ts';
import type { Code } from '../../run/frame.ts';
import { T, typeName } from '../../types.ts';
import type { ApexType } from '../../types.ts';
import { ApexObject } from '../../values/apex-object.ts';
import type { Context } from '../context.ts';
import { pickOverload } from '../overloads.ts';
import { fail } from '../problems.ts';
import type { ClassSymbol, MethodSymbol } from '../symbols.ts';
import { isEnum, isException, isSObject } from '../type-relations.ts';
import { coerce } from '../typed.ts';
import type { Typed } from '../typed.ts';
import { checkExpression, checkValue } from './check-expression.ts';
import { mayAccess } from './class-fields.ts';
import { customMetadataCall } from './custom-metadata-calls.ts';
import { memberOf } from './safe-navigation.ts';
import { enumMethod, enumStatic } from './enum-calls.ts';
import { resolveEntity } from './names.ts';
import { platformCall, platformStaticCall } from './platform-calls.ts';
import { sobjectStaticMember } from './sobject-fields.ts';

type CallExpression = Extract<Expression, { kind: 'call' }>;

export function checkCall(e: CallExpression, context: Context): Typed {
  if (e.target === null) return unqualified(e, context);
  if (e.target.kind === 'super') return superCall(e, context);
  const fieldError = e.name.toLowerCase() === 'adderror' && e.target.kind === 'field' ? addErrorToField(e, e.target, context) : undefined;
  if (fieldError) return fieldError;
  const entity =
    e.target.kind === 'name' || e.target.kind === 'field'
      ? resolveEntity(e.target, context)
      : { kind: 'value' as const, typed: checkExpression(e.target, context) };
  const args = e.args.map((arg) => checkValue(arg, context));
  if (entity.kind === 'namespace') return platformStaticCall(T.platform(entity.name), e, args, context);
  if (entity.kind === 'type') return staticCall(entity.type, e, args, context);
  return valueCall(entity.typed, e, args, context);
}

/** `record.Name.addError('…')` is a method of the record, not of the value. */
function addErrorToField(e: CallExpression, field: Extract<Expression, { kind: 'field' }>, context: Context): Typed | undefined {
  const owner =
    field.target.kind === 'name' || field.target.kind === 'field'
      ? resolveEntity(field.target, context)
      : { kind: 'value' as const, typed: checkExpression(field.target, context) };
  if (owner.kind !== 'value' || owner.typed.type.kind !== 'sobject' || e.args.length !== 1) return undefined;
  checkExpression(field, context);
  const name: Expression = { kind: 'literal', pos: field.pos, type: 'String', text: field.name };
  const args = [name, ...e.args].map((arg) => checkValue(arg, context));
  return platformCall(owner.typed, e, args, context);
}

export function methodMissing(e: CallExpression, args: readonly ApexType[], type: ApexType): never {
  return fail(
    `Method does not exist or incorrect signature: void ${e.name}(${args.map(typeName).join(', ')}) from the type ${typeName(type)}`,
    e.pos,
  );
}

export function ambiguous(e: CallExpression, args: readonly Typed[]): never {
  return fail(`Ambiguous method signature: void ${e.name}(${args.map((arg) => typeName(arg.type)).join(', ')})`, e.pos);
}

/** `helper(x)`: own methods and those above, then static ones of the enclosing class. */
function unqualified(e: CallExpression, context: Context): Typed {
  const args = e.args.map((arg) => checkValue(arg, context));
  const { cls } = context;
  if (!cls)
    return methodMissing(
      e,
      args.map((arg) => arg.type),
      T.Object,
    );
  for (let scope: ClassSymbol | null = cls; scope; scope = scope.outer) {
    const candidates = scope.methodsNamed(e.name);
    if (candidates.length === 0) continue;
    const method = pick(candidates, e, args, scope.type, context);
    if (method.isStatic) return invokeStatic(method, args, e, context);
    if (context.isStatic || scope !== cls)
      fail(
        `Non static method cannot be referenced from a static context: ${typeName(method.returns)} ${typeName(scope.type)}.${method.name}(${method.params.map((param) => typeName(param.type)).join(', ')})`,
        e.pos,
      );
    if (context.isBeforeObject) fail(`Cannot reference instance methods in a constructor invocation: ${method.name}`, e.pos);
    return invokeVirtual(method, { type: cls.type, code: (f) => f.self }, args, e, context);
  }
  if (!context.isStatic && isException(cls.type, context.program))
    return platformCall({ type: T.Exception, code: (f) => f.self }, e, args, context);
  return methodMissing(
    e,
    args.map((arg) => arg.type),
    cls.type,
  );
}

function superCall(e: CallExpression, context: Context): Typed {
  const args = e.args.map((arg) => checkValue(arg, context));
  const parent = context.cls?.superclass;
  if (!parent || !context.cls) fail('No superclass to call', e.pos);
  const user = context.cls.userSuperclass;
  if (!user) return platformCall({ type: parent.type, code: (f) => f.self }, e, args, context);
  const method = pick(user.methodsNamed(e.name), e, args, user.type, context);
  if (method.isAbstract) fail(`Cannot call abstract method: ${method.name}`, e.pos);
  const codes = argumentCodes(method, args, e, context);
  return {
    type: method.returns,
    code: (f) =>
      f.rt.callMethod(
        method,
        f.self,
        codes.map((code) => code(f)),
      ),
  };
}

function staticCall(type: ApexType, e: CallExpression, args: readonly Typed[], context: Context): Typed {
  if (isEnum(type, context.program))
    return (
      enumStatic(type, e, args, context) ??
      methodMissing(
        e,
        args.map((arg) => arg.type),
        type,
      )
    );
  if (type.kind === 'sobject' && e.name.toLowerCase() === 'getsobjecttype' && args.length === 0)
    return sobjectStaticMember(type, 'SObjectType', e.pos, context);
  const ofMetadata = customMetadataCall(type, e, args, context);
  if (ofMetadata) return ofMetadata;
  if (type.kind !== 'user') return platformStaticCall(type, e, args, context);
  const cls = context.program.classNamed(type.name);
  const candidates = cls?.methodsNamed(e.name) ?? [];
  const method = pick(candidates, e, args, type, context);
  if (!method.isStatic) {
    fail(
      `Non static method cannot be referenced from a static context: ${typeName(method.returns)} ${typeName(type)}.${method.name}(${method.params.map((param) => typeName(param.type)).join(', ')})`,
      e.pos,
    );
  }
  return invokeStatic(method, args, e, context);
}

function valueCall(target: Typed, e: CallExpression, args: readonly Typed[], context: Context): Typed {
  return memberOf(target, e.safe, context, (known) => callOnValue(known, e, args, context));
}

function callOnValue(target: Typed, e: CallExpression, args: readonly Typed[], context: Context): Typed {
  const { type } = target;
  if (isEnum(type, context.program))
    return (
      enumMethod(target, e, args, context) ??
      methodMissing(
        e,
        args.map((arg) => arg.type),
        type,
      )
    );
  if (type.kind !== 'user') return platformCall(target, e, args, context);
  const cls = context.program.classNamed(type.name);
  const candidates = cls ? memberMethods(cls, e.name, context) : [];
  if (candidates.length === 0) {
    if (isException(type, context.program)) return platformCall({ ...target, type: T.Exception }, e, args, context);
    const inherited = platformInterface(cls, context);
    if (inherited) return platformCall({ ...target, type: inherited }, e, args, context);
    const common = objectMethod(target, e, args);
    if (common) return common;
  }
  const method = pick(candidates, e, args, type, context);
  if (method.isStatic)
    fail(
      `Static method cannot be referenced from a non static context: ${typeName(method.returns)} ${typeName(type)}.${method.name}(${method.params.map((param) => typeName(param.type)).join(', ')})`,
      e.pos,
    );
  return invokeVirtual(method, target, args, e, context);
}

/** Methods of a class, or of an interface and those it extends. */
function memberMethods(cls: ClassSymbol, name: string, context: Context): MethodSymbol[] {
  const own = cls.methodsNamed(name);
  const inherited = cls.interfaces.flatMap((type) => {
    const parent = type.kind === 'user' ? context.program.classNamed(type.name) : undefined;
    return parent ? memberMethods(parent, name, context) : [];
  });
  return [...own, ...inherited.filter((method) => !own.some((known) => known.signature === method.signature))];
}

function platformInterface(cls: ClassSymbol | undefined, context: Context): ApexType | undefined {
  if (cls?.kind !== 'interface') return undefined;
  return (
    cls.interfaces.find((type) => type.kind === 'platform') ??
    cls.interfaces.map((type) => platformInterface(context.program.classNamed(type.name), context)).find((type) => type !== undefined)
  );
}

/** What every object has. @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_object_methods.htm */
function objectMethod(target: Typed, e: CallExpression, args: readonly Typed[]): Typed | undefined {
  const name = e.name.toLowerCase();
  const other = args[0];
  if (name === 'tostring' && args.length === 0)
    return { type: T.String, code: (f) => f.rt.stringify(target.code(f) ?? f.rt.nullPointer()) };
  if (name === 'hashcode' && args.length === 0)
    return { type: T.Integer, code: (f) => f.rt.hashCode(target.code(f) ?? f.rt.nullPointer()) };
  if (name === 'equals' && other && args.length === 1)
    return { type: T.Boolean, code: (f) => f.rt.equals(target.code(f) ?? f.rt.nullPointer(), other.code(f)) };
  return undefined;
}

function pick(
  candidates: readonly MethodSymbol[],
  e: CallExpression,
  args: readonly Typed[],
  type: ApexType,
  context: Context,
): MethodSymbol {
  const types = args.map((arg) =>
    arg.isQuery && candidates.some((c) => isSObject(c.params[args.indexOf(arg)]?.type ?? T.Object))
      ? (arg.type.args[0] ?? T.SObject)
      : arg.type,
  );
  const picked = pickOverload(
    candidates.map((symbol) => ({ symbol, params: symbol.params.map((param) => param.type) })),
    types,
    context.program,
  );
  if (picked === 'ambiguous') return ambiguous(e, args);
  const method = picked?.symbol;
  if (!method)
    return methodMissing(
      e,
      args.map((arg) => arg.type),
      type,
    );
  if (!mayAccess(method, context))
    fail(
      `Method is not visible: ${typeName(method.returns)} ${typeName(method.owner.type)}.${method.name}(${method.params.map((param) => typeName(param.type)).join(', ')})`,
      e.pos,
    );
  return method;
}

function argumentCodes(method: MethodSymbol, args: readonly Typed[], e: CallExpression, context: Context): Code[] {
  return method.params.map((param, index) => {
    const arg = args[index];
    return arg
      ? coerce(arg, param.type, context, e.pos)
      : methodMissing(
          e,
          args.map((one) => one.type),
          method.owner.type,
        );
  });
}

function invokeStatic(method: MethodSymbol, args: readonly Typed[], e: CallExpression, context: Context): Typed {
  const codes = argumentCodes(method, args, e, context);
  return {
    type: method.returns,
    code: (f) =>
      f.rt.callMethod(
        method,
        null,
        codes.map((code) => code(f)),
      ),
  };
}

function invokeVirtual(method: MethodSymbol, target: Typed, args: readonly Typed[], e: CallExpression, context: Context): Typed {
  const codes = argumentCodes(method, args, e, context);
  const { signature } = method;
  const isFixed =
    method.visibility === 'private' || (!method.isVirtual && !method.isAbstract && !method.isOverride && method.owner.kind === 'class');
  return {
    type: method.returns,
    code: (f) => {
      const self = target.code(f) ?? f.rt.nullPointer();
      const values = codes.map((code) => code(f));
      if (isFixed) return f.rt.callMethod(method, self, values);
      return self instanceof ApexObject ? f.rt.callVirtual(self, signature, values) : f.rt.callInterface(self, method.name, values);
    },
  };
}
