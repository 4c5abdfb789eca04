import type { Problem } from '../errors.ts';
import { unsupported } from './check-elements.ts';
import { filterLogicProblems } from './filter-logic.ts';
import type { ObjectPart } from './package.ts';
import type { References } from './references.ts';
import { listColumn } from './standard-columns.ts';
import { child, childrenNamed, textOf } from './xml-element.ts';

const SCOPES = new Set(['Everything', 'Mine']);
const REFUSED = ['division', 'language', 'queue'];

/** @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listview.htm */
export function validateListView({ object: objectName, element, at }: ObjectPart, references: References): Problem[] {
  const object = references.object(objectName, at);
  if (object.def === null) return [...object.problems];
  const { def } = object;
  const filters = childrenNamed(element, 'filters');
  const scope = textOf(element, 'filterScope') ?? '';
  const logic = child(element, 'booleanFilter');
  const shared = child(element, 'sharedTo')?.children.filter(({ name }) => name !== 'allInternalUsers') ?? [];
  return [
    ...element.children.filter(({ name }) => REFUSED.includes(name)).map((each) => unsupported(`ListView.${each.name}`, each)),
    ...shared.map((each) => unsupported(`SharedTo.${each.name}`, each)),
    ...(SCOPES.has(scope) ? [] : [unsupported(`filterScope ${scope}`, child(element, 'filterScope') ?? element)]),
    ...childrenNamed(element, 'columns').flatMap((each) => listColumn(each, def, references)),
    ...filters.flatMap((filter) => childrenNamed(filter, 'field').flatMap((each) => listColumn(each, def, references))),
    ...(logic ? filterLogicProblems(logic, filters.length) : []),
  ];
}
