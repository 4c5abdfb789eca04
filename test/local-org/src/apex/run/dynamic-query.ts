import type { AccessMode } from '../../dml/types.ts';
import { NotSupported } from '../../errors.ts';
import { compileForUser } from '../../soql/compile-for-user.ts';
import { compileQuery } from '../../soql/compile.ts';
import { parseSoql } from '../../soql/parse.ts';
import { SoqlError } from '../../soql/types.ts';
import type { BindValue, QueryResult } from '../../soql/types.ts';
import { modeOfClause } from './access-clause.ts';
import type { Interpreter } from './interpreter.ts';

/** `Database.query` and `queryWithBinds`: parsed and compiled when it runs; errors are QueryExceptions. */
export function runDynamicQuery(
  rt: Interpreter,
  soql: string,
  binds: ReadonlyMap<string, BindValue> | null,
  level: AccessMode | null,
): QueryResult {
  const values: BindValue[] = [];
  try {
    const query = parseSoql(soql, (name) => {
      const value = binds?.get(name.toLowerCase());
      if (value === undefined) {
        if (binds) return rt.throwApex('QueryException', `Variable does not exist: ${name}`);
        throw new NotSupported('bind variables in Database.query (use queryWithBinds)', rt.location());
      }
      return values.push(value) - 1;
    });
    const clause = modeOfClause(query);
    if (level && clause && level !== clause) throw new NotSupported('an access clause that contradicts the AccessLevel');
    const mode = level ?? clause;
    const { schema } = rt.program;
    const compiled = rt.enforcement(mode).permissions
      ? compileForUser(query, schema, rt.access(), 'apex')
      : compileQuery(query, schema, 'apex');
    return rt.runQuery(compiled, values, mode);
  } catch (error) {
    if (error instanceof SoqlError) return rt.throwApex('QueryException', error.message);
    if (error instanceof NotSupported) throw new NotSupported(error.construct, rt.location());
    throw error;
  }
}
