import type { ObjectDef } from '../schema/types.ts';
import { errorAt } from './error-at.ts';
import type { Condition, SoqlQuery } from './types.ts';

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contentdocumentlink.htm */
const RESTRICTION =
  "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.";

/** Links can be asked for only by their document or their record. */
export function checkContentLinkQuery(query: SoqlQuery, object: ObjectDef): void {
  if (object.name !== 'ContentDocumentLink' || filters(query.where)) return;
  throw errorAt('MALFORMED_QUERY', query.text, query.from.at, RESTRICTION);
}

function filters(condition: Condition | null): boolean {
  if (condition?.kind === 'and') return condition.parts.some(filters);
  if (condition?.kind !== 'comparison' || condition.left.kind !== 'field') return false;
  const name = condition.left.path.at(-1)?.toLowerCase();
  const isFilter = condition.operator === '=' || condition.operator === 'IN';
  return isFilter && condition.left.path.length === 1 && (name === 'contentdocumentid' || name === 'linkedentityid');
}
