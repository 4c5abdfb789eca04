import type { Enforcement } from '../../access/types.ts';
import { userAccess } from '../../access/user-access.ts';
import { visibleSchema } from '../../access/visible-schema.ts';
import type { Schema } from '../../schema/types.ts';
import { compileQuery } from '../../soql/compile.ts';
import { parseSoql } from '../../soql/parse.ts';
import { runQuery } from '../../soql/run-query.ts';
import type { CompiledQuery, FormulaCompiler, QueryResult, SoqlQuery } from '../../soql/types.ts';
import type { Transaction } from '../../transaction/types.ts';

const KEPT = 200;
/** Compiled queries of each schema by their text, the latest used last: clients send the same few again and again. */
const compiled = new WeakMap<Schema, Map<string, CompiledQuery>>();

/** Permissions hold already: the query is compiled against what its user may read, so that any other name is one that there is not. */
const SHARED_RECORDS: Enforcement = { permissions: false, sharing: true };

/** Runs SOQL as REST allows it: as the running user, without binds, access clause and FOR UPDATE. */
export function runSoql(
  soql: string,
  tx: Transaction,
  formulas: FormulaCompiler,
): { readonly query: SoqlQuery; readonly result: QueryResult } {
  const { plan } = compileSoql(soql, tx, formulas);
  return { query: plan.query, result: runQuery(plan, tx, [], SHARED_RECORDS) };
}

/** Compiles SOQL as REST allows it for the running user, without running it. */
export function compileSoql(
  soql: string,
  tx: Transaction,
  formulas: FormulaCompiler,
): { readonly plan: CompiledQuery; readonly schema: Schema } {
  const schema = visibleSchema(tx.schema, userAccess(tx));
  return { plan: compile(soql, schema, formulas), schema };
}

function compile(soql: string, schema: Schema, formulas: FormulaCompiler): CompiledQuery {
  const known = compiled.get(schema) ?? new Map<string, CompiledQuery>();
  compiled.set(schema, known);
  const plan = known.get(soql) ?? compileQuery(parseSoql(soql), schema, 'rest', formulas);
  known.delete(soql);
  known.set(soql, plan);
  const [oldest] = known.keys();
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  return plan;
}
