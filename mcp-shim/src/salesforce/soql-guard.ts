import { isDeepStrictEqual } from 'node:util';
import { composeQuery, parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query, QueryBase, Subquery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { invalidInput } from '../errors.ts';
import { explainParseFailure, explainTrailing, isOtherStatement } from './soql-refusal.ts';

/** Most rows of one request, and most children of each of its rows. */
export const maxRows = 200;

export interface GuardedQuery {
  /** What may be sent. */
  soql: string;
  tree: Query;
  /** True where our limit replaced none or a larger one. */
  capped: boolean;
  /** Our limit, where it replaced none or a larger one of a child query. */
  childLimit?: number;
  /** Counts all rows that the query would match; only for capped row queries. */
  countSoql?: string;
  /** What was changed, for the reader of the result. */
  notes: string[];
}

/**
 * Lets exactly one SELECT pass, bounded to 200 rows at every level. Decided on the syntax tree alone; what is sent is either the
 * caller's own text or a text that parses back to the intended tree.
 * @throws ContractError INVALID_INPUT with the reason and the next step
 */
export function guardSoql(soql: string): GuardedQuery {
  const tree = parse(soql);
  const notes: string[] = [];
  everyLevel(tree).forEach(refuseSideEffects);
  const changes = everyLevel(tree).map((level) => dropAccessClause(level, notes));
  const capped = capRows(tree, notes);
  const childrenCapped = nestedChildren(tree).map((child) => capRows(child, notes));
  changes.push(capped, ...childrenCapped);
  const guarded: GuardedQuery = {
    soql: changes.includes(true) ? compose(tree) : soql.trim(),
    tree,
    capped,
    ...(childrenCapped.includes(true) ? { childLimit: maxRows } : {}),
    notes: [...new Set(notes)],
  };
  if (capped && !tree.groupBy) guarded.countSoql = compose(countTree(tree));
  return guarded;
}

/** SOQL Reference, "Aggregate Functions". The parser's own mark also covers DISTANCE, which returns rows. */
const aggregateFunctions = new Set(['AVG', 'COUNT', 'COUNT_DISTINCT', 'MIN', 'MAX', 'SUM']);

/** `SELECT COUNT()` or `SELECT SUM(x)` without GROUP BY: one row by nature, and a LIMIT is an error there. */
export function isUngroupedAggregate(query: QueryBase): boolean {
  const fields = query.fields ?? [];
  return (
    query.groupBy === undefined &&
    fields.length > 0 &&
    fields.every((field) => field.type === 'FieldFunctionExpression' && aggregateFunctions.has(field.functionName.toUpperCase()))
  );
}

function parse(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    throw invalidInput(explainParseFailure(soql, error), { cause: 'NOT_A_SINGLE_SELECT' });
  }
}

function refuseSideEffects(level: QueryBase & Pick<Query, 'sObjectAlias'>): void {
  // The parser takes a verb behind the object's name for its alias.
  if (level.sObjectAlias !== undefined && isOtherStatement(level.sObjectAlias)) {
    throw invalidInput(explainTrailing(level.sObjectAlias), { cause: 'NOT_A_SINGLE_SELECT' });
  }
  if (level.for !== undefined) {
    const reason = level.for === 'UPDATE' ? 'FOR UPDATE locks the records' : `FOR ${level.for} changes when the records were last viewed`;
    throw invalidInput(`${reason}, and this tool only reads. Remove the clause.`, { cause: 'NOT_READ_ONLY' });
  }
  if (level.update !== undefined) {
    throw invalidInput(`UPDATE ${level.update} changes article statistics, and this tool only reads. Remove the clause.`, {
      cause: 'NOT_READ_ONLY',
    });
  }
  if (level.withAccessLevel === 'SYSTEM_MODE') {
    throw invalidInput(
      'WITH SYSTEM_MODE asks to bypass permissions. Queries run with the permissions of the connected user: remove the clause.',
      {
        cause: 'BYPASS_REFUSED',
      },
    );
  }
  if (level.withDataCategory !== undefined) {
    throw invalidInput('WITH DATA CATEGORY is not supported by this tool. Remove the clause.', { cause: 'UNSUPPORTED' });
  }
}

/** Both clauses exist in Apex only; REST enforces object, field and sharing access by itself (SOQL and Apex references). */
function dropAccessClause(level: QueryBase, notes: string[]): boolean {
  if (level.withSecurityEnforced === undefined && level.withAccessLevel === undefined) return false;
  delete level.withSecurityEnforced;
  delete level.withAccessLevel;
  notes.push('WITH SECURITY_ENFORCED and WITH USER_MODE exist in Apex only and were left out; REST enforces your access without them.');
  return true;
}

function capRows(level: QueryBase, notes: string[]): boolean {
  if (isUngroupedAggregate(level) || (level.limit !== undefined && level.limit <= maxRows)) return false;
  if (level.limit !== undefined) notes.push(`LIMIT ${level.limit} was lowered to ${maxRows}.`);
  level.limit = maxRows;
  return true;
}

/** Composes, and trusts the text only if it reads back as the very tree it was made from. */
function compose(tree: Query): string {
  const soql = composeQuery(tree);
  if (!isDeepStrictEqual(reread(soql), comparable(tree))) {
    throw invalidInput(
      'This query could not be bounded to 200 rows safely. Write LIMIT 200 or less at every level, without WITH clauses, and call again.',
      {
        cause: 'UNSUPPORTED',
      },
    );
  }
  return soql;
}

/** composeQuery has written clauses in an order that is no SOQL (WITH last); then this is undefined and nothing is sent. */
function reread(soql: string): unknown {
  try {
    return comparable(parseQuery(soql));
  } catch {
    return undefined;
  }
}

/** `rawValue` repeats the parts in the writer's spelling; everything that means something stays. */
function comparable(tree: Query): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'rawValue' ? undefined : value)));
}

function countTree(tree: Query): Query {
  const count: Query = {
    fields: [{ type: 'FieldFunctionExpression', functionName: 'COUNT', parameters: [], isAggregateFn: true, rawValue: 'COUNT()' }],
  };
  if (tree.sObject !== undefined) count.sObject = tree.sObject;
  if (tree.sObjectAlias !== undefined) count.sObjectAlias = tree.sObjectAlias;
  if (tree.usingScope !== undefined) count.usingScope = tree.usingScope;
  if (tree.where !== undefined) count.where = tree.where;
  return count;
}

/** The query itself, its child queries and the inner selects of its conditions, at every depth. */
function everyLevel(query: QueryBase): QueryBase[] {
  return [query, ...[...childQueries(query), ...innerSelects(query.where)].flatMap(everyLevel)];
}

function nestedChildren(query: QueryBase): Subquery[] {
  return childQueries(query).flatMap((child) => [child, ...nestedChildren(child)]);
}

function childQueries(query: QueryBase): Subquery[] {
  return (query.fields ?? []).flatMap((field) => (field.type === 'FieldSubquery' ? [field.subquery] : []));
}

function innerSelects(where: WhereClause | undefined): Query[] {
  const found: Query[] = [];
  for (let clause = where; clause !== undefined; clause = 'right' in clause ? clause.right : undefined) {
    if (clause.left && 'valueQuery' in clause.left) found.push(clause.left.valueQuery);
  }
  return found;
}
