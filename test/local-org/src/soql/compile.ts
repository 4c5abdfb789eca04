import { sharingOf } from '../access/sharing.ts';
import { userAccess } from '../access/user-access.ts';
import { NotSupported } from '../errors.ts';
import { formulaField } from '../formula/formula-field.ts';
import { USER_RECORD_ACCESS } from '../schema/standard/user-record-access.ts';
import type { Schema } from '../schema/types.ts';
import { compileAggregate, compileCount, isAggregateQuery, isCount } from './aggregates.ts';
import { checkContentLinkQuery } from './content-link-rules.ts';
import { checkCustomMetadataQuery } from './custom-metadata-rules.ts';
import { errorAt } from './error-at.ts';
import { forAccess } from './for-access.ts';
import { compileRecords } from './records.ts';
import { fromObject } from './scope.ts';
import { compileRecordAccess } from './record-access.ts';
import { Compilation, type Run } from './statement.ts';
import type { AggregateColumn, CompiledQuery, FormulaCompiler, QueryDialect, QueryResult, SoqlQuery } from './types.ts';

/**
 * Resolves a query against a schema, once; the result runs often.
 * @param formulas How formula fields are computed.
 * @throws SoqlError in the platform's words; NotSupported for what the platform has and the local org has not learned.
 */
export function compileQuery(
  query: SoqlQuery,
  schema: Schema,
  dialect: QueryDialect,
  formulas: FormulaCompiler = formulaField,
): CompiledQuery {
  checkClauses(query, dialect);
  const compilation = new Compilation(schema, dialect, formulas, query.text);
  const object = fromObject(compilation, query.from.object, query.from.at);
  checkCustomMetadataQuery(query, object);
  checkContentLinkQuery(query, object);
  const kind = isCount(query) ? 'count' : isAggregateQuery(query) ? 'aggregate' : 'records';
  if (kind !== 'records' && query.forUpdate)
    throw errorAt('MALFORMED_QUERY', query.text, query.from.at, 'FOR UPDATE is not allowed with aggregate functions or GROUP BY');
  const finish = (columns: readonly AggregateColumn[], answer: (run: Run) => QueryResult): CompiledQuery => {
    const compiled: CompiledQuery = {
      kind,
      object,
      query,
      columns,
      binds: [...compilation.binds.values()].sort((a, b) => a.index - b.index),
      accessed: compilation.accessed,
      forSchema: (other) => compileQuery(query, other, dialect, formulas),
      run(tx, binds, enforcement) {
        const permitted = enforcement?.permissions === true ? forAccess(compiled, tx.schema, userAccess(tx)) : compiled;
        if (permitted !== compiled) return permitted.run(tx, binds, { permissions: false, sharing: enforcement?.sharing === true });
        return answer({ tx, binds, sharing: enforcement?.sharing === true ? sharingOf(tx) : null });
      },
    };
    return compiled;
  };
  if (object.name === USER_RECORD_ACCESS.name) {
    const records = compileRecordAccess(compilation, query, object);
    return finish([], (run) => ({ kind: 'records', object, records: records(run) }));
  }
  if (kind === 'count') {
    const count = compileCount(compilation, query, object);
    return finish([], (run) => ({ kind, object, count: count(run) }));
  }
  if (kind === 'aggregate') {
    const { columns, run: rows } = compileAggregate(compilation, query, object);
    return finish(columns, (run) => ({ kind, object, columns, rows: rows(run) }));
  }
  const records = compileRecords(compilation, query, object);
  return finish([], (run) => ({ kind, object, records: records(run) }));
}

/** What a clause is allowed beside, before any name is looked up. */
function checkClauses(query: SoqlQuery, dialect: QueryDialect): void {
  const refuse = (message: string): Error => errorAt('MALFORMED_QUERY', query.text, query.from.at, message);
  if (dialect === 'rest') {
    if (query.accessClause !== null) throw refuse(`WITH ${query.accessClause} is only allowed in Apex code`);
    if (query.forUpdate) throw refuse('FOR UPDATE is only allowed in Apex code');
    if (query.allRows) throw refuse('ALL ROWS is only allowed in Apex code');
  }
  if (query.forView) throw new NotSupported('FOR VIEW');
  if (query.forReference) throw new NotSupported('FOR REFERENCE');
  // https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/pages/versioned_behavior_changes.htm: gone from API version 67.0 on.
  if (query.accessClause === 'SECURITY_ENFORCED')
    throw refuse('WITH SECURITY_ENFORCED is not supported in API version 67.0 and later. Use WITH USER_MODE instead.');
  // https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/langCon_apex_locking_statements.htm
  if (query.forUpdate && query.orderBy.length > 0) throw refuse('ORDER BY is not allowed in a query that uses FOR UPDATE');
}
