import type { UserAccess } from '../access/types.ts';
import { visibleSchema } from '../access/visible-schema.ts';
import type { Schema } from '../schema/types.ts';
import { compileQuery } from './compile.ts';
import type { CompiledQuery, QueryDialect, SoqlQuery } from './types.ts';

/**
 * Resolves a query that will respect the permissions of its user. Against the whole schema where that goes, so that running
 * it can tell which names are inaccessible; else against what the user may read: what is wrong with the use of a name says
 * that there is one, and of what type.
 * @param schema the org's whole one
 * @throws SoqlError, NotSupported as compileQuery does for the schema that the user sees
 */
export function compileForUser(query: SoqlQuery, schema: Schema, access: UserAccess, dialect: QueryDialect): CompiledQuery {
  try {
    return compileQuery(query, schema, dialect);
  } catch (error) {
    if (access.isFull) throw error;
    return compileQuery(query, visibleSchema(schema, access), dialect);
  }
}
