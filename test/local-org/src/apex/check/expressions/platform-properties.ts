import { platformType } from '../../../catalog/platform-types.ts';
import type { FieldSignature } from '../../../catalog/platform-types.ts';
import type { Position } from '../../parse/ast.ts';
import type { NativeMethod, Runtime } from '../../platform/types.ts';
import type { ApexType } from '../../types.ts';
import { T, typeName } from '../../types.ts';
import { NativeObject } from '../../values/native-object.ts';
import { platformEnum } from '../../values/platform-enum.ts';
import type { ApexValue } from '../../values/values.ts';
import type { Context } from '../context.ts';
import { notSupported } from '../problems.ts';
import { catalogType } from '../type-resolver.ts';
import type { Target, Typed } from '../typed.ts';

/** `StatusCode.REQUIRED_FIELD_MISSING`, or undefined where the type is no enum or has no such constant. */
export function enumConstant(type: ApexType, name: string): Typed | undefined {
  if (type.kind !== 'platform' || platformType(type.name)?.kind !== 'enum') return undefined;
  const constant = platformEnum(type.name).find((value) => value.name.toLowerCase() === name.toLowerCase());
  return constant ? { type, code: () => constant } : undefined;
}

/** `RestContext.request`, `AccessLevel.USER_MODE`, `Trigger.new`. */
export function platformStaticProperty(type: ApexType, name: string, pos: Position, context: Context): Typed | undefined {
  const field = catalogField(type, name);
  if (!field?.isStatic) return undefined;
  const implemented = context.program.platform.class(type.name)?.staticProperties;
  const entry = implemented && Object.entries(implemented).find(([key]) => key.toLowerCase() === field.name.toLowerCase())?.[1];
  if (!entry) notSupported(`${typeName(type)}.${field.name}`, pos);
  return { type: staticType(type, field, context), code: (f) => entry.get(f.rt) };
}

export function platformStaticTarget(type: ApexType, name: string, pos: Position, context: Context): Target | undefined {
  const field = catalogField(type, name);
  if (!field?.isStatic) return undefined;
  const implemented = context.program.platform.class(type.name)?.staticProperties;
  const entry = implemented && Object.entries(implemented).find(([key]) => key.toLowerCase() === field.name.toLowerCase())?.[1];
  const set = entry?.set;
  if (!entry || !set) notSupported(`assigning ${typeName(type)}.${field.name}`, pos);
  return {
    type: staticType(type, field, context),
    open: () => null,
    read: (f) => entry.get(f.rt),
    write: (f, _opened, _index, value) => set(f.rt, value),
  };
}

/** Trigger.new and its kin have the type of the trigger's object. */
function staticType(type: ApexType, field: FieldSignature, context: Context): ApexType {
  const declared = catalogType(field.type, new Map());
  if (type.name !== 'Trigger' || !context.triggerObject) return declared;
  if (declared.name === 'List') return T.list(context.triggerObject);
  return declared.name === 'Map' ? T.map(T.Id, context.triggerObject) : declared;
}

/** A property of a platform object, `req.requestBody`. */
export function platformProperty(target: Typed, name: string, pos: Position, context: Context): Typed | undefined {
  const place = platformTarget(target, name, pos, context);
  return place && { type: place.type, code: (f) => place.read(f, place.open(f), null) };
}

export function platformTarget(target: Typed, name: string, pos: Position, context: Context): Target | undefined {
  const field = catalogField(target.type, name);
  if (!field || field.isStatic) return undefined;
  const implemented = context.program.platform.class(target.type.name)?.properties;
  const entry = implemented && Object.entries(implemented).find(([key]) => key.toLowerCase() === field.name.toLowerCase())?.[1];
  if (!entry) notSupported(`${typeName(target.type)}.${field.name}`, pos);
  // The registry holds classes of every self type; the checker has made sure of this one.
  const { get, set } = entry as unknown as {
    get: NativeMethod<ApexValue>;
    set?: (runtime: Runtime, self: ApexValue, value: ApexValue) => void;
  };
  return {
    type: catalogType(field.type, new Map()),
    open: (f) => target.code(f) ?? f.rt.nullPointer(),
    read: (f, self) => get(f.rt, self, []),
    write: (f, self, _index, value) => {
      if (set) set(f.rt, self, value);
      else if (self instanceof NativeObject) self.properties.set(field.name, value);
    },
  };
}

function catalogField(type: ApexType, name: string): FieldSignature | undefined {
  if (type.kind !== 'platform') return undefined;
  for (let known = platformType(type.name); known; known = known.superclass === null ? undefined : platformType(known.superclass)) {
    const field = known.fields.get(name.toLowerCase());
    if (field) return field;
  }
  return undefined;
}
