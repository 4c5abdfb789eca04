import type { Position } from '../../parse/ast.ts';
import type { Code } from '../../run/frame.ts';
import { typeName } from '../../types.ts';
import { ApexObject } from '../../values/apex-object.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { fail } from '../problems.ts';
import type { ClassSymbol, FieldSymbol, MethodSymbol, ConstructorSymbol } from '../symbols.ts';
import type { Target, Typed } from '../typed.ts';

/** Private means the top-level class and all in it; @TestVisible opens it to tests. @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_classes_access_modifiers.htm */
export function mayAccess(member: FieldSymbol | MethodSymbol | ConstructorSymbol, context: Context): boolean {
  if (member.visibility === 'public' || member.visibility === 'global') return true;
  if (!context.cls) return false;
  if (isWithin(member.owner, context)) return true;
  if (isOpenToTest(member, context)) return true;
  if (member.visibility !== 'protected') return false;
  for (let cls: ClassSymbol | null = context.cls; cls; cls = cls.userSuperclass) if (cls === member.owner) return true;
  return false;
}

/** @TestVisible opens a property together with its accessors. */
function isOpenToTest({ testVisible }: { readonly testVisible: boolean }, context: Context): boolean {
  return testVisible && context.cls?.isTest === true;
}

/** True in the top-level class of `owner` and all that stands in it. */
function isWithin(owner: ClassSymbol, context: Context): boolean {
  return context.cls !== null && topLevel(owner) === topLevel(context.cls);
}

function topLevel(cls: ClassSymbol): ClassSymbol {
  return cls.outer ? topLevel(cls.outer) : cls;
}

/** A field or property read through a value, `order.total`. */
export function accessField(field: FieldSymbol, target: Typed, pos: Position, context: Context): Typed {
  if (!mayAccess(field, context)) fail(`Variable is not visible: ${typeName(field.owner.type)}.${field.name}`, pos);
  refuseStatic(field, pos);
  refuseUnreadable(field, pos, context);
  return readField(field, target.code, context);
}

/** `order.COUNT` of a static. */
export function refuseStatic(field: FieldSymbol, pos: Position): void {
  if (field.isStatic)
    fail(`Static field cannot be referenced from a non static context: ${field.name} from the type ${typeName(field.owner.type)}`, pos);
}

/** A property without get. */
export function refuseUnreadable(field: FieldSymbol, pos: Position, context: Context): void {
  const { decl } = field;
  if (decl.kind !== 'property' || context.accessorOf === field) return;
  const isHidden = decl.getter?.modifiers.words.has('private') === true && !isWithin(field.owner, context) && !isOpenToTest(field, context);
  if (!decl.getter || isHidden) fail(`Variable is not visible: ${field.name}`, pos);
}

/** True where the name means the storage behind the property: inside its own accessors, lexically. */
function isStorage(field: FieldSymbol, context: Context): boolean {
  return (
    context.accessorOf === field || field.decl.kind === 'field' || (field.decl.getter?.body == null && field.decl.setter?.body == null)
  );
}

export function readField(field: FieldSymbol, self: Code | null, context: Context): Typed {
  const { slot, owner, type } = field;
  const viaGetter = !isStorage(field, context) && field.decl.kind === 'property' && field.decl.getter?.body != null;
  if (viaGetter) {
    return {
      type,
      code: (f) => {
        const object = self ? (self(f) ?? f.rt.nullPointer()) : null;
        return f.rt.runRoutine(field.getter, object, []);
      },
    };
  }
  if (field.isStatic) return { type, code: (f) => f.rt.statics(owner)[slot] ?? null };
  return { type, code: (f) => slotsOf(self ? self(f) : f.self, f.rt)[slot] ?? null };
}

/** A field or property as the left side of an assignment. */
export function fieldTarget(field: FieldSymbol, self: Code | null, pos: Position, context: Context): Target {
  if (!mayAccess(field, context)) fail(`Variable is not visible: ${typeName(field.owner.type)}.${field.name}`, pos);
  const mayInitialize = context.isConstructor && context.cls === field.owner && field.isStatic === context.isStatic;
  if (field.isFinal && !mayInitialize)
    fail(`Final members can only be assigned in their declaration, init blocks, or constructors: ${field.name}`, pos);
  const { slot, owner, type } = field;
  const read = readField(field, () => null, context);
  const storage = isStorage(field, context);
  const property = field.decl.kind === 'property' ? field.decl : null;
  if (property && context.accessorOf !== field) {
    if (!property.setter) fail(`Variable is not visible: ${field.name}`, pos);
    if (property.setter.modifiers.words.has('private') && !isWithin(field.owner, context) && !isOpenToTest(field, context))
      fail(`Variable is not visible: ${field.name}`, pos);
  }
  if (!storage && property?.setter?.body) {
    return {
      type,
      open: (f) => (self ? (self(f) ?? f.rt.nullPointer()) : null),
      read: (f, object) => (property.getter?.body ? f.rt.runRoutine(field.getter, object, []) : (slotsOf(object, f.rt)[slot] ?? null)),
      write: (f, object, _index, value) => void f.rt.runRoutine(field.setter, object, [value]),
    };
  }
  if (field.isStatic) {
    return {
      type,
      open: () => null,
      read: (f) => read.code(f),
      write: (f, _opened, _index, value) => void (f.rt.statics(owner)[slot] = value),
    };
  }
  return {
    type,
    open: (f) => (self ? (self(f) ?? f.rt.nullPointer()) : f.self),
    read: (f, object) => slotsOf(object, f.rt)[slot] ?? null,
    write: (f, object, _index, value) => void (slotsOf(object, f.rt)[slot] = value),
  };
}

function slotsOf(value: ApexValue, rt: { nullPointer(): never }): ApexValue[] {
  return value instanceof ApexObject ? value.fields : rt.nullPointer();
}
