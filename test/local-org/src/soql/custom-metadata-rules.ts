import { NotSupported } from '../errors.ts';
import { isCustomMetadata } from '../schema/custom-metadata.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { CompiledQuery, Condition, Expression, SoqlQuery } from './types.ts';

/**
 * Refuses what SOQL on custom metadata does not take by its documentation; orgs may take more.
 * @see https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_limitations.htm
 */
export function checkCustomMetadataQuery(query: SoqlQuery, object: ObjectDef): void {
  if (!isCustomMetadata(object)) return;
  const refuse = (what: string): never => {
    throw new NotSupported(`${what} in a query on the custom metadata type ${object.name}`);
  };
  const selected = new Set(query.select.flatMap((item) => (item.kind === 'expression' ? [nameOf(item.expression)] : [])));
  if (query.groupBy.length > 0 || query.having) refuse('GROUP BY');
  if (query.select.some((item) => item.kind === 'subquery')) refuse('an inner SELECT');
  if (query.select.some((item) => item.kind === 'expression' && item.expression.kind === 'call')) refuse('a function');
  if (query.offset) refuse('OFFSET');
  if (query.forUpdate) refuse('FOR UPDATE');
  if (query.allRows) refuse('ALL ROWS');
  const isAll = query.select.some((item) => item.kind === 'fields');
  if (!isAll && query.orderBy.some(({ expression }) => !selected.has(nameOf(expression)))) refuse('ORDER BY a field that is not selected');
  if (query.where) checkCondition(query.where, refuse);
}

function checkCondition(condition: Condition, refuse: (what: string) => never): void {
  if (condition.kind === 'not') return refuse('NOT');
  if (condition.kind === 'comparison') {
    if (condition.left.kind === 'call') refuse('a function');
    if (condition.right.kind === 'subquery') refuse('an inner SELECT');
    return;
  }
  if (condition.kind === 'or' && new Set(condition.parts.flatMap(columnsOf)).size > 1) refuse('OR between different fields');
  for (const part of condition.parts) checkCondition(part, refuse);
}

function columnsOf(condition: Condition): string[] {
  if (condition.kind === 'comparison') return [nameOf(condition.left)];
  return condition.kind === 'not' ? columnsOf(condition.part) : condition.parts.flatMap(columnsOf);
}

function nameOf(expression: Expression): string {
  return expression.kind === 'field' ? expression.path.join('.').toLowerCase() : expression.name;
}

/**
 * Whether a query counts towards the limit of a transaction: on custom metadata, only with a long text field.
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_gov_limits.htm
 */
export function countsAsQuery({ object, accessed }: CompiledQuery): boolean {
  if (!isCustomMetadata(object)) return true;
  return [...(accessed.get(object) ?? [])].some((field) => field.type === 'textarea' && field.length > 255);
}
