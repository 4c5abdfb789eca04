import type { Problem } from '../errors.ts';
import { isCustomMetadata } from '../schema/custom-metadata.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { customMetadataValue } from './custom-metadata-value.ts';
import type { CustomMetadataComponent, Package } from './package.ts';

/**
 * What the custom metadata records of a package say that their types do not take.
 * @param schema as it will be after the deploy
 */
export function validateCustomMetadata(pkg: Package, schema: Schema): Problem[] {
  return pkg.objects.flatMap(({ name, records, validationRules }) => {
    const found = schema.object(name);
    if (found.kind !== 'known' || !isCustomMetadata(found.def)) return [];
    const type = found.def;
    const rules = validationRules.map(({ at }) => ({
      message: `Not supported by the local org: validation rules of ${name}`,
      location: at,
    }));
    return [...rules, ...records.flatMap((record) => recordProblems(type, record))];
  });
}

function recordProblems(type: ObjectDef, { record, valuesAt, at }: CustomMetadataComponent): Problem[] {
  const problems: Problem[] = [];
  const given = new Set<string>();
  record.values.forEach((value, index) => {
    const location = valuesAt[index] ?? at;
    const key = value.field.toLowerCase();
    const field = type.fields.get(key);
    if (!field?.custom) return void problems.push({ message: `${type.name} has no field ${value.field}`, location });
    if (given.has(key)) return void problems.push({ message: `Duplicate value for ${field.name}`, location });
    given.add(key);
    const { value: read, message } = customMetadataValue(field, value);
    if (message !== null) problems.push({ message, location });
    else if (read === null && !field.nillable) problems.push({ message: `Required fields are missing: [${field.name}]`, location });
  });
  const left = [...type.fields.values()].filter((field) => field.custom && !given.has(field.name.toLowerCase()));
  return [...problems, ...left.flatMap((field) => leftOut(field, at))];
}

/** No page says whether a default fills in what a record leaves out: it has to say it. */
function leftOut(field: FieldDef, location: Problem['location']): Problem[] {
  const hasDefault = field.defaultValue !== null && field.defaultValue !== false;
  if (hasDefault) {
    return [{ message: `Not supported by the local org: a record without a value for ${field.name}, which has a default`, location }];
  }
  return field.nillable || field.type === 'boolean' ? [] : [{ message: `Required fields are missing: [${field.name}]`, location }];
}
