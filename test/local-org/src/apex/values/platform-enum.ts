import { platformType } from '../../catalog/platform-types.ts';
import { NotSupported } from '../../errors.ts';
import { T } from '../types.ts';
import { ApexEnumValue } from './apex-enum-value.ts';

const enums = new Map<string, readonly ApexEnumValue[]>();

/** The constants of a platform enum, in the catalogue's order; one object each, for all orgs of this process. */
export function platformEnum(typeName: string): readonly ApexEnumValue[] {
  const known = enums.get(typeName);
  if (known) return known;
  const type = platformType(typeName);
  if (type?.kind !== 'enum') throw new NotSupported(`the enum ${typeName}`);
  const made = type.enumValues.map((name, ordinal) => new ApexEnumValue(T.platform(type.name), name, ordinal));
  enums.set(typeName, made);
  return made;
}

/** A constant of a platform enum: `platformEnumValue('StatusCode', 'DUPLICATE_VALUE')`. */
export function platformEnumValue(typeName: string, name: string): ApexEnumValue {
  const found = platformEnum(typeName).find((value) => value.name === name);
  if (!found) throw new NotSupported(`${typeName}.${name}`);
  return found;
}
