import type { Problem } from '../errors.ts';
import type { ObjectComponent, ObjectPart } from './package.ts';
import type { References } from './references.ts';
import { child, childrenNamed } from './xml-element.ts';

const MAX_FIELDS = 10;

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_compactlayout.htm */
export function validateCompactLayout({ object: objectName, element, at }: ObjectPart, references: References): Problem[] {
  const object = references.object(objectName, at);
  if (object.def === null) return [...object.problems];
  const { def } = object;
  const fields = childrenNamed(element, 'fields');
  const problems = fields.flatMap((each) => references.field(def, each.text.trim(), each.at).problems);
  if (fields.length === 0) problems.push({ message: 'A compact layout has at least one field', location: at });
  if (fields.length > MAX_FIELDS) problems.push({ message: `A compact layout has at most ${MAX_FIELDS} fields`, location: at });
  const seen = new Set<string>();
  for (const { text, at: location } of fields) {
    const key = text.trim().toLowerCase();
    if (seen.has(key)) problems.push({ message: `Field:${text.trim()} is in the compact layout twice`, location });
    seen.add(key);
  }
  return problems;
}

/** The one that the platform makes from the name field. */
const SYSTEM = 'SYSTEM';

/** The compact layout that an object's own file assigns is one of its own. */
export function compactLayoutAssignment({ name, declared, parts }: ObjectComponent): Problem[] {
  const assigned = declared ? child(declared.element, 'compactLayoutAssignment') : undefined;
  const layout = assigned?.text.trim() ?? SYSTEM;
  if (!assigned || layout === SYSTEM) return [];
  const isThere = parts.some((part) => part.type === 'CompactLayout' && part.name.toLowerCase() === `${name}.${layout}`.toLowerCase());
  return isThere
    ? []
    : [{ message: `In field: compactLayoutAssignment - no CompactLayout named ${name}.${layout} found`, location: assigned.at }];
}
