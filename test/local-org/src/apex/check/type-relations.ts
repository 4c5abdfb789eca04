import { platformType } from '../../catalog/platform-types.ts';
import { T } from '../types.ts';
import type { ApexType } from '../types.ts';
import type { Program } from './program.ts';
import { catalogType } from './type-resolver.ts';

const NUMERIC: readonly ApexType[] = [T.Integer, T.Long, T.Double, T.Decimal];
const PRIMITIVES: ReadonlySet<ApexType> = new Set([...NUMERIC, T.Boolean, T.String, T.Id, T.Date, T.Datetime, T.Time, T.Blob]);

export function isNumeric(type: ApexType): boolean {
  return NUMERIC.includes(type);
}

export function isPrimitive(type: ApexType): boolean {
  return PRIMITIVES.has(type);
}

export function isSObject(type: ApexType): boolean {
  return type.kind === 'sobject' || type === T.SObject;
}

/** Integer 0 … Decimal 3; -1 for anything else. Mixed arithmetic takes the higher. */
export function numericRank(type: ApexType): number {
  return NUMERIC.indexOf(type);
}

export function isEnum(type: ApexType, program: Program): boolean {
  if (type.kind === 'user') return program.classNamed(type.name)?.kind === 'enum';
  return type.kind === 'platform' && platformType(type.name)?.kind === 'enum';
}

export function isException(type: ApexType, program: Program): boolean {
  return isSubtype(type, T.Exception, program);
}

/** Direct supertypes: superclass first, then interfaces. */
export function supertypes(type: ApexType, program: Program): readonly ApexType[] {
  if (type.kind === 'user') {
    const cls = program.classNamed(type.name);
    if (!cls) return [];
    return cls.superclass ? [cls.superclass.type, ...cls.interfaces] : cls.interfaces;
  }
  if (type.kind === 'sobject') return [T.SObject];
  if (type.kind !== 'platform') return [];
  const known = platformType(type.name);
  if (!known) return [];
  const bindings = new Map(known.typeParams.map((param, index) => [param, type.args[index] ?? T.Object]));
  const names = known.superclass === null ? known.interfaces : [known.superclass, ...known.interfaces];
  const found = names.map((name) => catalogType(name, bindings));
  // The catalogue leaves out that every exception is an Exception.
  return found.length === 0 && type.name.endsWith('Exception') && type !== T.Exception ? [T.Exception] : found;
}

/** By inheritance alone: no conversion, every type is an Object. */
export function isSubtype(type: ApexType, of: ApexType, program: Program): boolean {
  if (type === of || of === T.Object) return true;
  if (type.args.length > 0 && type.name === of.name && of.args.length === type.args.length) {
    return of.args.every((arg, index) => isElementCompatible(type.args[index] ?? T.Object, arg, program, type.name));
  }
  return supertypes(type, program).some((parent) => isSubtype(parent, of, program));
}

/**
 * Collections of records convert both ways between SObject and a concrete type; lists and map values follow
 * inheritance, Object included. A list of one primitive is never a list of another, and sets take nothing but themselves.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_collections_lists_sobject.htm
 */
function isElementCompatible(from: ApexType, to: ApexType, program: Program, collection: string): boolean {
  if (from === to) return true;
  if (isSObject(from) && isSObject(to)) return from === T.SObject || to === T.SObject;
  if (collection === 'Set') return false;
  if (to === T.Object) return true;
  if (isPrimitive(from) || isPrimitive(to)) return false;
  return isSubtype(from, to, program);
}
