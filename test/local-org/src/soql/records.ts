import { NotSupported } from '../errors.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { quoted } from '../store/columns.ts';
import { comparableOf } from './comparable.ts';
import { notDeletedSql } from './deleted-rows.ts';
import { countParameter } from './operands.ts';
import { orderSql } from './order.ts';
import { RecordPlan } from './record-plan.ts';
import { Scope, childRelationship } from './scope.ts';
import { sharedSql } from './shared-rows.ts';
import { Statement } from './statement.ts';
import type { Compilation, Run } from './statement.ts';
import { SoqlError } from './types.ts';
import type { SelectItem, SoqlQuery, SoqlRecord } from './types.ts';
import { conditionSql } from './where.ts';

/** Compiles a query that answers records, its children included. */
export function compileRecords(compilation: Compilation, query: SoqlQuery, object: ObjectDef): (run: Run) => SoqlRecord[] {
  const statement = new Statement();
  const scope = new Scope(compilation, statement, object, query.from.alias);
  const plan = RecordPlan.ofScope(scope);
  const children = selectInto(plan, scope, query);
  const where = whereSql(scope, query, !query.allRows);
  const order = orderBy(scope, query);
  const limit = limitSql(scope, query);
  const sql = `SELECT ${statement.columns.join(', ')} FROM ${scope.fromSql}${where}${order && ` ORDER BY ${order}`}${limit}`;
  const prepared = statement.prepare(sql);
  return (run) => {
    const { sql: text, params } = prepared(run);
    const records = run.tx.store.select(text, params).flatMap((row) => plan.record(row, run) ?? []);
    for (const child of children) child(records, run);
    return records;
  };
}

type AttachChildren = (parents: readonly SoqlRecord[], run: Run) => void;

function selectInto(plan: RecordPlan, scope: Scope, query: SoqlQuery): AttachChildren[] {
  const children: AttachChildren[] = [];
  const relationships = new Set<string>();
  for (const item of query.select) {
    switch (item.kind) {
      case 'subquery':
        if (relationships.has(item.query.from.object.toLowerCase())) {
          throw scope.error('MALFORMED_QUERY', item.query.from.at, `duplicate child relationship selected: ${item.query.from.object}`);
        }
        relationships.add(item.query.from.object.toLowerCase());
        children.push(compileChildren(scope, item.query));
        break;
      case 'fields':
        for (const field of fieldsOf(scope, query, item)) plan.select([field.name], query.from.at);
        break;
      case 'expression':
        if (item.alias !== null) throw scope.error('MALFORMED_QUERY', item.expression.at, 'only aggregate expressions use field aliasing');
        if (item.expression.kind === 'call') throw new NotSupported(`${item.expression.name}() in SELECT`);
        plan.select(item.expression.path, item.expression.at);
    }
  }
  return children;
}

/** @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_fields.htm */
const MAX_FIELDS_LIMIT = 200;

function fieldsOf(scope: Scope, query: SoqlQuery, item: SelectItem & { kind: 'fields' }): FieldDef[] {
  if (item.set !== 'STANDARD') {
    if (scope.compilation.dialect === 'apex') {
      throw scope.error(
        'MALFORMED_QUERY',
        query.from.at,
        'The SOQL FIELDS function is not supported with an unbounded set of fields in this API',
      );
    }
    const limit = query.limit?.kind === 'literal' ? query.limit.value : null;
    if (typeof limit !== 'number' || limit > MAX_FIELDS_LIMIT) {
      throw scope.error('MALFORMED_QUERY', query.from.at, `The SOQL FIELDS function must have a LIMIT of at most ${MAX_FIELDS_LIMIT}`);
    }
  }
  return [...scope.object.fields.values()].filter(
    (field) => scope.canSee(scope.object, field) && (item.set === 'ALL' || field.custom === (item.set === 'CUSTOM')),
  );
}

export function whereSql(scope: Scope, query: SoqlQuery, hideDeleted: boolean, extra: readonly string[] = []): string {
  const own = query.where
    ? [conditionSql({ scope, place: 'top', comparable: (expression) => comparableOf(scope, expression, 'filtered') }, query.where)]
    : [];
  const all = [...extra, ...(hideDeleted ? notDeletedSql(scope) : []), ...sharedSql(scope), ...own];
  return all.length > 0 ? ` WHERE ${all.join(' AND ')}` : '';
}

function orderBy(scope: Scope, query: SoqlQuery): string {
  return orderSql(scope.statement, query.orderBy, (item) => comparableOf(scope, item.expression, 'sorted'));
}

export function limitSql(scope: Scope, query: SoqlQuery): string {
  const { statement } = scope;
  const limit = query.limit ? statement.param(countParameter(scope, query.limit, 'LIMIT')) : query.offset ? '-1' : null;
  const offset = query.offset ? ` OFFSET ${statement.param(countParameter(scope, query.offset, 'OFFSET'))}` : '';
  return limit === null ? '' : ` LIMIT ${limit}${offset}`;
}

/** Children of all parents in one statement; LIMIT counts per parent. */
function compileChildren(parent: Scope, query: SoqlQuery): AttachChildren {
  const { compilation } = parent;
  if (query.forUpdate) throw new SoqlError('MALFORMED_QUERY', 'FOR UPDATE is not allowed in a child subquery.');
  const { relationshipName, object, field } = childRelationship(compilation, parent.object, query.from.object, query.from.at);
  const statement = new Statement();
  const scope = new Scope(compilation, statement, object, query.from.alias);
  compilation.noteAccess(object, field);
  const foreignKey = `${scope.table}.${quoted(field.name)}`;
  const parentColumn = statement.column(foreignKey);
  const plan = RecordPlan.ofScope(scope);
  const grandchildren = selectInto(plan, scope, query);

  const ids = statement.param((run) => JSON.stringify(run.parentIds ?? []));
  const where = whereSql(scope, query, true, [`${foreignKey} IN (SELECT value FROM json_each(${ids}))`]);
  const order = orderBy(scope, query);
  const limit = query.limit ? statement.param(countParameter(scope, query.limit, 'LIMIT')) : null;
  const columns = statement.columns.map((column, index) => `${column} AS c${index}`);
  const ranked = `row_number() OVER (PARTITION BY ${foreignKey}${order && ` ORDER BY ${order}`}) AS place`;
  const sql = `SELECT ${columns.map((_, index) => `c${index}`).join(', ')} FROM (SELECT ${columns.join(', ')}, ${ranked} FROM ${scope.fromSql}${where})${limit === null ? '' : ` WHERE place <= ${limit}`} ORDER BY c${parentColumn}, place`;

  const prepared = statement.prepare(sql);

  return (parents, run) => {
    const parentIds = parents.map((record) => String(record.values.get('Id')));
    const byParent = new Map<string, SoqlRecord[]>(parentIds.map((id) => [id, []]));
    const all: SoqlRecord[] = [];
    const { sql: text, params } = prepared({ ...run, parentIds });
    for (const row of run.tx.store.select(text, params)) {
      const record = plan.record(row, run);
      if (!record) continue;
      byParent.get(String(row[parentColumn]))?.push(record);
      all.push(record);
    }
    for (const grandchild of grandchildren) grandchild(all, run);
    for (const record of parents) record.children.set(relationshipName, byParent.get(String(record.values.get('Id'))) ?? []);
  };
}
